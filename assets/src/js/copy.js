// [data-copy] copies its value, or this page's address when it has none: the address restores the view.
import { toast } from "./toast.js";
import { word } from "./words.js";

function copyByHand(text) {
  // The clipboard of browsers is closed to plain http, which is what many office networks speak.
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "sr";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}

async function copy(text) {
  if (navigator.clipboard && isSecureContext) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return copyByHand(text);
    }
  }
  return copyByHand(text);
}

export function startCopy() {
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    event.preventDefault();
    const done = await copy(button.dataset.copy || location.href);
    toast(word(done ? "copied" : "copy_failed"));
  });
}
