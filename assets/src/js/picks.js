// Alpine component: the rows that are selected on this page, how many, and their sums. Whole values stand in
// data-sum-CODE of each box; [data-sum=CODE] shows their sum divided by data-factor with data-places decimals.
import { toast } from "./toast.js";

export function shown(value, factor, places) {
  const scale = 10n ** BigInt(places);
  const unit = BigInt(factor);
  const size = value < 0n ? -value : value;
  const rounded = (size * scale * 2n + unit) / (unit * 2n); // half up, in whole numbers
  const decimals = places ? `.${String(rounded % scale).padStart(places, "0")}` : "";
  const sign = value < 0n && rounded > 0n ? "\u2212" : "";
  return `${sign}${(rounded / scale).toLocaleString("en-US")}${decimals}`;
}

export function picks() {
  return {
    count: 0,
    last: null,
    get any() {
      return this.count > 0;
    },
    init() {
      if (this.boxes().some((box) => box.checked)) this.update(); // a form that came back with its choice
      this.$root.addEventListener("click", (event) => this.clicked(event));
      this.$root.addEventListener("change", (event) => this.changed(event));
      this.$root.addEventListener("keydown", (event) => {
        const busy = event.target.closest("dialog, details[open], input:not([type=checkbox])");
        if (event.key === "Escape" && this.any && !busy) this.clear();
      });
    },
    boxes() {
      return [...this.$root.querySelectorAll("[data-pick]")];
    },
    clicked(event) {
      const box = event.target.closest("[data-pick]");
      if (box) {
        if (event.shiftKey && this.last?.isConnected) this.range(this.last, box);
        this.last = box;
        return;
      }
      const link = event.target.closest("[data-chosen-to]");
      const bar = link?.closest("[data-pick-most]");
      if (bar && this.count > Number(bar.dataset.pickMost)) {
        event.preventDefault();
        toast(bar.dataset.tooMany);
      }
    },
    range(from, to) {
      const boxes = this.boxes();
      const [first, last] = [boxes.indexOf(from), boxes.indexOf(to)].sort((a, b) => a - b);
      for (const box of boxes.slice(first, last + 1)) box.checked = to.checked;
    },
    changed(event) {
      if (event.target.matches("[data-pick-all]")) {
        for (const box of this.boxes()) box.checked = event.target.checked;
      } else if (!event.target.matches("[data-pick]")) return;
      this.update();
    },
    update() {
      const boxes = this.boxes();
      const chosen = boxes.filter((box) => box.checked);
      this.count = chosen.length;
      for (const box of boxes) box.closest("tr")?.setAttribute("aria-selected", String(box.checked));
      for (const place of this.$root.querySelectorAll("[data-sum]")) {
        const name = `data-sum-${place.dataset.sum}`;
        const sum = chosen.reduce((total, box) => total + BigInt(box.getAttribute(name) || 0), 0n);
        place.textContent = shown(sum, place.dataset.factor, Number(place.dataset.places));
      }
      for (const link of this.$root.querySelectorAll("[data-chosen-to]")) {
        const base = link.dataset.chosenTo;
        link.href = `${base}${base.includes("?") ? "&" : "?"}chosen=${chosen.map((box) => box.value).join(",")}`;
      }
      const all = this.$root.querySelector("[data-pick-all]");
      if (all) {
        all.checked = chosen.length > 0 && chosen.length === boxes.length;
        all.indeterminate = chosen.length > 0 && !all.checked;
      }
    },
    clear() {
      for (const box of this.boxes()) box.checked = false;
      this.update();
    },
  };
}
