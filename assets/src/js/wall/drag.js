// Taking a node, or one of its ends, by hand: by mouse, pen or finger. Escape lets go.
import { ask } from "./form.js";
import { drawGrips } from "./grip.js";
import { nearest, select } from "./keys.js";
import { edgeOf, movable, shift, take } from "./span.js";

// What was taken hold of: an end of the chosen node, or a node by its mark. A finger takes only what is chosen already,
// so that it can scroll everywhere else.
function grasped(view, event) {
  const grip = event.target.closest("[data-grip]");
  if (grip) return { edge: grip.dataset.grip, line: view.data.lines[view.selected], at: view.node };
  const row = event.target.closest("[data-at]");
  if (!row || event.pointerType === "touch") return null;
  const line = view.data.lines[Number(row.dataset.at)];
  const at = nearest(view, line, event);
  return at === null ? null : { edge: "move", line, at };
}

export function startDrag(view) {
  const { rows } = view.parts;
  let held = null;
  const drop = (keep) => {
    if (!held) return;
    const { hand, chosen } = held;
    held = null;
    view.hand = null;
    [view.selected, view.node] = chosen;
    if (!keep || !edgeOf(hand)) {
      drawGrips(view);
      return;
    }
    view.dropped = performance.now(); // the click that follows is none
    select(view, hand.line, hand.line.k.indexOf(hand.node));
    ask(view, hand);
  };
  rows.addEventListener("pointerdown", (event) => {
    const found = event.button === 0 && !view.hand ? grasped(view, event) : null;
    if (!found || !movable(found.line.k[found.at])) return;
    held = { ...found, x: event.clientX, hand: take(found.line, found.at), chosen: [view.selected, view.node] };
  });
  rows.addEventListener("pointermove", (event) => {
    if (!held) return;
    const days = Math.round((event.clientX - held.x) / view.scale.perDay);
    if (!days && !view.hand) return;
    if (!view.hand) {
      // Only now: a pointer that is captured at once makes a plain click one on the whole picture.
      rows.setPointerCapture(event.pointerId);
      [view.selected, view.node, view.hand] = [held.line.at, held.at, held.hand];
    }
    shift(held.hand, held.edge, days);
    drawGrips(view);
  });
  rows.addEventListener("pointerup", () => drop(true));
  rows.addEventListener("pointercancel", () => drop(false));
  addEventListener("pointerup", () => (held = view.hand ? held : null)); // let go outside without having moved
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !held) return;
    event.preventDefault();
    drop(false);
  });
}
