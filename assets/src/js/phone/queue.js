// The outbox's rules, apart from any browser: what goes next, and what an answer makes of an item. Tests run them in Node.
// An item {id, owner, kind, body, state, attempts, next, …} never changes what it says under its id: what is altered is a
// new item. "kept": on this phone; "sent": its receipt came; "needs": a person has to look, with the reason.
export const KEPT = "kept";
export const SENT = "sent";
export const NEEDS = "needs";
const FIRST_WAIT = 2000; // milliseconds
export const LONGEST_WAIT = 10 * 60 * 1000;

export const newItem = (id, owner, kind, body, at, more = {}) => ({ id, owner, kind, body, at, state: KEPT, attempts: 0, next: 0, have: 0, reason: "", ...more });

// How long to wait after so many failures; `chance` in 0 … 1 spreads many phones over the time.
export function wait(attempts, chance) {
  const most = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(attempts, 16));
  return Math.round(most * (0.5 + chance / 2));
}

// A clock that was set back must not hold an item for days: nothing waits longer than the longest wait.
export const isDue = (item, now) => item.next <= now || item.next - now > LONGEST_WAIT;

// A photo goes after its report, so that it finds it; not when the report needs a person or is gone.
function waitsFor(item, items) {
  return item.after !== undefined && items.some((other) => other.id === item.after && other.state === KEPT);
}

// The items of this person and post that may be sent now, the oldest first, originals whose copy is there after all else
// (`late`); others' stay where they are.
export function sendable(items, owner, now) {
  return items
    .filter((item) => item.state === KEPT && item.owner === owner && isDue(item, now) && !waitsFor(item, items))
    .sort((one, other) => Number(one.late ?? false) - Number(other.late ?? false) || one.at - other.at || (one.id < other.id ? -1 : 1));
}

// When something may be sent again, in milliseconds from now; null when nothing waits.
export function soonest(items, owner, now) {
  const times = items.filter((item) => item.state === KEPT && item.owner === owner).map((item) => (isDue(item, now) ? 0 : item.next - now));
  return times.length ? Math.min(...times) : null;
}

const later = (item, now, chance) => ({ ...item, attempts: item.attempts + 1, next: now + wait(item.attempts, chance) });

// What a refusal makes of an item: 401 keeps it as it is and asks to sign in.
const STAYS = new Set([403, 404, 409, 413, 422]);

// What became of an item: {item, signIn, again}. `answer` is {status, body}, or null when the line was cut: then nobody
// knows whether it arrived, and it goes again under the same id.
export function answered(item, answer, now, chance) {
  if (answer === null) return { item: later(item, now, chance) };
  const { status, body } = answer;
  const own = body !== null && typeof body === "object" && body.id === item.id;
  if (status === 200 && own && body.receipt === true) return { item: { ...item, state: SENT, sentAt: now, receipt: body, reason: "", have: 0 } };
  if (status === 202 && own && Number.isInteger(body.have)) return partTaken(item, body.have, now, chance);
  if (status === 401) return { item, signIn: body?.code ?? "401" };
  if (STAYS.has(status) && body?.code) return { item: { ...item, state: NEEDS, reason: body.title ?? body.code, code: body.code, items: body.items ?? [] } };
  return { item: later(item, now, chance) }; // a portal's page, a busy server: nothing that counts
}

function partTaken(item, have, now, chance) {
  if (have > item.have) return { item: { ...item, have, attempts: 0, next: 0 }, again: true };
  return { item: { ...later(item, now, chance), have } };
}

// An item that needs a person, as a new one with another text; the old one is taken away in the same step.
export const altered = (item, id, body, at) => newItem(id, item.owner, item.kind, body, at, { title: item.title, report: item.report });

// How many of each state, for the one line above the list.
export function counts(items) {
  const found = { [KEPT]: 0, [SENT]: 0, [NEEDS]: 0 };
  for (const item of items) found[item.state] += 1;
  return found;
}
