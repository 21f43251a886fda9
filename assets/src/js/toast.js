// Passing news that is not an error: gone after a while, waiting while looked at. Errors stand in the page, never here.
const STAYS = 4000;
const STAYS_WITH_ACT = 20000; // what can be pressed stays until one has read it and reached it

function retire(toast) {
  const stays = toast.querySelector("button") ? STAYS_WITH_ACT : STAYS;
  let timer = setTimeout(() => toast.remove(), stays);
  const hold = () => clearTimeout(timer);
  const resume = () => {
    clearTimeout(timer);
    timer = setTimeout(() => toast.remove(), stays);
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
