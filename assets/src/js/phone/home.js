// What is asked of me now, with what became of each; and a problem that cannot wait for the form.
import { word } from "../words.js";
import { el, newId, said } from "./dom.js";
import { KEPT, newItem } from "./queue.js";
import { isOpen, keyOf, stateOf } from "./states.js";

function line(row, app) {
  const { code, words } = stateOf(row, app);
  const last = row.last?.ytd ? word("last_ytd", { on: row.last.on, ytd: row.last.ytd }) : "";
  return el("li", {},
    el("a", { href: `#/report/${encodeURIComponent(keyOf(row))}`, class: "ask" },
      el("strong", {}, row.name),
      el("span", { class: `state ${code}` }, words),
      el("span", { class: "quiet" }, [row.kind_words, row.period_words, word("due", { due: row.due })].join(" ")),
      last && el("span", { class: "quiet" }, last)));
}

function problem(app) {
  const { asked } = app;
  const place = el("select", { id: "problem-project", name: "project" }, asked.projects.map((one) => el("option", { value: one.project }, one.name)));
  const text = el("textarea", { id: "problem-text", rows: "3", maxlength: "500", required: true });
  const note = el("p", { role: "status", class: "quiet" });
  let going = false;
  const send = async (event) => {
    event.preventDefault();
    if (going) return; // tapped twice
    going = true;
    const body = { project: place.value, text: text.value, said_at: said(Date.now()) };
    const name = place.selectedOptions[0]?.textContent ?? "";
    const item = newItem(newId(), asked.owner, "problem", body, Date.now(), { title: `${name} ${word("problem")}` });
    const done = await app.put([item]);
    going = false;
    if (!done) return;
    text.value = "";
    note.textContent = word("stored");
    app.sync();
  };
  return el("details", {},
    el("summary", {}, word("raise_problem")),
    el("form", { submit: send },
      el("label", { for: "problem-project" }, word("project")), place,
      el("label", { for: "problem-text" }, word("problem")), text,
      el("button", { class: "main" }, word("store_and_send")), note));
}

export function home(app) {
  const { asked, items } = app;
  if (!asked) return [el("h1", {}, word("title")), el("p", {}, word(app.state === "sign_in" ? "sign_in_first" : "never_loaded"))];
  const waiting = items.filter((item) => item.state === KEPT).length;
  const open = asked.rows.filter((row) => isOpen(row, app));
  const rows = [...open, ...asked.rows.filter((row) => !open.includes(row))]; // what is still to be written stands first
  return [
    el("h1", {}, word("asked", { count: open.length })),
    rows.length ? el("ul", { class: "asked" }, rows.map((row) => line(row, app))) : el("p", { class: "quiet" }, word("nothing_asked")),
    el("p", {}, el("a", { href: "#/outbox", class: "button" }, word("to_outbox", { count: waiting }))),
    asked.projects.length > 0 && problem(app),
    el("p", { class: "quiet" }, word("as_of", { at: new Date(asked.at).toLocaleString(document.documentElement.lang) })),
  ];
}
