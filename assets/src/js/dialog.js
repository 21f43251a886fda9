// Native dialogs. [data-dialog=ID] opens one, [data-close] closes it; one that arrives by htmx with data-auto opens itself.
export function openArrived(root) {
  const dialogs = [...root.querySelectorAll("dialog[data-auto]")];
  if (root.matches?.("dialog[data-auto]")) dialogs.push(root);
  for (const dialog of dialogs) if (!dialog.open) dialog.showModal();
}

export function startDialogs() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    if (opener) {
      const dialog = document.getElementById(opener.dataset.dialog);
      if (dialog && !dialog.open) {
        event.preventDefault();
        dialog.showModal();
      }
      return;
    }
    const dialog = event.target.closest("dialog");
    if (!dialog) return;
    // A click on the dialog itself (not on what it holds) is a click on the ground behind it; typed text is not thrown away.
    const ground = event.target === dialog && !dialog.querySelector("input:not([type=hidden]), textarea");
    if (event.target.closest("[data-close]") || (ground && outside(dialog, event))) {
      if (dialog.matches(":modal")) dialog.close();
    }
  });
}

function outside(dialog, event) {
  const box = dialog.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}
