// The line under the chart: the chosen node and its two days, to be typed. Asking what follows goes through it, always.
import { nodeName } from "./data.js";
import { edgeOf, movable, shift, take } from "./span.js";

const formOf = (view) => view.root.querySelector("[data-move-form]");

// Asks what would follow; nothing is saved.
export function ask(view, hand) {
  const form = formOf(view);
  if (!form || !edgeOf(hand)) return;
  fill(view, form, hand);
  form.dispatchEvent(new CustomEvent("wall-move", { bubbles: true })); // htmx asks
}

function fill(view, form, hand) {
  const { data } = view;
  const fields = form.elements;
  fields.project.value = hand.line.i;
  fields.node.replaceChildren(...hand.line.k.filter(movable).map((node) => new Option(nodeName(data, node), nodeName(data, node), false, node === hand.node)));
  fields.start.value = data.iso(hand.start);
  fields.day.value = data.iso(hand.finish);
  fields.start.readOnly = hand.from.fixed;
  fields.keep.disabled = hand.from.fixed;
  fields.edge.value = edgeOf(hand);
  form.querySelector("[data-preview]").disabled = !edgeOf(hand);
}

// A typed day moves its end; while the length is kept the other end goes with it.
function typed(view, form, name) {
  const hand = view.typed;
  const value = form.elements[name].value;
  if (!hand || !value) return;
  const day = view.data.dayOf(value);
  const whole = form.elements.keep.checked && !hand.from.fixed;
  if (whole) shift(hand, "move", day - (name === "start" ? hand.from.start : hand.from.finish));
  else hand[name === "start" ? "start" : "finish"] = day; // the server tells ends that are the wrong way round
  const other = name === "start" ? "day" : "start";
  if (whole) form.elements[other].value = view.data.iso(name === "start" ? hand.finish : hand.start);
  form.elements.edge.value = edgeOf(hand);
  form.querySelector("[data-preview]").disabled = !edgeOf(hand);
}

export function startForm(view, select) {
  const form = formOf(view);
  if (!form) return;
  form.addEventListener("input", (event) => {
    if (event.target.name === "start" || event.target.name === "day") typed(view, form, event.target.name);
  });
  form.addEventListener("change", (event) => {
    const line = view.data.lines[view.selected];
    if (event.target.name === "node") select(view, line, line.k.findIndex((node) => nodeName(view.data, node) === event.target.value));
  });
  view.root.addEventListener("wall:select", ({ detail: { line, node } }) => {
    const first = line.k ? line.k.findIndex(movable) : -1;
    const at = node !== null && movable(line.k[node]) ? node : view.narrow ? first : -1;
    form.hidden = at < 0;
    view.typed = at < 0 ? null : take(line, at);
    if (view.typed) fill(view, form, view.typed);
  });
}
