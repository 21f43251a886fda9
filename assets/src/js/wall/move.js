// Moving a node: by dragging its mark along the row, or by typing a day. Both only ask what would follow; nothing is saved.
import { dayWords, nodeName, REACHED } from "./data.js";
import { nearest } from "./keys.js";

function ask(view, line, node, day) {
  const form = view.root.querySelector("[data-move-form]");
  if (!form) return;
  form.elements.project.value = line.i;
  form.elements.node.value = nodeName(view.data, node);
  form.elements.day.value = view.data.iso(day);
  form.dispatchEvent(new CustomEvent("wall-move", { bubbles: true })); // htmx asks what would follow
}

function ghost(view, line, day) {
  const x = view.scale.at(day);
  let mark = view.over.querySelector(".wr-ghost");
  if (!mark) {
    view.over.insertAdjacentHTML("beforeend", '<g class="wr-ghost"><path d="M0 -7l7 7-7 7-7-7z"/><text x="11" y="-8"></text></g>');
    mark = view.over.querySelector(".wr-ghost");
  }
  mark.setAttribute("transform", `translate(${x},${view.tops[line.at] + 11})`);
  mark.querySelector("text").textContent = dayWords(view.data, day);
}

function startDrag(view) {
  const { rows } = view.parts;
  let held = null;
  rows.addEventListener("pointerdown", (event) => {
    const row = event.target.closest("[data-at]");
    if (!row || view.narrow || event.button !== 0) return;
    const line = view.data.lines[Number(row.dataset.at)];
    const at = nearest(view, line, event);
    if (at === null || line.k[at][4] === REACHED) return;
    held = { line, node: line.k[at], from: event.clientX, day: line.k[at][3] };
    rows.setPointerCapture(event.pointerId);
  });
  rows.addEventListener("pointermove", (event) => {
    if (!held) return;
    held.day = held.node[3] + Math.round((event.clientX - held.from) / view.scale.perDay);
    if (held.day !== held.node[3]) ghost(view, held.line, held.day);
  });
  const drop = (event) => {
    if (!held) return;
    const { line, node, day } = held;
    held = null;
    view.over.querySelector(".wr-ghost")?.remove();
    if (event.type === "pointerup" && day !== node[3]) ask(view, line, node, day);
  };
  rows.addEventListener("pointerup", drop);
  rows.addEventListener("pointercancel", drop);
}

export function startMoves(view) {
  const form = view.root.querySelector("[data-move-form]");
  if (!form) return;
  startDrag(view);
  view.root.addEventListener("wall:select", ({ detail: { line, node } }) => {
    const chosen = node === null ? null : line.k[node];
    form.hidden = !chosen || chosen[4] === REACHED;
    if (form.hidden) return;
    form.elements.project.value = line.i;
    form.elements.node.value = nodeName(view.data, chosen);
    form.elements.day.value = view.data.iso(chosen[3]);
  });
}
