// Passing news that is not an error: gone after a while, waiting while looked at. Errors stand in the page, never here.
const STAYS = 4000;

function retire(toast) {
  let timer = setTimeout(() => toast.remove(), STAYS);
  const hold = () => clearTimeout(timer);
  const resume = () => {
    clearTimeout(timer);
    timer = setTimeout(() => toast.remove(), STAYS);
  };
  toast.addEventListener("pointerenter", hold);
  toast.addEventListener("focusin", hold);
  toast.addEventListener("pointerleave", resume);
  toast.addEventListener("focusout", resume);
}

export function toast(text) {
  const place = document.getElementById("toasts");
  if (!place) return;
  const box = document.createElement("div");
  box.className = "toast";
  box.textContent = text;
  place.append(box);
  retire(box);
}

export function startToasts() {
  for (const box of document.querySelectorAll("#toasts > .toast")) retire(box);
  // The server may send news with a fragment: HX-Trigger: {"guatu:toast": {"text": "…"}}
  document.addEventListener("guatu:toast", (event) => toast(event.detail.text ?? event.detail.value));
}
