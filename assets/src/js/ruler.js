// The date ruler: a native range over the year's days beside a date field. Moving it opens the page at that date;
// the replay puts only the part that it names (data-target) anew, day after day, and opens the page where it ends.
import htmx from "htmx.org";

const DAY = 86400000;
const STEP_DAYS = 7;
const STEP_MS = 900;

const toDay = (iso) => Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY);
const toIso = (day) => new Date(day * DAY).toISOString().slice(0, 10);

function parts(ruler) {
  return {
    range: ruler.querySelector("input[type=range]"),
    date: ruler.querySelector("input[type=date]"),
    first: toDay(ruler.dataset.first),
  };
}

function addressOf(ruler) {
  const query = new URLSearchParams(new FormData(ruler));
  return `${ruler.getAttribute("action") || location.pathname}?${query}`;
}

const open = (ruler) => location.assign(addressOf(ruler));

async function show(ruler) {
  const { target } = ruler.dataset;
  if (target) await htmx.ajax("GET", addressOf(ruler), { target, select: target, swap: "outerHTML" });
}

function follow(ruler) {
  const { range, date, first } = parts(ruler);
  date.value = toIso(first + Number(range.value));
  range.setAttribute("aria-valuetext", date.value);
  const share = `${(100 * Number(range.value)) / Number(range.max)}%`;
  for (const mark of ruler.querySelectorAll("[data-now=line]")) {
    mark.setAttribute("x1", share);
    mark.setAttribute("x2", share);
  }
  ruler.querySelector("[data-now=past]")?.setAttribute("x2", share);
  const label = ruler.querySelector("[data-now=label]");
  if (label) {
    const [, month, day] = date.value.split("-").map(Number);
    label.setAttribute("x", share);
    label.textContent = new Intl.DateTimeFormat(document.documentElement.lang, { month: "long", day: "numeric", timeZone: "UTC" })
      .format(new Date(Date.UTC(2000, month - 1, day)));
  }
}

async function play(ruler, button) {
  if (ruler.dataset.playing) {
    delete ruler.dataset.playing;
    return;
  }
  const { range } = parts(ruler);
  const end = Number(ruler.dataset.today ?? range.max);
  if (Number(range.value) >= end) range.value = 0;
  ruler.dataset.playing = "1";
  button.setAttribute("aria-pressed", "true");
  while (ruler.dataset.playing && Number(range.value) < end && ruler.isConnected) {
    range.value = Math.min(end, Number(range.value) + STEP_DAYS);
    follow(ruler);
    const pause = new Promise((done) => setTimeout(done, STEP_MS));
    await show(ruler);
    await pause;
  }
  delete ruler.dataset.playing;
  button.setAttribute("aria-pressed", "false");
  if (ruler.isConnected) open(ruler);
}

export function startRuler() {
  document.addEventListener("input", (event) => {
    const ruler = event.target.closest("form.ruler");
    if (ruler && event.target.type === "range") follow(ruler);
  });
  document.addEventListener("change", (event) => {
    const ruler = event.target.closest("form.ruler");
    if (!ruler) return;
    if (event.target.type === "date") {
      if (!event.target.value) return;
      const { range, first } = parts(ruler);
      range.value = toDay(event.target.value) - first;
      follow(ruler);
    }
    open(ruler);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("form.ruler [data-play]");
    if (button) play(button.closest("form.ruler"), button);
  });
}
