// Alpine component: the rows that are selected, how many, and their sums (whole yuan in data-*, shown in 亿元).
const HUNDREDTH_YI = 1000000n; // 0.01 亿元 in yuan: two decimals, half up, in whole numbers

export function inYi(yuan) {
  const size = yuan < 0n ? -yuan : yuan;
  const cents = (size + HUNDREDTH_YI / 2n) / HUNDREDTH_YI;
  const whole = (cents / 100n).toLocaleString("en-US");
  const sign = yuan < 0n && cents > 0n ? "\u2212" : "";
  return `${sign}${whole}.${String(cents % 100n).padStart(2, "0")}`;
}

export function picks() {
  return {
    count: 0,
    get any() {
      return this.count > 0;
    },
    boxes() {
      return [...this.$root.querySelectorAll("[data-pick]")];
    },
    update() {
      const chosen = this.boxes().filter((box) => box.checked);
      this.count = chosen.length;
      for (const box of this.boxes()) box.closest("tr")?.setAttribute("aria-selected", String(box.checked));
      for (const place of this.$root.querySelectorAll("[data-sum]")) {
        const sum = chosen.reduce((total, box) => total + BigInt(box.getAttribute(`data-${place.dataset.sum}`) || 0), 0n);
        place.textContent = inYi(sum);
      }
      const all = this.$root.querySelector("[data-pick-all]");
      if (all) {
        all.checked = chosen.length > 0 && chosen.length === this.boxes().length;
        all.indeterminate = chosen.length > 0 && !all.checked;
      }
    },
    toggleAll(event) {
      for (const box of this.boxes()) box.checked = event.target.checked;
      this.update();
    },
    clear() {
      for (const box of this.boxes()) box.checked = false;
      this.update();
    },
  };
}
