// The keyboard: up and down rows, left and right nodes, Enter opens, + and - zoom, Home is today, Space takes a node up.
import { nodeWords, pathWords } from "./data.js";
import { lifted } from "./lift.js";
import { planAddress } from "./names.js";
import { ZOOMS } from "./scale.js";

export function select(view, line, node = null) {
  [view.selected, view.node, view.hand] = [line.at, node, null];
  view.showRow(line.at);
  view.renew();
  view.parts.rows.setAttribute("aria-activedescendant", `wall-${line.at}`);
  const said = view.root.querySelector("[data-part=said]");
  said.textContent = node === null ? line.a + pathWords(view.data, line) : nodeWords(view.data, line.k[node]);
  view.root.dispatchEvent(new CustomEvent("wall:select", { detail: { line, node } }));
}

export function zoomTo(view, zoom) {
  const { scroll } = view.parts;
  const middle = (scroll.scrollLeft + (scroll.clientWidth - view.side) / 2) / view.scale.perDay;
  view.zoom = zoom;
  view.layout();
  view.showDay(middle);
  for (const button of view.root.querySelectorAll("[data-zoom]")) button.setAttribute("aria-pressed", String(button.dataset.zoom === zoom));
}

function current(view) {
  return view.selected === null ? null : view.data.lines[view.selected];
}

function step(view, by) {
  const { rows } = view.data;
  const now = current(view);
  const at = now ? rows.indexOf(now) + by : 0;
  const line = rows[Math.min(Math.max(at, 0), rows.length - 1)];
  if (line) select(view, line);
}

function along(view, by) {
  const line = current(view);
  if (!line) return step(view, 0);
  if (!line.k) return undefined;
  const at = view.node === null ? (line.m ?? 0) : Math.min(Math.max(view.node + by, 0), line.k.length - 1);
  select(view, line, at);
  return view.showDay(line.k[at][3]);
}

const nearer = (view, by) => zoomTo(view, ZOOMS[Math.min(Math.max(ZOOMS.indexOf(view.zoom) + by, 0), ZOOMS.length - 1)]);

const KEYS = {
  ArrowDown: (view) => step(view, 1),
  ArrowUp: (view) => step(view, -1),
  PageDown: (view) => step(view, 20),
  PageUp: (view) => step(view, -20),
  ArrowRight: (view) => along(view, 1),
  ArrowLeft: (view) => along(view, -1),
  Home: (view) => view.showDay(view.data.today),
  "+": (view) => nearer(view, -1),
  "=": (view) => nearer(view, -1),
  "-": (view) => nearer(view, 1),
  Enter: (view) => {
    const line = current(view);
    if (line) location.assign(planAddress(view.data, line));
  },
};

export function startKeys(view) {
  view.parts.rows.addEventListener("keydown", (event) => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (plain && lifted(view, event)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const act = KEYS[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    act(view);
  });
  view.parts.rows.addEventListener("click", (event) => {
    const row = event.target.closest("[data-at]");
    if (!row || performance.now() - (view.dropped ?? -1000) < 400) return;
    const line = view.data.lines[Number(row.dataset.at)];
    if (event.target.closest("[data-begin]")) return void location.assign(planAddress(view.data, line));
    const node = nearest(view, line, event);
    // On a phone the first touch chooses, the second one opens.
    if (view.narrow && view.selected === line.at && node === null) location.assign(planAddress(view.data, line));
    else select(view, line, node);
  });
}

// The node under the pointer, if one is.
export function nearest(view, line, event) {
  if (!line.k) return null;
  const x = event.clientX - view.parts.rows.getBoundingClientRect().left;
  const far = line.k.map((node) => Math.abs(view.scale.at(node[3]) - x));
  const least = Math.min(...far);
  return least <= (event.pointerType === "touch" ? 16 : 9) ? far.indexOf(least) : null;
}
