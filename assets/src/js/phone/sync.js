// Sends what waits, one at a time, in one tab of the browser. What it works with is handed in, so that tests run it on a
// made-up phone: `store` {all, replace}, `ask` (method, address, …) → {status, body} or null, `now`, `chance`, `lock`.
import { said } from "./dom.js";
import { answered, KEPT, sendable, soonest } from "./queue.js";

const SIGNED_OUT = "reporting.outbox_signed_out";
const PART = 512 * 1024; // bytes of a photo that go at once

async function part(item, { ask, store, now, part: most = PART }, token) {
  const blob = await store.photo(item.id);
  const form = { ...item.body, offset: String(item.have), total: String(item.size), phone_now: said(now()) };
  return ask("POST", `photos/${item.id}`, { token, owner: item.owner, form, blob: blob.slice(item.have, item.have + most) });
}

function send(item, tools, token) {
  if (item.kind === "photo") return part(item, tools, token);
  return tools.ask("POST", `${item.kind}s/${item.id}`, { token, owner: item.owner, json: item.body });
}

// Goes on with one item until it is there, has to wait, or is not taken from this session: then the code of why.
async function deliver(item, token, tools) {
  const { store, now, chance, changed } = tools;
  for (let going = item; ; ) {
    const answer = await send(going, tools, token);
    const told = answered(going, answer, now(), chance());
    if (told.item !== going) await store.replace(told.item);
    changed();
    if (told.signIn !== undefined) return told.signIn;
    if (!told.again) return "";
    going = told.item;
  }
}

// One round: whose the session is, then every item that is due. Returns {state, wait}: "idle", "offline", "sign_in",
// or "others": what waits is another person's or post's.
async function round(tools) {
  const { ask, store, now } = tools;
  const waiting = (await store.all()).filter((item) => item.state === KEPT);
  if (!waiting.length) return { state: "idle", wait: null };
  const session = await ask("GET", "session", {});
  if (session === null) return { state: "offline", wait: 30000 };
  if (session.status === 401) return { state: "sign_in", wait: null };
  if (session.status !== 200 || !session.body?.owner) return { state: "offline", wait: 30000 };
  const { owner, token } = session.body;
  const tried = new Set();
  for (;;) {
    const [item] = sendable(await store.all(), owner, now()).filter((one) => !tried.has(one.id));
    if (!item) break;
    tried.add(item.id);
    const why = await deliver(item, token, tools);
    if (why) return { state: why === SIGNED_OUT ? "sign_in" : "offline", wait: 5000 }; // an old token: a fresh one next time
  }
  const items = await store.all();
  const others = items.some((item) => item.state === KEPT && item.owner !== owner);
  return { state: others ? "others" : "idle", wait: soonest(items, owner, now()) };
}

// `lock(run)` lets one tab in at a time and answers undefined in the others, which look again later.
export function makeSync(tools) {
  let running = null;
  let again = false;
  const once = async () => (await tools.lock(() => round(tools))) ?? { state: "elsewhere", wait: 15000 };
  return async function sync() {
    if (running) {
      again = true;
      return running;
    }
    running = (async () => {
      let told;
      do {
        again = false;
        told = await once();
      } while (again);
      return told;
    })();
    try {
      return await running;
    } finally {
      running = null;
    }
  };
}
