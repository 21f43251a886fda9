// One row's marks as SVG text. Positions are attributes and looks are classes: nothing is styled inline.
import { AHEAD, LATE, nodeName, REACHED } from "./data.js";

const CODES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
export const safe = (text) => String(text).replace(/[&<>"]/g, (char) => CODES[char]);

const rect = (css, x, y, width, height) => `<rect class="${css}" x="${x}" y="${y}" width="${Math.max(width, 1)}" height="${height}"/>`;
const line = (css, x1, x2, y) => `<line class="${css}" x1="${x1}" x2="${x2}" y1="${y}" y2="${y}"/>`;

function diamond(css, x, y, half) {
  return `<path class="${css}" d="M${x} ${y - half}l${half} ${half}-${half} ${half}-${half}-${half}z"/>`;
}

function nodeMark(node, x, y) {
  const state = node[4];
  if (state === REACHED) return diamond("wm-reached", x, y, 4.5);
  if (state === AHEAD) return diamond("wm-ahead", x, y, 4.5);
  if (state !== LATE) return `<path class="wm-warned" d="M${x} ${y - 6}l6.5 11.5h-13z"/>`;
  return `${diamond("wm-late", x, y, 7)}<path class="wm-cut" d="M${x - 0.9} ${y - 3.8}h1.8l-.3 4.8h-1.2zM${x - 1} ${y + 2}h2v1.8h-2z"/>`;
}

export const ring = (x, y) => `<circle class="wr-ring" cx="${x}" cy="${y}" r="10"/>`;

function bars(row, scale, y, version) {
  const first = Math.min(...row.k.map((node) => node[1]));
  const last = Math.max(...row.k.map((node) => node[2]));
  const works = row.w === null ? first : Math.min(Math.max(row.w, first), last);
  const at = scale.at;
  const parts = [];
  if (works > first) parts.push(line("wm-before", at(first), at(works), y));
  parts.push(rect("wm-plan", at(works), y - 4, at(last + 1) - at(works), 8));
  if (row.x !== null) parts.push(rect("wm-broken", at(row.x), y - 5, at(row.z + 1) - at(row.x), 10));
  if (row.d && row.d[1] >= works) parts.push(rect("wm-done", at(Math.max(row.d[0], works)), y - 4, at(row.d[1] + 1) - at(Math.max(row.d[0], works)), 8));
  if (row.x !== null) parts.push(rect("wm-break", at(row.x), y - 5, at(row.z + 1) - at(row.x), 10));
  const base = row.v.filter((one) => one[0] <= version).pop() ?? row.v[0];
  parts.push(line("wm-base", at(base[1]), at(base[2] + 1), y + 8));
  return parts.join("");
}

const textWidth = (text) => [...text].reduce((sum, char) => sum + (char.charCodeAt(0) > 0x2e7f ? 12 : 6.6), 0);

function labelBox(data, row, scale) {
  const node = row.k[row.m];
  const text = data.words.late_node.replace("{name}", nodeName(data, node)).replace("{n}", node[5]);
  const x = scale.at(node[3]);
  const wide = textWidth(text) + 4;
  // Whoever looks at the list's year sees the whole label: at the year's end it stands before its node.
  const year = scale.at(data.yearAt + data.yearDays);
  const left = x + 11 + wide > (x <= year ? Math.min(year, scale.width) : scale.width) && x - 11 - wide > scale.at(data.yearAt);
  return { node, text, x, left, wide, from: left ? x - 9 - wide : x + 9 };
}

function label(data, row, scale, y) {
  const { node, text, x, left, from, wide } = labelBox(data, row, scale);
  // What is done goes on under the words as a thin line: ink never seems to end where a label begins.
  const [a, b] = row.d ? [Math.max(scale.at(row.d[0]), from), Math.min(scale.at(row.d[1] + 1), from + wide)] : [0, 0];
  const under = b > a ? rect("wm-done", a, y + 4, b - a, 2) : "";
  return `<rect class="wm-ground" x="${from}" y="${y - 8}" width="${wide}" height="15"/><text class="wm-label ${node[4] === LATE ? "is-late" : "is-warned"}" x="${left ? x - 11 : x + 11}" y="${y + 3}"${left ? ' text-anchor="end"' : ""}>${safe(text)}</text>${under}`;
}

// Nothing of a plan that lies wholly in other years is in the list's year: where it is stands in words.
function elsewhere(data, row, scale, y) {
  const first = Math.min(...row.k.map((node) => node[1]));
  const last = Math.max(row.z, ...row.k.map((node) => node[2]));
  const month = (day) => data.words.year.replace("{year}", data.dateAt(day).getUTCFullYear()) + data.words.month.replace("{month}", data.dateAt(day).getUTCMonth() + 1);
  const [from, to] = [data.yearAt, data.yearAt + data.yearDays];
  if (last < from) return `<text class="wm-none" x="${scale.at(from) + 6}" y="${y + 4}">◂ ${safe(data.words.until.replace("{month}", month(last)))}</text>`;
  if (first >= to) return `<text class="wm-none" x="${scale.at(to) - 6}" y="${y + 4}" text-anchor="end">${safe(data.words.since.replace("{month}", month(first)))} ▸</text>`;
  return "";
}

// The list's own days as a thin line, and in words, always inside the list's year, that there is no plan.
function withoutPlan(data, row, scale, y, labels) {
  const text = row.b ? data.words.begin : data.words.no_plan;
  const [year, end] = [scale.at(data.yearAt), scale.at(data.yearAt + data.yearDays)];
  const from = row.e ? scale.at(row.e[0]) : year;
  const x = Math.max(year, Math.min(from, end - textWidth(text) - 12)) + 6;
  const words = labels ? `<text class="wm-none${row.b ? " wm-begin" : ""}"${row.b ? " data-begin" : ""} x="${x}" y="${y + 4}">${safe(text)}</text>` : "";
  return (row.e ? line("wm-before", from, scale.at(row.e[1] + 1), y) : "") + words;
}

export function rowMarks(data, row, scale, y, version, { labels = true, path = false } = {}) {
  if (row.r) return "";
  if (!row.k) return withoutPlan(data, row, scale, y, labels);
  // What matters most is drawn last: the latest node and its label lie over everything.
  // A mark that its label would cut in half is left to a closer zoom; the keyboard reads it at any.
  const box = row.m !== null && labels ? labelBox(data, row, scale) : null;
  const covered = (x) => box !== null && x > box.from - 3 && x < box.from + box.wide + 4;
  const nodes = row.k.map((node, at) => (at === row.m || covered(scale.at(node[3])) ? "" : nodeMark(node, scale.at(node[3]), y))).join("");
  const worst = row.m === null ? "" : (labels ? label(data, row, scale, y) : "") + nodeMark(row.k[row.m], scale.at(row.k[row.m][3]), y);
  const driving = path && row.p ? row.p.map((at) => diamond("wm-path", scale.at(row.k[at][3]), y, 8.5)).join("") : "";
  return bars(row, scale, y, version) + (labels ? elsewhere(data, row, scale, y) : "") + nodes + worst + driving;
}
