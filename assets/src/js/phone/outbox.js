// The outbox: what is being sent, what the person has to look at, and the receipts; nothing is called sent without one.
import { word } from "../words.js";
import { clockTime, el, sized } from "./dom.js";
import { KEPT, NEEDS, SENT } from "./queue.js";
import { keyOf } from "./states.js";
import { room } from "./store.js";

const STEPS = ["kept", "sent", "checked", "accepted"];
const SHOWN = 0.05; // of the browser's room, from which on the page tells how much is used
const FULL = 0.8; // from which on it warns

function times(item, app) {
  const report = app.asked?.reports.find((one) => one.report === item.receipt?.report);
  const told = report?.times ?? {};
  return { kept: item.at, sent: item.receipt?.at, checked: told.checked, accepted: told.accepted, returned: report?.state === "returned" ? report.returned_reason : "" };
}

function line(item, app) {
  const at = times(item, app);
  const steps = STEPS.filter((step) => item.kind === "report" || ["kept", "sent"].includes(step));
  return el("ol", { class: "way" }, steps.map((step) => el("li", { class: at[step] ? "done" : "" }, word(`state_${step}`), el("span", {}, at[step] ? clockTime(at[step]) : "—"))));
}

const kind = (item) => word(`kind_${item.kind}`);

// How many arrived, and of how many bytes; the large originals, which go last, in a line of their own.
function photosOf(item, app) {
  const own = app.items.filter((other) => other.kind === "photo" && other.of === item.id);
  return [[false, "photos_sent"], [true, "originals_sent"]].map(([late, words]) => {
    const these = own.filter((one) => (one.late ?? false) === late);
    if (!these.length) return null;
    const bytes = these.reduce((sum, one) => sum + (one.state === SENT ? one.size : one.have), 0);
    const whole = these.reduce((sum, one) => sum + one.size, 0);
    return el("p", { class: "quiet" }, word(words, { done: these.filter((one) => one.state === SENT).length, all: these.length, have: sized(bytes), size: sized(whole) }));
  });
}

// What is asked about a report that arrived; it is no error, and the reviewer sees it too.
function questionsOf(item) {
  const asked = Array.isArray(item.receipt?.questions) ? item.receipt.questions : [];
  return asked.map((one) => el("p", { class: "note" }, one));
}

function entry(item, app, more = []) {
  const returned = times(item, app).returned;
  return el("li", { class: "entry", "data-state": item.state, "data-kind": item.kind },
    el("strong", {}, item.title ?? ""), " ", el("span", { class: "quiet" }, [kind(item), item.period].filter(Boolean).join(" ")),
    line(item, app), ...photosOf(item, app), questionsOf(item), returned && el("p", { class: "note needs" }, word("returned", { reason: returned })), more);
}

function needs(item, app) {
  const open = item.kind === "report" && app.asked?.rows.some((row) => keyOf(row) === item.report);
  const again = open ? el("a", { class: "button main", href: `#/report/${encodeURIComponent(item.report)}` }, word("mend")) : null;
  const retry = el("button", { type: "button", click: () => app.retry(item) }, word("retry"));
  const drop = el("button", { type: "button", click: () => confirm(word("drop_sure")) && app.drop(item) }, word("drop"));
  return entry(item, app, [el("p", { class: "note needs" }, item.reason), el("div", { class: "pick" }, again ?? retry, drop)]);
}

function section(words, list) {
  return list.length ? [el("h2", {}, words), el("ul", { class: "asked" }, list)] : [];
}

async function meter() {
  const told = await room();
  if (!told) return [];
  const share = told.used / told.most;
  const words = word("room", { used: sized(told.used), most: sized(told.most) });
  if (share < SHOWN) return [];
  const label = el("p", { class: "quiet", id: "room" }, words);
  const bar = el("meter", { min: "0", max: "1", high: String(FULL), value: share, "aria-labelledby": "room" });
  return [label, bar, share > FULL && el("p", { class: "note needs", role: "alert" }, word("room_low"))];
}

// A photo stands with its report; by itself only when its report is gone from here, or it needs the person.
const alone = (item, app) => item.kind !== "photo" || item.state === NEEDS || !app.items.some((other) => other.id === item.of);

export async function outbox(app) {
  const own = app.items.filter((item) => item.owner === app.asked?.owner);
  const of = (state) => own.filter((item) => item.state === state && alone(item, app)).sort((one, other) => other.at - one.at);
  const others = app.items.filter((item) => item.owner !== app.asked?.owner && item.state !== SENT).length;
  const [waiting, wrong, done] = [of(KEPT), of(NEEDS), of(SENT)];
  return [
    el("h1", {}, word("outbox")),
    el("p", { class: "lead" }, word("counts", { sent: done.length, kept: waiting.length, needs: wrong.length })),
    others > 0 && el("p", { class: "note" }, word("others", { count: others })),
    ...section(word("sending"), waiting.map((item) => entry(item, app))),
    ...section(word("needs_you"), wrong.map((item) => needs(item, app))),
    ...section(word("receipts"), done.map((item) => entry(item, app))),
    el("p", { class: "quiet" }, word("kept_how_long")),
    ...(await meter()),
  ];
}
