// When a part of the page cannot be fetched, the reason stands in the page until it is dealt with.
import { word } from "./words.js";

const KNOWN = new Set([403, 404, 409, 413, 429, 503]);

function say(text) {
  const place = document.getElementById("notices");
  if (!place) return;
  const note = document.createElement("div");
  note.className = "note note-red";
  note.setAttribute("role", "alert");
  note.textContent = text;
  place.replaceChildren(note);
}

export function startFailures() {
  document.addEventListener("htmx:responseError", (event) => {
    const status = event.detail.xhr.status;
    say(word(KNOWN.has(status) ? `failed_${status}` : "failed_other"));
  });
  document.addEventListener("htmx:sendError", () => say(word("failed_network")));
  document.addEventListener("htmx:timeout", () => say(word("failed_network")));
  document.addEventListener("htmx:beforeRequest", () => document.getElementById("notices")?.replaceChildren());
}
