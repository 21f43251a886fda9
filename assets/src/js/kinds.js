// form[data-kinds]: what stands in [data-kind=…] is asked only for that kind of ledger; without scripts all of it is asked.
function show(form) {
  const chosen = form.querySelector("input[name=kind]:checked")?.value;
  for (const part of form.querySelectorAll("[data-kind]")) part.hidden = Boolean(chosen) && part.dataset.kind !== chosen;
}

export function prepareKinds(root) {
  root.querySelectorAll("form[data-kinds]").forEach(show);
}

export function startKinds() {
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-kinds]");
    if (form && event.target.name === "kind") show(form);
  });
}
