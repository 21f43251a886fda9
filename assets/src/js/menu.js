// A menu is a <details>: it closes on a click beside it and on Escape, which gives the focus back. One with more than
// a dozen links gets a field that narrows them; Enter follows the first that is left.
import { word } from "./words.js";

const FEW = 12;

function links(body) {
  return [...body.querySelectorAll("a")];
}

function narrow(body, text) {
  const wanted = text.trim().toLowerCase();
  for (const link of links(body)) link.hidden = !link.textContent.toLowerCase().includes(wanted);
}

function offerSearch(menu) {
  const body = menu.querySelector(".menu-body");
  if (!body || body.querySelector("form, [data-menu-find]") || links(body).length <= FEW) return;
  const field = document.createElement("input");
  field.type = "search";
  field.placeholder = word("find_choice");
  field.setAttribute("aria-label", word("find_choice"));
  field.dataset.menuFind = "";
  field.autocomplete = "off";
  field.addEventListener("input", () => narrow(body, field.value));
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    links(body).find((link) => !link.hidden)?.click();
  });
  body.prepend(field);
}

export function startMenus() {
  document.addEventListener("pointerdown", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  }, true);
  document.addEventListener("toggle", (event) => {
    if (event.target.matches?.("details.menu[open]")) offerSearch(event.target);
  }, true);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = event.target.closest("details.menu[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
}
