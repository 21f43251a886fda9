// What stands still behind and over the rows: the calendar's head, closed seasons, check points, today.
import { safe } from "./marks.js";
import { ticks, weeks } from "./scale.js";

export const HEAD = 44;

export function head(data, scale) {
  const parts = [];
  for (const [day, text, strong] of ticks(data, scale)) {
    parts.push(`<text class="wh-month${strong ? " is-strong" : ""}" x="${scale.at(day) + 5}" y="14">${safe(text)}</text>`);
  }
  for (const [day, text] of weeks(data, scale)) parts.push(`<text class="wh-week" x="${scale.at(day) + 3}" y="28">${text}</text>`);
  const taken = [[scale.at(data.today) - 32, scale.at(data.today) + 32]];
  const put = (css, day, text, anchor) => {
    const x = Math.min(Math.max(scale.at(day), 2), scale.width - 2);
    const half = (text.length * 12) / 2;
    const from = anchor === "middle" ? x - half : x;
    const to = from + text.length * 12;
    if (from < 0 || to > scale.width || taken.some(([a, b]) => from < b && to > a)) return;
    taken.push([from, to]);
    parts.push(`<text class="${css}" x="${x}" y="40" text-anchor="${anchor}">${safe(text)}</text>`);
  };
  for (const [day, text] of data.points) put("wh-point", day, `◂${text}`, "start");
  for (const [from, to, text] of data.closed) if (text) put("wh-closed", (Math.max(from, 0) + Math.min(to, data.days)) / 2, text, "middle");
  const now = Math.min(Math.max(scale.at(data.today), 30), scale.width - 30);
  parts.push(`<rect class="wh-now" x="${now - 30}" y="27" width="60" height="17"/><text class="wh-now-text" x="${now}" y="40" text-anchor="middle">${safe(data.todayWords)}</text>`);
  return parts.join("");
}

export function ground(data, scale, height) {
  const parts = [];
  for (const [from, to] of data.closed) {
    const x = Math.max(scale.at(from), 0);
    parts.push(`<rect class="wg-closed" x="${x}" y="0" width="${Math.max(Math.min(scale.at(to + 1), scale.width) - x, 1)}" height="${height}"/>`);
  }
  for (const [day, , strong] of ticks(data, scale)) parts.push(`<line class="wg-month${strong ? " is-strong" : ""}" x1="${scale.at(day)}" x2="${scale.at(day)}" y1="0" y2="${height}"/>`);
  for (const [day] of data.points) parts.push(`<line class="wg-point" x1="${scale.at(day + 1)}" x2="${scale.at(day + 1)}" y1="0" y2="${height}"/>`);
  return parts.join("");
}

export const todayLine = (data, scale, height) => `<line class="wg-now" x1="${scale.at(data.today)}" x2="${scale.at(data.today)}" y1="0" y2="${height}"/>`;
