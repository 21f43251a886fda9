// Around a table: [data-expand=ID] shows what a phone folds away, [data-move] shifts a column of the choice up or down,
// G opens the menu of groups, [data-keep-query] leads to another page with this one's filters.
function expand(button) {
  const part = document.getElementById(button.dataset.expand);
  const open = part.classList.toggle("is-open");
  button.setAttribute("aria-expanded", String(open));
}

function move(button) {
  const item = button.closest("li");
  const up = button.dataset.move === "-1";
  const beside = up ? item.previousElementSibling : item.nextElementSibling;
  if (!beside) return;
  if (up) beside.before(item);
  else beside.after(item);
  button.focus();
  item.scrollIntoView({ block: "nearest" });
}

function openGroups() {
  const menus = [...document.querySelectorAll("details[data-group-menu]")];
  const menu = menus.find((one) => one.offsetParent !== null);
  if (!menu) return false;
  menu.open = true;
  menu.querySelector("a")?.focus();
  return true;
}

export function startTableTools() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-expand]");
    if (opener) expand(opener);
    const mover = event.target.closest("[data-move]");
    if (mover) move(mover);
    const keeper = event.target.closest("a[data-keep-query]");
    if (keeper) keeper.search = location.search; // the table's part is swapped, the link beside it is not
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "g" && event.key !== "G") return;
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable], dialog")) return;
    if (openGroups()) event.preventDefault();
  });
}
