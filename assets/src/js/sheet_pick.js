// Rows of the sheet that are chosen to be handed in alone; while none is, all that are filled are.
export function pick(row) {
  const box = row.querySelector("input[data-pick]");
  if (!box) return;
  box.checked = !box.checked;
  box.dispatchEvent(new Event("change", { bubbles: true }));
}

function chosen(sheet) {
  return [...sheet.querySelectorAll("input[data-pick]:checked")].map((box) => box.closest("tr"));
}

// The rows that handing in is about, with what is known of each.
export function wanted(keeper) {
  const only = chosen(keeper.sheet);
  return [...keeper.rows].filter(([row]) => !only.length || only.includes(row));
}

// The button says how many rows it hands in, and each chosen row is marked.
export function label(keeper) {
  const only = chosen(keeper.sheet);
  const button = document.querySelector("[data-sheet-submit]");
  button.dataset.all ??= button.textContent;
  button.textContent = only.length ? keeper.words.picked.replace("{n}", only.length) : button.dataset.all;
  for (const row of keeper.rows.keys()) row.toggleAttribute("data-picked", only.includes(row));
}
