// The names beside the rows, cut to their width; a full name stands in the title and in the row's own words.
import { safe } from "./marks.js";

// Room for names grows with the window: on a wall they are whole.
export function wideNames(width) {
  const [name, unit] = width >= 1560 ? [286, 176] : width >= 1280 ? [220, 132] : [206, 98];
  return { width: 30 + name + 10 + unit + 8, name: 30, nameRoom: name, unit: 30 + name + 10, unitRoom: unit };
}

const widthOf = (text, size) => [...text].reduce((sum, char) => sum + (char.charCodeAt(0) > 0x2e7f ? size : size * 0.56), 0);

// What tells the like-named apart often stands at the end (一期, 乙地块), so a name is cut in its middle.
function cut(text, room, size = 13) {
  if (widthOf(text, size) <= room) return text;
  const tail = text.match(/[（(][^（(]{1,7}[）)]$/)?.[0] ?? text.slice(-3);
  let head = text.slice(0, text.length - tail.length);
  while (head.length > 1 && widthOf(`${head}…${tail}`, size) > room) head = head.slice(0, -1);
  return `${head}…${tail}`;
}

export const light = (code, x, y) => `<use href="#l-${code}" x="${x}" y="${y}" width="14" height="14"/>`;

export function groupName(line, y, height, wide) {
  const mark = line.o ? "▾" : "▸";
  return `<g transform="translate(0,${y})"><rect class="wn-group" x="0" y="0" width="100%" height="${height}"/><a href="${safe(line.t)}"><text class="wn-group-text" x="8" y="17">${mark} ${safe(cut(line.g, wide.width - 120))}</text></a><text class="wn-cap" x="${wide.width - 10}" y="17" text-anchor="end">${safe(line.c)}</text></g>`;
}

export function rowName(data, line, y, height, wide) {
  const { name, nameRoom, unit, unitRoom } = wide;
  return `<g transform="translate(0,${y})">${light(line.l, 6, (height - 14) / 2)}<a href="${safe(address(data, line))}" tabindex="-1"><title>${safe(line.n)}</title><text class="wn-name" x="${name}" y="${height / 2 + 4.5}">${safe(cut(line.n, nameRoom))}</text></a><text class="wn-unit" x="${unit}" y="${height / 2 + 4.5}"><title>${safe(line.unit)}</title>${safe(cut(line.unit, unitRoom, 12))}</text></g>`;
}

export function narrowName(data, line, width) {
  const worst = line.k && line.m !== null ? line.k[line.m] : null;
  const late = worst ? data.words.late.replace("{n}", worst[5]) : line.k ? "" : data.words.no_plan;
  const css = worst ? (worst[4] === 3 ? "wm-label is-late" : "wm-label is-warned") : "wn-unit";
  return `<rect class="wm-ground" x="0" y="1" width="100%" height="22"/>${light(line.l, 0, 5)}<text class="wn-name" x="20" y="17">${safe(cut(line.n, width - 104))}</text><text class="${css}" x="${width}" y="17" text-anchor="end">${safe(late)}</text>`;
}

const NOBODY = "00000000-0000-7000-8000-000000000000"; // in addresses, for the row's own id
export const address = (data, line) => data.project.replace(NOBODY, line.i);

// Where a row leads: to its plan, or to where one without a plan is begun.
export const planAddress = (data, line) => (line.b ? data.begin.replace(NOBODY, line.i) : `${address(data, line)}?tab=plan`);
