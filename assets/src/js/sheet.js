// The reporter's sheet: moving by keys, pasting a block, filling down the last value. Keeping and handing in: sheet_keep.js.
import { SheetKeeper } from "./sheet_keep.js";
import { label, pick } from "./sheet_pick.js";
import { show } from "./sheet_said.js";

function inputs(row) {
  return [...row.querySelectorAll("input[data-code]")];
}

function cellAt(sheet, from, down, right) {
  const rows = [...sheet.querySelectorAll("tbody tr")].filter((row) => inputs(row).length);
  const row = rows[rows.indexOf(from.closest("tr")) + down];
  if (!row) return null;
  const place = inputs(from.closest("tr")).indexOf(from) + right;
  return inputs(row)[place] ?? null;
}

function go(sheet, from, down, right) {
  const cell = cellAt(sheet, from, down, right);
  if (!cell) return false;
  cell.focus();
  cell.select();
  return true;
}

function write(cell, text) {
  cell.value = text;
  cell.dispatchEvent(new Event("input", { bubbles: true }));
}

// Excel and WPS put cells apart by tabs, rows by line ends; a cell with a line end inside stands in quotes.
export function block(text) {
  const rows = [[""]];
  let quoted = false;
  for (let place = 0; place < text.length; place += 1) {
    const sign = text[place];
    const row = rows.at(-1);
    if (quoted && sign === '"' && text[place + 1] === '"') {
      row[row.length - 1] += '"';
      place += 1;
    } else if (sign === '"' && (quoted || row.at(-1) === "")) quoted = !quoted;
    else if (!quoted && sign === "\t") row.push("");
    else if (!quoted && sign === "\n") rows.push([""]);
    else if (sign !== "\r") row[row.length - 1] += sign === "\n" ? " " : sign;
  }
  if (rows.length > 1 && rows.at(-1).join("") === "") rows.pop();
  return rows;
}

function paste(sheet, event) {
  const cell = event.target.closest("input[data-code]");
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!cell || !/[\t\n]/.test(text)) return;
  event.preventDefault();
  block(text).forEach((line, down) => {
    line.forEach((value, right) => {
      const target = cellAt(sheet, cell, down, right);
      if (target) write(target, value.trim());
    });
  });
}

const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

function move(sheet, cell, event) {
  const [down, right] = ARROWS[event.key];
  const whole = cell.selectionStart === 0 && cell.selectionEnd === cell.value.length;
  const edge = right < 0 ? cell.selectionEnd === 0 : cell.selectionStart === cell.value.length;
  if (right && !whole && !edge) return;
  if (go(sheet, cell, down, right)) event.preventDefault();
}

function press(sheet, keeper, event) {
  const cell = event.target.closest("input[data-code]");
  if (!cell || event.isComposing) return;
  const ctrl = event.ctrlKey || event.metaKey;
  if (event.key === "Enter") {
    event.preventDefault();
    if (ctrl) keeper.submit();
    else if (event.altKey) pick(cell.closest("tr"));
    else go(sheet, cell, event.shiftKey ? -1 : 1, 0);
  } else if (ctrl && event.key.toLowerCase() === "d") {
    event.preventDefault();
    write(cell, cell.dataset.last);
  } else if (event.key === "Escape") write(cell, cell.dataset.was);
  else if (event.key in ARROWS && !ctrl && !event.altKey && !event.shiftKey) move(sheet, cell, event);
}

function start() {
  const sheet = document.querySelector("[data-sheet]");
  if (!sheet) return;
  const keeper = new SheetKeeper(sheet);
  sheet.addEventListener("keydown", (event) => press(sheet, keeper, event));
  sheet.addEventListener("paste", (event) => paste(sheet, event));
  sheet.addEventListener("submit", (event) => event.preventDefault());
  sheet.addEventListener("input", (event) => event.target.dataset.code && keeper.typed(event.target));
  sheet.addEventListener("change", (event) => ("pick" in event.target.dataset ? label(keeper) : keeper.flush(event.target.closest("tr"))));
  sheet.addEventListener("focusin", (event) => show(keeper, event.target));
  document.querySelector("[data-sheet-submit]")?.addEventListener("click", () => keeper.submit());
  window.addEventListener("beforeunload", (event) => keeper.waiting && event.preventDefault());
  const first = sheet.querySelector("input[data-code]");
  if (first && matchMedia("(min-width: 1024px)").matches) {
    first.focus();
    first.select();
  }
}

document.addEventListener("DOMContentLoaded", start);
