// The chart's JSON as the server writes it (guatu/dispatch/wall/payload.py): days are whole numbers from the first day.
export const REACHED = 0, AHEAD = 1, WARNED = 2, LATE = 3;
const DAY = 86400000;

export function read(raw) {
  const first = Date.parse(`${raw.first}T00:00:00Z`);
  const lines = raw.lines.map((line, at) => ({ ...line, at, group: line.g !== undefined, unit: raw.names[line.u] ?? "" }));
  for (const line of lines) if (line.r) Object.assign(line, { l: "none", a: raw.words.waits.replace("{name}", line.n) });
  return {
    ...raw,
    lines,
    rows: lines.filter((line) => !line.group),
    dateAt: (day) => new Date(first + day * DAY),
    dayOf: (text) => Math.round((Date.parse(`${text}T00:00:00Z`) - first) / DAY),
    iso: (day) => new Date(first + day * DAY).toISOString().slice(0, 10),
  };
}

export const nodeName = (data, node) => data.names[node[0]];

export function dayWords(data, day) {
  const date = data.dateAt(day);
  const text = data.words.day.replace("{month}", date.getUTCMonth() + 1).replace("{day}", date.getUTCDate());
  return date.getUTCFullYear() === data.year ? text : data.words.year.replace("{year}", date.getUTCFullYear()) + text;
}

export function nodeWords(data, node) {
  const [, , planned, expected, state, slip] = node;
  const { words } = data;
  const parts = [nodeName(data, node), `${words.planned} ${dayWords(data, planned)}`];
  parts.push(`${state === REACHED ? words.reached : words.expected} ${dayWords(data, expected)}`);
  if (slip > 0 && state !== REACHED) parts.push(words.late.replace("{n}", slip));
  if (slip <= 0 && expected > planned && state !== REACHED) parts.push((node[7] ? words.idle : words.pushed).replace("{n}", expected - planned));
  return parts.join("，");
}

// The driving path of a plan, as far as it is still to be done.
export function pathWords(data, line) {
  const names = (line.p ?? []).filter((at) => line.k[at][4] !== REACHED).map((at) => nodeName(data, line.k[at]));
  return names.length ? `。${data.words.path}${names.join(" → ")}` : "";
}
