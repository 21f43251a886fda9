// A node in hand: its two days, and which of them a person changed. Days are whole numbers from the chart's first day.
import { dayWords, nodeName, REACHED } from "./data.js";

// As it stands in the picture: pushed as a whole by what comes before it, unless it has begun.
export function spanOf(node) {
  const [, planned, finish, expected, , , began] = node;
  const start = began ?? planned + Math.max(0, expected - finish);
  return { start: Math.min(start, expected), finish: expected, fixed: began !== null };
}

export const movable = (node) => Boolean(node) && node[4] !== REACHED;

export function take(line, at) {
  const node = line.k[at];
  const span = spanOf(node);
  return { line, node, from: span, start: span.start, finish: span.finish };
}

// Moves an end, or both of them; an end never passes the other, and a start that has happened stays.
export function shift(hand, edge, days) {
  const { from } = hand;
  if (edge !== "finish" && !from.fixed) hand.start = edge === "start" ? Math.min(from.start + days, from.finish) : from.start + days;
  if (edge !== "start") hand.finish = Math.max(from.finish + days, hand.start);
}

export function edgeOf(hand) {
  const [begun, ended] = [hand.start - hand.from.start, hand.finish - hand.from.finish];
  if (!begun && !ended) return "";
  if (hand.from.fixed || !begun) return "finish";
  if (begun === ended) return "move";
  return ended ? "both" : "start";
}

export function spanWords(data, hand) {
  const days = hand.finish - hand.start + 1;
  return data.words.span.replace("{start}", dayWords(data, hand.start)).replace("{finish}", dayWords(data, hand.finish)).replace("{n}", days);
}

export const heldWords = (data, hand) => data.words.held.replace("{name}", nodeName(data, hand.node)).replace("{span}", spanWords(data, hand));
