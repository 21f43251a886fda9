// A node in the hand by keyboard: Space takes it up, arrows move it, Shift with them changes its length, Enter asks, Escape lets go.
import { ask } from "./form.js";
import { drawGrips } from "./grip.js";
import { edgeOf, heldWords, movable, shift, take } from "./span.js";

const MOVES = { ArrowLeft: ["move", -1], ArrowRight: ["move", 1], PageUp: ["move", -7], PageDown: ["move", 7] };
const LENGTHS = { ArrowLeft: ["finish", -1], ArrowRight: ["finish", 1], ArrowUp: ["start", -1], ArrowDown: ["start", 1] };

function say(view, text) {
  view.root.querySelector("[data-part=said]").textContent = text;
}

function up(view) {
  const line = view.selected === null ? null : view.data.lines[view.selected];
  if (view.node === null || !movable(line?.k?.[view.node]) || !view.root.querySelector("[data-move-form]")) return false;
  view.hand = take(line, view.node);
  view.went = { move: 0, start: 0, finish: 0 };
  return true;
}

function down(view) {
  view.hand = null;
  drawGrips(view);
}

// Whole days so far: a move carries both ends, the other two add to theirs.
function go(view, [edge, by]) {
  view.went[edge] += by;
  const { hand, went } = view;
  Object.assign(hand, { start: hand.from.start, finish: hand.from.finish });
  shift(hand, "move", went.move);
  if (!hand.from.fixed) hand.start = Math.min(hand.start + went.start, hand.finish);
  hand.finish = Math.max(hand.finish + went.finish, hand.start);
  drawGrips(view);
  say(view, heldWords(view.data, hand));
}

// Whether the key was for a node in the hand.
export function lifted(view, event) {
  const change = (event.shiftKey ? LENGTHS : MOVES)[event.key];
  if (!view.hand) {
    if (event.key !== " " && !(event.shiftKey && change)) return false;
    if (!up(view)) return event.key === " ";
    drawGrips(view);
    say(view, heldWords(view.data, view.hand));
    if (event.key === " ") return true;
  }
  if (change) go(view, change);
  if (event.key === "Enter") {
    const { hand } = view;
    down(view);
    if (edgeOf(hand)) ask(view, hand);
  }
  if (event.key === "Escape" || event.key === " ") {
    down(view);
    say(view, "");
  }
  return Boolean(change) || ["Enter", "Escape", " "].includes(event.key);
}
