// When a part of the page cannot be fetched, the reason stands in the page until it is dealt with: the server's own
// sentence where it sent one, with the reference number of a fault.
import { word } from "./words.js";

const KNOWN = new Set([401, 403, 404, 409, 413, 429, 503]);

function say(text, link) {
  const place = document.getElementById("notices");
  if (!place) return;
  const note = document.createElement("div");
  note.className = "note note-red";
  note.setAttribute("role", "alert");
  note.textContent = text;
  if (link) {
    const way = document.createElement("a");
    Object.assign(way, { href: link, target: "_blank", textContent: word("sign_in_again") });
    note.append(" ", way);
  }
  place.replaceChildren(note);
}

function told(request) {
  const kind = request.getResponseHeader("Content-Type") ?? "";
  if (!kind.startsWith("text/html")) return "";
  const answer = new DOMParser().parseFromString(request.responseText, "text/html");
  return answer.querySelector("[role=alert]")?.textContent.replace(/\s+/g, " ").trim() ?? "";
}

export function startFailures() {
  document.addEventListener("htmx:responseError", (event) => {
    const request = event.detail.xhr;
    const number = request.getResponseHeader("X-Request-Id");
    const plain = word(KNOWN.has(request.status) ? `failed_${request.status}` : "failed_other");
    const text = told(request) || (request.status >= 500 && number ? `${plain} ${word("number", { number })}` : plain);
    say(text, request.status === 401 ? "/login/" : "");
  });
  document.addEventListener("htmx:sendError", () => say(word("failed_network")));
  document.addEventListener("htmx:timeout", () => say(word("failed_network")));
  document.addEventListener("htmx:beforeRequest", () => document.getElementById("notices")?.replaceChildren());
  // A page that says what went wrong leads back to the form, with all that was typed.
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-back]")) history.back();
  });
  document.addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll("[data-back]")) button.hidden = history.length < 2;
  });
}
