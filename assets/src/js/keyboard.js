// "/" goes to the search; in table[data-rows] the arrows (J, K) move, Enter opens, space (X) selects, Escape lets go.
function typing(target) {
  return target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]") !== null;
}

function rowsOf(table) {
  return [...table.querySelectorAll("tbody tr")].filter((row) => row.querySelector("a, [data-pick]"));
}

function move(row, step) {
  const rows = rowsOf(row.closest("table"));
  const next = rows[Math.min(rows.length - 1, Math.max(0, rows.indexOf(row) + step))];
  row.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

const KEYS = {
  ArrowDown: (row) => move(row, 1),
  ArrowUp: (row) => move(row, -1),
  Home: (row) => move(row, -Infinity),
  End: (row) => move(row, Infinity),
  Enter: (row) => (row.querySelector("[data-open]") ?? row.querySelector("a"))?.click(),
  " ": (row) => row.querySelector("[data-pick]")?.click(),
};
Object.assign(KEYS, { j: KEYS.ArrowDown, k: KEYS.ArrowUp, x: KEYS[" "] });

// J or K from anywhere else on the page goes to the row at which the table was left.
function enter() {
  const row = document.querySelector("table[data-rows] tbody tr[tabindex='0']");
  row?.focus();
  return Boolean(row);
}

export function prepareRows(root) {
  for (const table of root.querySelectorAll("table[data-rows]")) {
    rowsOf(table).forEach((row, index) => {
      if (!row.hasAttribute("tabindex")) row.tabIndex = index === 0 ? 0 : -1;
    });
  }
}

export function startKeyboard() {
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/" && !typing(event.target)) {
      const search = [...document.querySelectorAll("[data-search-box]")].find((box) => box.offsetParent !== null);
      if (search) {
        event.preventDefault();
        search.focus();
        search.select();
      }
      return;
    }
    const row = event.target.matches("table[data-rows] tbody tr") ? event.target : null;
    if (row && KEYS[event.key]) {
      event.preventDefault();
      KEYS[event.key](row);
    } else if (!row && (event.key === "j" || event.key === "k") && !typing(event.target) && enter()) {
      event.preventDefault();
    }
  });
}
