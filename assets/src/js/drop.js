// A file box that also takes a dropped file and says what it took.
import { word } from "./words.js";

const KB = 1024;
const MB = 1024 * KB;

function sizeOf(file) {
  return file.size < MB ? `${Math.max(1, Math.round(file.size / KB))} KB` : `${(file.size / MB).toFixed(1)} MB`;
}

function tell(box) {
  const input = box.querySelector("input[type=file]");
  const line = box.querySelector(".picked");
  if (!line) return;
  const limit = Number(box.dataset.maxMb || 0);
  const files = [...input.files];
  const heavy = limit ? files.find((file) => file.size > limit * MB) : undefined;
  line.classList.toggle("t-red", Boolean(heavy));
  line.textContent = heavy
    ? word("file_too_large", { name: heavy.name, size: (heavy.size / MB).toFixed(1), limit })
    : files.map((file) => word("file_picked", { name: file.name, size: sizeOf(file) })).join(" ");
}

export function startDrops() {
  document.addEventListener("dragover", (event) => {
    const box = event.target.closest?.(".drop");
    if (!box) return;
    event.preventDefault();
    box.classList.add("is-over");
  });
  document.addEventListener("dragleave", (event) => {
    const box = event.target.closest?.(".drop");
    if (box && !box.contains(event.relatedTarget)) box.classList.remove("is-over");
  });
  document.addEventListener("drop", (event) => {
    const box = event.target.closest?.(".drop");
    if (!box) return;
    event.preventDefault();
    box.classList.remove("is-over");
    const input = box.querySelector("input[type=file]");
    if (!input || !event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  document.addEventListener("change", (event) => {
    const box = event.target.closest(".drop");
    if (box && event.target.type === "file") tell(box);
  });
}
