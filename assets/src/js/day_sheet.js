// A sheet of plain inputs as one types it: arrows and Enter go from cell to cell, a block pasted from Excel or WPS fills
// the cells from where the cursor is, and empty cells take yesterday's value when the button says so.
const cellsOf = (row) => [...row.querySelectorAll("input[data-cell]")];
const rowsOf = (sheet) => [...sheet.querySelectorAll("tbody tr")].map(cellsOf).filter((row) => row.length);

function placeOf(rows, field) {
  for (let at = 0; at < rows.length; at++) {
    const across = rows[at].indexOf(field);
    if (across >= 0) return [at, across];
  }
  return [0, 0];
}

function go(field) {
  if (!field) return false;
  field.focus();
  field.select();
  field.scrollIntoView({ block: "nearest", inline: "nearest" });
  return true;
}

function put(field, text) {
  if (field.value === text) return;
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function move(event, sheet) {
  const field = event.target;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const rows = rowsOf(sheet);
  const [down, across] = placeOf(rows, field);
  const whole = field.selectionStart === 0 && field.selectionEnd === field.value.length;
  const steps = {
    ArrowDown: () => rows[down + 1]?.[across],
    ArrowUp: () => rows[down - 1]?.[across],
    Enter: () => (event.shiftKey ? rows[down - 1]?.[across] : rows[down + 1]?.[across]),
    ArrowRight: () => (whole || field.selectionStart === field.value.length ? rows[down][across + 1] : null),
    ArrowLeft: () => (whole || field.selectionEnd === 0 ? rows[down][across - 1] : null),
  };
  const step = steps[event.key];
  if (!step) return;
  if (go(step()) || event.key === "Enter") event.preventDefault(); // Enter never sends the sheet by accident
}

// What a spreadsheet puts on the clipboard: lines of tabs; a quoted cell may hold line ends.
function blockOf(text) {
  const rows = [[]];
  const cells = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").matchAll(/("(?:[^"]|"")*"|[^\t\n]*)(\t|\n|$)/g);
  for (const [, cell, end] of cells) {
    const plain = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
    rows[rows.length - 1].push(plain.replace(/\s+/g, " ").trim());
    if (end === "\n") rows.push([]);
    if (end === "") break;
  }
  return rows;
}

function paste(event, sheet) {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!/[\t\n]/.test(text.replace(/\n$/, ""))) return; // one cell: the browser's own paste
  event.preventDefault();
  const rows = rowsOf(sheet);
  const [down, across] = placeOf(rows, event.target);
  blockOf(text).forEach((line, at) => {
    line.forEach((cell, beside) => {
      const field = rows[down + at]?.[across + beside];
      if (field) put(field, cell);
    });
  });
}

function carry(sheet) {
  for (const field of sheet.querySelectorAll("input[data-before]")) {
    if (!field.value && field.dataset.before) put(field, field.dataset.before);
  }
}

export function startDaySheet() {
  const within = (event) => event.target.closest?.("input[data-cell]") && event.target.closest("[data-day-sheet]");
  document.addEventListener("keydown", (event) => {
    const sheet = within(event);
    if (sheet) move(event, sheet);
  });
  document.addEventListener("paste", (event) => {
    const sheet = within(event);
    if (sheet) paste(event, sheet);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-carry]");
    if (button) carry(document.querySelector("[data-day-sheet]"));
  });
}
