// Nothing typed is lost: form[data-draft=KEY] keeps its fields on this machine until the server has taken them.
import { word } from "./words.js";

const PREFIX = "guatu.draft.";
const SENT = "guatu.sent.";
const SKIP = new Set(["hidden", "password", "file", "submit", "button"]);

function fieldsOf(form) {
  return [...form.elements].filter((field) => field.name && !SKIP.has(field.type) && !field.readOnly && !field.disabled);
}

function read(form) {
  return fieldsOf(form).map((field) => [field.name, field.type === "checkbox" || field.type === "radio" ? [field.value, field.checked] : field.value]);
}

function write(form, saved) {
  for (const [name, value] of saved) {
    for (const field of fieldsOf(form).filter((one) => one.name === name)) {
      if (!Array.isArray(value)) field.value = value;
      else if (field.value === value[0]) field.checked = value[1];
    }
  }
}

function store(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // A full or forbidden store only means that there is no draft; the form itself still works.
  }
}

function load(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function restore(form) {
  const key = PREFIX + form.dataset.draft;
  const saved = load(key);
  const place = form.querySelector(".draft");
  if (!saved || JSON.stringify(saved.fields) === JSON.stringify(read(form))) return;
  write(form, saved.fields);
  if (!place) return;
  const when = new Date(saved.at).toLocaleString(document.documentElement.lang, { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" });
  const drop = document.createElement("button");
  drop.type = "button";
  drop.className = "btn-bare";
  drop.textContent = word("draft_drop");
  drop.addEventListener("click", () => {
    store(key, null);
    form.reset();
    place.textContent = "";
  });
  place.textContent = `${word("draft_back", { when })} `;
  place.append(drop);
}

function settleSent() {
  // A sent form is done unless it came back with something wrong in it.
  const names = Object.keys(localStorage).filter((name) => name.startsWith(SENT));
  for (const name of names) {
    const key = name.slice(SENT.length);
    const form = document.querySelector(`form[data-draft="${CSS.escape(key)}"]`);
    if (form?.querySelector("[aria-invalid=true], .note-red")) store(PREFIX + key, load(name));
    store(name, null);
  }
}

export function prepareDrafts(root) {
  root.querySelectorAll("form[data-draft]").forEach(restore);
}

export function startDrafts() {
  try {
    settleSent();
  } catch {
    return; // no local store in this browser: no drafts
  }
  let timer = 0;
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-draft]");
    if (!form) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      store(PREFIX + form.dataset.draft, { at: Date.now(), fields: read(form) });
      const place = form.querySelector(".draft");
      if (place) place.textContent = word("draft_kept");
    }, 400);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-draft]");
    if (!form) return;
    clearTimeout(timer);
    store(SENT + form.dataset.draft, { at: Date.now(), fields: read(form) });
    store(PREFIX + form.dataset.draft, null);
  });
}
