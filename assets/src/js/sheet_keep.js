// Keeping the sheet's cells and handing rows in. One request a row at a time; what is typed meanwhile goes with the next.
import { label, wanted } from "./sheet_pick.js";
import { close, draw } from "./sheet_said.js";

const WAIT = 600;

export class SheetKeeper {
  constructor(sheet) {
    this.sheet = sheet;
    this.words = sheet.dataset;
    this.rows = new Map(); // tr → {timer, running, said, clashes, echoes}
    const said = JSON.parse(document.getElementById("sheet-said").textContent);
    for (const row of sheet.querySelectorAll("tbody tr")) {
      this.rows.set(row, { timer: 0, running: null, failed: false, said: said[row.dataset.project] ?? [], clashes: [], echoes: {}, unread: [] });
    }
    draw(this);
  }

  cells(row) {
    return [...row.querySelectorAll("input[data-code]")];
  }

  changed(row) {
    return this.cells(row).filter((cell) => cell.value.trim() !== cell.dataset.was && cell.dataset.sent !== cell.value);
  }

  get waiting() {
    return [...this.rows].some(([row, one]) => one.running || one.timer || one.failed || this.changed(row).length);
  }

  typed(cell) {
    const row = cell.closest("tr");
    const known = this.rows.get(row);
    delete cell.dataset.sent;
    row.querySelector("[data-state]").textContent = this.words.typing;
    clearTimeout(known.timer);
    known.timer = setTimeout(() => this.flush(row), WAIT);
  }

  // Resolves when nothing of the row is left unsent; a request under way is awaited first, so that answers stay in order.
  async flush(row) {
    const known = this.rows.get(row);
    known.timer = clearTimeout(known.timer);
    while (known.running) await known.running;
    const cells = this.changed(row);
    if (!cells.length) return;
    known.running = this.send(row, known, cells).finally(() => (known.running = null));
    await known.running;
    if (!known.failed && this.changed(row).length) await this.flush(row);
  }

  async post(address, pairs) {
    const body = new URLSearchParams(pairs);
    const token = this.sheet.querySelector("[name=csrfmiddlewaretoken]").value;
    const answer = await fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token, Accept: "application/json" }, redirect: "error" });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  async send(row, known, cells) {
    const pairs = cells.flatMap((cell) => [[`cell.${cell.dataset.code}`, cell.value], [`was.${cell.dataset.code}`, cell.dataset.was]]);
    const sent = new Map(cells.map((cell) => [cell, cell.value]));
    const kept = document.querySelector("[data-sheet-kept]");
    try {
      const answer = await this.post(row.dataset.keep, pairs);
      known.failed = Boolean(answer.refused);
      if (answer.refused) known.said = [{ field: "", stops: true, words: answer.refused }];
      else this.take(row, known, answer, sent);
      kept.textContent = known.failed ? this.words.unsaved : `${this.words.saved} ${new Date().toTimeString().slice(0, 8)}`;
    } catch {
      known.failed = true;
      kept.textContent = this.words.unsaved;
    }
    draw(this);
  }

  take(row, known, answer, sent) {
    const clashes = new Map(answer.clashes.map((one) => [one.field, one.theirs]));
    for (const cell of this.cells(row)) {
      const code = cell.dataset.code;
      if (clashes.has(code) || known.clashes.some((one) => one.field === code && !sent.has(cell))) {
        cell.dataset.sent = cell.value; // waits for a person's choice
      } else if (sent.has(cell)) {
        const unread = answer.unread.includes(code);
        if (!unread) cell.dataset.was = answer.cells[code];
        if (cell.value !== sent.get(cell)) continue;
        cell.dataset.sent = cell.value;
        if (!unread && document.activeElement !== cell) cell.value = answer.cells[code];
      } else if (cell.value === cell.dataset.was) [cell.value, cell.dataset.was] = [answer.cells[code], answer.cells[code]];
    }
    const open = known.clashes.filter((one) => ![...sent.keys()].some((cell) => cell.dataset.code === one.field));
    const before = known.unread.filter((code) => ![...sent.keys()].some((cell) => cell.dataset.code === code));
    Object.assign(known, { said: answer.said, clashes: [...open, ...answer.clashes], unread: [...before, ...answer.unread] });
    Object.assign(known.echoes, answer.echoes);
    row.toggleAttribute("data-filled", answer.filled);
    row.querySelector("[data-state]").textContent = answer.state;
  }

  settle(row, clash, mine) {
    const known = this.rows.get(row);
    const cell = this.cells(row).find((one) => one.dataset.code === clash.field);
    known.clashes = known.clashes.filter((one) => one !== clash);
    delete cell.dataset.sent;
    cell.dataset.was = clash.theirs;
    if (!mine) cell.value = clash.theirs;
    cell.focus();
    draw(this);
    this.flush(row);
  }

  // What was typed last is kept first; only then are the rows handed in.
  async submit() {
    if (this.handing) return;
    this.handing = true;
    try {
      await Promise.all([...this.rows.keys()].map((row) => this.flush(row)));
      await this.hand();
    } catch {
      this.tell(this.words.unsaved);
    } finally {
      this.handing = false;
    }
  }

  // A row with a cell that cannot be read or has still to be decided is held back: it would say something else.
  held(known) {
    return known.clashes.length || known.failed || known.unread.length;
  }

  async hand() {
    const filled = wanted(this).filter(([row, known]) => row.hasAttribute("data-filled") || this.held(known));
    const rows = filled.filter(([, known]) => !this.held(known)).map(([row]) => row);
    const held = filled.length > rows.length ? this.words.open : "";
    if (!rows.length) return this.tell(held || this.words.none);
    const pairs = [["unit", this.words.unit], ["period", this.words.period], ...rows.map((row) => ["row", row.dataset.project])];
    const answer = await this.post(this.words.submit, pairs);
    for (const row of rows) {
      const refused = answer.refused.filter((one) => one.project === row.dataset.project);
      if (refused.length) this.rows.get(row).said = refused.map((one) => ({ ...one, stops: true }));
      else close(this, row, answer.state);
    }
    draw(this);
    label(this);
    this.tell(`${answer.words}${held}`);
  }

  tell(words) {
    document.querySelector("[data-sheet-kept]").textContent = words;
  }
}
