// What is said under the sheet: where each cell was read wrongly, what is asked, what two people filled at once.
function part(name, text, tag = "span") {
  const made = document.createElement(tag);
  made.textContent = text;
  if (name) made.className = name;
  return made;
}

function button(words, run) {
  const made = part("btn btn-s", words, "button");
  made.type = "button";
  made.addEventListener("click", run);
  return made;
}

export function show(keeper, cell) {
  if (!cell?.dataset?.code) return;
  const known = keeper.rows.get(cell.closest("tr"));
  document.querySelector("[data-sheet-ref]").textContent = cell.dataset.ref;
  document.querySelector("[data-sheet-heading]").textContent = cell.dataset.heading;
  document.querySelector("[data-sheet-echo]").textContent = known.echoes[cell.dataset.code] ?? "";
}

function line(keeper, row, one) {
  const cell = one.field ? row.querySelector(`[data-code="${one.field}"]`) : null;
  if (cell) cell.dataset.said = one.stops ? "stop" : cell.dataset.said || "ask";
  const note = part(one.stops ? "note note-red" : "note note-yellow", "", "div");
  const place = cell ? ` ${cell.dataset.heading}（${cell.dataset.ref}）` : "";
  note.append(part("", `${keeper.words.row.replace("{n}", row.dataset.row)}${place} `, "b"), part("", `${one.words} `));
  if (cell) note.append(button(keeper.words.go, () => cell.focus()));
  return note;
}

function clash(keeper, row, one) {
  const cell = row.querySelector(`[data-code="${one.field}"]`);
  cell.dataset.said = "stop";
  const note = part("note note-red", "", "div");
  const words = `${keeper.words.clash}“${one.theirs}”，${keeper.words.yours}“${cell.value}” `;
  note.append(part("", `${cell.dataset.heading}（${cell.dataset.ref}） `, "b"), part("", words));
  note.append(button(keeper.words.mine, () => keeper.settle(row, one, true)), " ");
  note.append(button(keeper.words.theirs, () => keeper.settle(row, one, false)));
  return note;
}

export function draw(keeper) {
  const list = [];
  for (const [row, known] of keeper.rows) {
    for (const cell of keeper.cells(row)) delete cell.dataset.said;
    list.push(...known.clashes.map((one) => clash(keeper, row, one)), ...known.said.map((one) => line(keeper, row, one)));
  }
  document.querySelector("[data-sheet-said]").replaceChildren(...list);
  show(keeper, document.activeElement);
}

// A row that was handed in is read-only from now on.
export function close(keeper, row, state) {
  keeper.rows.get(row).said = [];
  row.removeAttribute("data-filled");
  row.querySelector("input[data-pick]")?.remove();
  row.querySelector("[data-state]").textContent = state;
  for (const cell of keeper.cells(row)) {
    const holder = cell.closest("td");
    holder.className = cell.className === "num" ? "tint num" : "tint";
    holder.replaceChildren(cell.dataset.was);
  }
  const rows = [...keeper.rows.keys()];
  const handed = rows.filter((one) => !keeper.cells(one).length).length;
  const places = document.querySelectorAll("[data-sheet-handed], .tabs [aria-current] .n");
  for (const place of places) place.textContent = `${handed} / ${rows.length}`;
}
