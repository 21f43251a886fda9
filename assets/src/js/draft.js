// Nothing typed is lost: what stands in a form is kept on this machine, for this account, until the server has taken it.
// Coming back, it is offered with its time; a password's form and files are never kept. The server says by the cookie
// guatu_done which request was carried out: only then is the draft of that request given up.
import { word } from "./words.js";

const PREFIX = "guatu.draft.";
const SKIP = new Set(["hidden", "password", "file", "submit", "button", "reset"]);
const OLDEST = 30 * 24 * 3600 * 1000; // milliseconds; what nobody came back to in a month is given up

const person = () => document.body.dataset.person ?? "";
const fieldsOf = (form) => [...form.elements].filter((field) => field.name && !SKIP.has(field.type) && !field.readOnly && !field.disabled && !field.name.startsWith("pick."));

function isKept(form) {
  if (!person() || form.method !== "post" || form.hasAttribute("data-no-draft")) return false;
  return ![...form.elements].some((field) => field.type === "password") && fieldsOf(form).length > 0;
}

function keyOf(form) {
  const deed = form.elements.namedItem("do")?.value ?? "";
  const place = form.dataset.draft || `${new URL(form.action, location.href).pathname} ${deed}`;
  return `${PREFIX}${person()}.${place}`;
}

function valueOf(field) {
  if (field.type === "checkbox" || field.type === "radio") return [field.value, field.checked];
  return field.type === "select-multiple" ? { chosen: [...field.selectedOptions].map((one) => one.value) } : field.value;
}

const read = (form) => fieldsOf(form).map((field) => [field.name, valueOf(field)]);

function put(field, value) {
  if (typeof value === "string") field.value = value;
  else if (Array.isArray(value)) {
    if (field.value !== value[0]) return;
    field.checked = value[1];
  } else for (const option of field.options ?? []) option.selected = value.chosen.includes(option.value);
  field.tomselect?.sync();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function write(form, saved) {
  const left = fieldsOf(form);
  for (const [name, value] of saved) {
    const place = left.findIndex((field) => field.name === name && (!Array.isArray(value) || field.value === value[0]));
    if (place >= 0) put(left.splice(place, 1)[0], value);
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

function placeOf(form) {
  let place = form.querySelector(".draft");
  if (place) return place;
  place = document.createElement("span");
  place.className = "draft";
  (form.querySelector(".form-acts") ?? form).append(place);
  return place;
}

function button(text, act) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className: "btn-bare", textContent: text });
  made.addEventListener("click", act);
  return made;
}

function offer(form) {
  const key = keyOf(form);
  const saved = load(key);
  if (!saved || JSON.stringify(saved.fields) === JSON.stringify(read(form))) return;
  if (Date.now() - saved.at > OLDEST) return void store(key, null);
  const when = new Date(saved.at).toLocaleString(document.documentElement.lang, { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" });
  const files = [...form.elements].some((field) => field.type === "file") ? word("draft_files") : "";
  const note = document.createElement("div");
  note.className = "note draft-offer";
  note.setAttribute("role", "status");
  const restore = button(word("draft_restore"), () => {
    write(form, saved.fields);
    note.textContent = `${word("draft_restored", { when })} ${files}`;
  });
  const drop = button(word("draft_drop"), () => {
    store(key, null);
    note.remove();
  });
  note.append(`${word("draft_back", { when })} ${files}`, restore, drop);
  form.prepend(note);
}

function keep(form, request) {
  const known = load(keyOf(form));
  store(keyOf(form), { at: Date.now(), fields: read(form), sent: request ?? known?.sent ?? "" });
}

const settled = []; // ids of requests found carried out and not yet told to settleDrafts

// Gives up the drafts of requests that were carried out: before any is offered again, since a page may lead back to itself.
function settle() {
  const found = document.cookie.match(/(?:^|; )guatu_done=([0-9a-f-]+)/);
  if (!found) return;
  document.cookie = "guatu_done=; path=/; max-age=0; samesite=lax";
  try {
    const own = Object.keys(localStorage).filter((key) => key.startsWith(`${PREFIX}${person()}.`));
    for (const key of own) if (load(key)?.sent === found[1]) store(key, null);
  } catch {
    // no local store in this browser: no drafts
  }
  settled.push(found[1]);
}

// Returns the ids of the requests carried out since it was last asked; their drafts are given up.
export const settleDrafts = () => (settle(), settled.splice(0));

export function prepareDrafts(root) {
  settle();
  for (const form of root.querySelectorAll("form")) if (isKept(form)) offer(form);
}

export function startDrafts() {
  const timers = new Map();
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form || !event.isTrusted || !isKept(form)) return;
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(() => {
      keep(form);
      placeOf(form).textContent = word("draft_kept");
    }, 400));
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !isKept(form)) return;
    clearTimeout(timers.get(form));
    keep(form, form.elements.namedItem("request_id")?.value);
  });
}
