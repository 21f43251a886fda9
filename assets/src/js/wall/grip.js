// The chosen node's own bar over the picture, with an end to take hold of on either side; while it is held, where it would go.
import { spanOf, movable, spanWords } from "./span.js";
import { safe } from "./marks.js";

const coarse = () => matchMedia("(pointer: coarse)").matches;

function bar(view, span, y, css) {
  const x = view.scale.at(span.start);
  return `<rect class="${css}" x="${x}" y="${y - 7}" width="${Math.max(view.scale.at(span.finish + 1) - x, 3)}" height="14" rx="2"/>`;
}

function grip(view, edge, day, y) {
  const x = view.scale.at(day);
  const half = coarse() ? 18 : 6;
  return `<g class="wg-grip" data-grip="${edge}"><rect class="wg-hit" x="${x - half}" y="${y - 12}" width="${2 * half}" height="24"/><rect class="wg-end" x="${x - 2.5}" y="${y - 8}" width="5" height="16" rx="1.5"/></g>`;
}

export function drawGrips(view) {
  const line = view.selected === null ? null : view.data.lines[view.selected];
  const node = line?.k?.[view.node];
  if (!view.root.querySelector("[data-move-form]") || view.node === null || !movable(node)) {
    view.over.replaceChildren();
    return;
  }
  const y = view.middle(line.at);
  const span = spanOf(node);
  const { hand } = view;
  const ends = (span.fixed ? "" : grip(view, "start", span.start, y)) + grip(view, "finish", span.finish + 1, y);
  view.over.innerHTML = hand ? bar(view, hand.from, y, "wg-from") + ghost(view, hand, y) : bar(view, span, y, "wg-own") + ends;
}

function ghost(view, hand, y) {
  const end = view.scale.at(hand.finish + 1);
  const words = spanWords(view.data, hand);
  const right = end + 10 + words.length * 12 > view.parts.scroll.scrollLeft + view.parts.scroll.clientWidth - view.side;
  const at = right ? `x="${view.scale.at(hand.start) - 8}" text-anchor="end"` : `x="${end + 8}"`;
  return `<g class="wr-ghost">${bar(view, hand, y, "wg-to")}<text ${at} y="${y + 4}">${safe(words)}</text></g>`;
}
