// One press, one request. The form keeps one request id for all its tries, so a second arrival is answered, not done again.
import { settleDrafts } from "./draft.js";
import { word } from "./words.js";

const ID_FIELD = "request_id";

function newId() {
  // Plain http inside an office's network is no secure context, so randomUUID may be missing there; random bytes are not.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

function keepId(form) {
  let field = form.elements.namedItem(ID_FIELD);
  if (!field) {
    field = document.createElement("input");
    field.type = "hidden";
    field.name = ID_FIELD;
    form.append(field);
  }
  if (!field.value) field.value = newId();
}

function setBusy(form, submitter) {
  form.dataset.busy = "1";
  // The button's own name and value are read right after this event, so it is disabled one turn later.
  setTimeout(() => {
    for (const button of form.querySelectorAll("button:not([type=button]), input[type=submit]")) button.disabled = true;
    submitter?.setAttribute("aria-busy", "true");
  });
}

function release(form) {
  if (!form.dataset.busy) return;
  delete form.dataset.busy;
  setTimeout(() => {
    for (const button of form.querySelectorAll("button:not([type=button]), input[type=submit]")) {
      button.disabled = false;
      button.removeAttribute("aria-busy");
    }
  });
}

export function startSubmitGuard() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    // A cancelled submit counts as sent only when htmx took it over; a download (data-again) may be pressed twice.
    const byHtmx = form.matches("[hx-post], [hx-put], [hx-patch], [hx-delete]");
    const writing = form.method === "post" || byHtmx;
    if (!writing || form.method === "dialog") return;
    if (form.dataset.busy) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    keepId(form);
    if (!form.hasAttribute("data-again") && (byHtmx || !event.defaultPrevented)) setBusy(form, event.submitter);
  }, true);
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest("form");
    if (form) release(form);
  });
  // Coming back with the browser's button shows the page as it was left, busy button and all.
  addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form[data-busy]").forEach(release);
    renew([...answered(), ...settleDrafts()]);
  });
}

const ANSWERED = "guatu.answered";

function answered() {
  try {
    return JSON.parse(sessionStorage.getItem(ANSWERED)) ?? [];
  } catch {
    return [];
  }
}

// A form whose request was carried out is shown again (the back button): what is sent from it now is a new request, and
// the page says so. The version that it had open is an old one, so the server shows both.
function renew(done) {
  try {
    sessionStorage.setItem(ANSWERED, JSON.stringify(done.slice(-50)));
  } catch {
    // no store: a second sending of the same is answered, of something else refused
  }
  for (const field of document.querySelectorAll(`form input[name=${ID_FIELD}]`)) {
    if (!done.includes(field.value)) continue;
    field.value = newId();
    const form = field.form;
    if (form.querySelector(".sent-before") || !form.querySelector("input:not([type=hidden]), textarea, select")) continue;
    const note = document.createElement("div");
    note.className = "note note-yellow sent-before";
    note.setAttribute("role", "status");
    note.textContent = word("sent_before");
    form.prepend(note);
  }
}
