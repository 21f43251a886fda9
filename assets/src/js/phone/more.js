// What a month's report asks beside its few fields, each folded behind one line: composition, and days of nodes.
import { word } from "../words.js";
import { el } from "./dom.js";

export const PARTS = ["mix_construction", "mix_installation", "mix_equipment", "mix_other"];
const DAYS = ["started", "finished", "forecast"];
const code = (node, part) => `node.${node.node}.${part}`;

// 万元 as typed, in 元; null for what only the server reads (元, 亿, words).
function amount(text) {
  const plain = (text ?? "").normalize("NFKC").replaceAll(",", "").replace(/万元?$/, "").trim();
  return /^\d+(\.\d{1,4})?$/.test(plain) ? Math.round(Number(plain) * 10000) : null;
}

// What is asked of a composition as it is typed: the server judges it, as the desk's form does.
function mixSaid(fields) {
  const told = PARTS.filter((name) => (fields[name] ?? "") !== "");
  const sums = told.map((name) => amount(fields[name]));
  const whole = amount(fields.amount);
  if (!told.length || whole === null || sums.includes(null)) return "";
  const sum = sums.reduce((total, one) => total + one, 0);
  return sum === whole ? word("mix_fits") : word("mix_differs", { sum: String(sum / 10000), amount: String(whole / 10000) });
}

function typed(name, words, draft, changed, given) {
  const input = (event) => {
    draft.fields[name] = event.target.value;
    changed(name);
  };
  return el("div", {}, el("label", { for: `f-${name}` }, words), el("input", { id: `f-${name}`, name, autocomplete: "off", value: draft.fields[name] ?? "", input, ...given }));
}

// `held` draws a part that another system holds.
export function mixField(row, draft, changed, held) {
  const said = el("p", { class: "quiet", role: "status" }, mixSaid(draft.fields));
  const again = (name) => ((said.textContent = mixSaid(draft.fields)), changed(name));
  const parts = PARTS.map((name) => (row.held?.[name] ? held(name, row.held[name]) : typed(name, word(`field_${name}`), draft, again, { inputmode: "decimal" })));
  return el("details", { open: PARTS.some((name) => draft.fields[name]), toggle: () => (said.textContent = mixSaid(draft.fields)) },
    el("summary", {}, word("mix")), el("div", { class: "pairs" }, parts), said);
}

// What is wrong with what was typed of a node, before it goes: [where, why], or null.
function wrongOf(node, { fields }) {
  const [started, finished, forecast, reason] = [...DAYS, "reason"].map((part) => (fields[code(node, part)] ?? "").trim());
  if (started && finished && finished < started) return [code(node, "finished"), word("node_order")];
  return forecast && !reason ? [code(node, "reason"), word("node_reason")] : null;
}

const said = (node, fields) => [...DAYS, "reason"].some((part) => fields[code(node, part)]);

function nodeField(node, draft, changed) {
  const mark = el("span", { class: "state draft" });
  const why = el("p", { class: "note needs", role: "alert", hidden: true });
  const tell = () => {
    mark.textContent = said(node, draft.fields) ? word("node_told") : "";
    why.hidden = true;
  };
  const again = (name) => (tell(), changed(name));
  const days = DAYS.map((part) => typed(code(node, part), word(`node_${part}`), draft, again, { type: "date" }));
  const box = el("details", { class: "node", open: said(node, draft.fields) }, el("summary", {}, node.name, " ", mark),
    el("div", { class: "pairs" }, days, typed(code(node, "reason"), word("node_why"), draft, again, { maxlength: "200" })), why);
  tell();
  return { box, show: (words) => ((box.open = true), (why.textContent = words), (why.hidden = false)) };
}

// The field, and `check()`: whether the form may go; where not, the place is opened and said why.
export function nodesField(row, draft, changed) {
  const made = row.open_nodes.map((node) => ({ node, ...nodeField(node, draft, changed) }));
  const box = el("details", { open: row.open_nodes.some((node) => said(node, draft.fields)) },
    el("summary", {}, word("nodes")), el("p", { class: "quiet" }, word("nodes_hint")), made.map((one) => one.box));
  const check = () => {
    const wrong = made.map((one) => [one, wrongOf(one.node, draft)]).find(([, found]) => found);
    if (!wrong) return true;
    box.open = true;
    wrong[0].show(wrong[1][1]);
    document.getElementById(`f-${wrong[1][0]}`).focus();
    return false;
  };
  return { box, check };
}
