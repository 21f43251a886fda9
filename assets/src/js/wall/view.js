// The picture: only the rows in sight are drawn, and what scrolls out of sight is taken away again.
import { dayWords } from "./data.js";
import { ground, HEAD, head, todayLine } from "./frame.js";
import { ring, rowMarks, safe } from "./marks.js";
import { drawGrips } from "./grip.js";
import { groupName, narrowName, rowName, wideNames } from "./names.js";
import { compactScale, scaleOf } from "./scale.js";

const ROW = 24, GROUP = 25, NARROW = 48, MORE = 8;

function elements(texts) {
  const holder = document.createElementNS("http://www.w3.org/2000/svg", "g");
  holder.innerHTML = texts.join("");
  return [...holder.children];
}

export class View {
  constructor(root, data) {
    this.root = root;
    this.take(data);
    this.parts = Object.fromEntries(["scroll", "corner", "head", "names", "rows"].map((name) => [name, root.querySelector(`[data-part=${name}]`)]));
    [this.ground, this.list, this.over] = ["ground", "list", "over"].map((name) => root.querySelector(`[data-part=${name}]`));
    this.zoom = "month";
    this.version = 1;
    this.selected = null;
    this.node = null;
    this.hand = null;
    this.parts.scroll.addEventListener("scroll", () => this.ask(), { passive: true });
  }

  take(data) {
    this.data = data;
    data.todayWords = dayWords(data, data.today);
  }

  layout() {
    this.narrow = matchMedia("(max-width: 767px)").matches;
    this.wide = wideNames(this.parts.scroll.clientWidth);
    this.side = this.narrow ? 0 : this.wide.width;
    const width = this.parts.scroll.clientWidth - this.side;
    this.scale = this.narrow ? compactScale(this.data, width) : scaleOf(this.data, this.zoom, width);
    this.tops = [];
    let top = 0;
    for (const line of this.data.lines) {
      this.tops.push(top);
      top += line.group ? GROUP : this.narrow ? NARROW : ROW;
    }
    this.height = top;
    this.size(this.parts.corner, this.wide.width, HEAD);
    this.parts.corner.querySelector("[data-unit]").setAttribute("x", this.wide.unit);
    this.size(this.parts.head, this.scale.width, HEAD);
    this.size(this.parts.names, this.wide.width, this.height);
    this.size(this.parts.rows, this.scale.width, this.height);
    this.parts.head.innerHTML = head(this.data, this.scale);
    this.ground.innerHTML = ground(this.data, this.scale, this.height) + todayLine(this.data, this.scale, this.height);
    this.renew();
  }

  size(svg, width, height) {
    svg.setAttribute("width", width);
    svg.setAttribute("height", height);
  }

  ask() {
    if (this.waiting) return;
    this.waiting = requestAnimationFrame(() => {
      this.waiting = 0;
      this.draw();
    });
  }

  place(top) {
    let [low, high] = [0, this.tops.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.tops[middle] <= top) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }

  draw() {
    const { scrollTop, clientHeight } = this.parts.scroll;
    const from = Math.max(0, this.place(scrollTop) - MORE);
    const to = Math.min(this.tops.length, this.place(scrollTop + clientHeight) + MORE + 1);
    for (const at of this.drawn.keys()) if (at < from || at >= to) this.drop(at);
    const fresh = this.data.lines.slice(from, to).filter((line) => !this.drawn.has(line.at));
    if (!fresh.length) return;
    // In the order of the rows, since what reads the page aloud goes by it.
    const rows = elements(fresh.map((line) => (line.group ? this.groupRow(line) : this.row(line))));
    const names = elements(this.narrow ? [] : fresh.map((line) => this.nameOf(line)));
    const least = Math.min(...this.drawn.keys());
    const above = fresh.filter((line) => line.at < least).length;
    this.list.prepend(...rows.slice(0, above));
    this.list.append(...rows.slice(above));
    this.parts.names.append(...names);
    fresh.forEach((line, place) => this.drawn.set(line.at, [rows[place], names[place]]));
  }

  nameOf(line) {
    return line.group ? groupName(line, this.tops[line.at], GROUP, this.wide) : rowName(this.data, line, this.tops[line.at], ROW, this.wide);
  }

  drop(at) {
    for (const part of this.drawn.get(at)) part?.remove();
    this.drawn.delete(at);
  }

  // Everything in sight anew: another zoom, version or selection.
  renew() {
    this.drawn = new Map();
    this.list.replaceChildren();
    this.parts.names.replaceChildren();
    this.draw();
    drawGrips(this);
  }

  // The middle of a row's bar.
  middle(at) {
    return this.tops[at] + (this.narrow ? 34 : ROW / 2 - 1);
  }

  groupRow(line) {
    const words = this.narrow ? `<text class="wn-group-text" x="4" y="17">${safe(line.g)}　${safe(line.c)}</text>` : "";
    return `<g aria-hidden="true" transform="translate(0,${this.tops[line.at]})"><rect class="wn-group" x="0" y="0" width="100%" height="${GROUP}"/>${words}</g>`;
  }

  row(line) {
    const on = line.at === this.selected;
    const height = this.narrow ? NARROW : ROW;
    const inner = this.narrow
      ? narrowName(this.data, line, this.scale.width) + rowMarks(this.data, line, this.scale, 34, this.version, { labels: false, path: on })
      : rowMarks(this.data, line, this.scale, ROW / 2 - 1, this.version, { path: on });
    const place = this.data.rows.indexOf(line) + 1;
    return `<g id="wall-${line.at}" role="option" data-at="${line.at}" aria-selected="${on}" aria-posinset="${place}" aria-setsize="${this.data.rows.length}" aria-label="${safe(line.a)}" transform="translate(0,${this.tops[line.at]})"><rect class="wr-hit${on ? " is-on" : ""}" x="0" y="0" width="100%" height="${height}"/>${inner}${on && this.node !== null ? ring(this.scale.at(line.k[this.node][3]), this.narrow ? 34 : ROW / 2 - 1) : ""}<line class="wr-rule" x1="0" x2="100%" y1="${height - 0.5}" y2="${height - 0.5}"/></g>`;
  }

  // Scrolls so that a day stands in the middle, or a row in sight.
  showDay(day) {
    const { scroll } = this.parts;
    scroll.scrollLeft = this.scale.at(day) - (scroll.clientWidth - this.side) / 2;
  }

  showRow(at) {
    const { scroll } = this.parts;
    const [top, bottom] = [this.tops[at], (this.tops[at + 1] ?? this.height) + HEAD];
    if (top < scroll.scrollTop) scroll.scrollTop = Math.max(0, top - GROUP);
    else if (bottom > scroll.scrollTop + scroll.clientHeight - 16) scroll.scrollTop = bottom - scroll.clientHeight + 16;
  }
}
