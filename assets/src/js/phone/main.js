// The phone's page: what is shown, when it is sent, and what is said about the line, the sign-in and the store.
import { word } from "../words.js";
import { form } from "./form.js";
import { home } from "./home.js";
import { ask, lock } from "./net.js";
import { outbox } from "./outbox.js";
import { KEPT } from "./queue.js";
import { memory } from "./memory.js";
import { store, usable } from "./store.js";
import { makeSync } from "./sync.js";

const LEFT = "guatu.phone.left"; // set by the product's sign-out
const WRONG_CLOCK = 30 * 60 * 1000; // milliseconds by which a phone's clock may be wrong before it is said
const app = { asked: null, items: [], drafts: new Set(), state: "", full: false, store };
const place = (name) => document.getElementById(name);
const run = makeSync({ store, ask, lock, now: Date.now, chance: Math.random, changed: () => void refresh() });
let timer = 0;

// Does something with the store; what goes wrong there (it is full, it is forbidden) is said, and nothing is half kept.
app.guard = async (work) => {
  try {
    await work();
    app.full = false;
  } catch {
    app.full = true;
  }
  say();
  return !app.full;
};

app.put = async (items, more = {}) => {
  const done = await app.guard(() => store.add(items, more));
  if (done) navigator.storage?.persist?.().catch(() => null);
  await read();
  return done;
};

app.drop = async (item) => (await app.guard(() => store.drop(item.id)), await read(), draw());
app.retry = async (item) => (await app.guard(() => store.replace({ ...item, state: KEPT, next: 0, have: 0 })), await read(), await draw(), app.sync());

app.sync = async () => {
  clearTimeout(timer);
  const told = await run().catch(() => ({ state: "offline", wait: 15000 })); // the store refused: what is there stays
  app.state = told.state;
  await load();
  say();
  if (told.wait !== null) timer = setTimeout(app.sync, Math.max(1000, told.wait));
};

async function read() {
  app.items = await store.all();
  app.drafts = await store.draftKeys();
}

// What is asked, from the server; without a line the last answer stands.
async function load() {
  let other = false; // somebody else is signed in than the page was drawn for
  const told = await ask("GET", "asked", {});
  if (told?.status === 401) app.state = "sign_in";
  else if (told === null) app.state = "offline";
  if (told?.date) note("note-clock", Math.abs(told.date - Date.now()) > WRONG_CLOCK);
  if (told?.status === 200 && told.body?.owner) {
    other = app.asked !== null && app.asked.owner !== told.body.owner;
    app.asked = told.body;
    await app.guard(() => store.keepLast("asked", told.body));
  }
  await read();
  if (other || !location.hash.startsWith("#/report/")) await draw();
}

async function refresh() {
  await read();
  if (location.hash === "#/outbox") await draw();
}

function note(name, shown) {
  place(name).hidden = !shown;
}

function say() {
  const offline = !navigator.onLine || app.state === "offline";
  place("line").textContent = word(offline ? "offline" : "online");
  place("line").dataset.line = offline ? "off" : "on";
  note("note-offline", offline);
  note("note-sign-in", app.state === "sign_in" && !offline);
  note("note-others", app.state === "others");
  note("note-full", app.full);
  note("note-https", !window.isSecureContext);
}

async function draw() {
  const [, page, key] = location.hash.split("/");
  const shown = page === "outbox" ? await outbox(app) : page === "report" ? await form(app, decodeURIComponent(key)) : home(app);
  place("view").replaceChildren(...shown.flat().filter(Boolean));
  place("back").hidden = !page;
  document.title = place("view").querySelector("h1")?.textContent ?? word("title");
}

// Where the browser keeps nothing, the page itself does, and says so.
async function chooseStore() {
  if (await usable()) return;
  Object.assign(store, memory());
  note("note-store", true);
  window.addEventListener("beforeunload", (event) => store.holds() && event.preventDefault());
}

async function signedOutMeanwhile() {
  try {
    if (!localStorage.getItem(LEFT)) return;
    await store.clearShown();
    localStorage.removeItem(LEFT);
  } catch {
    // a browser without it knows of no sign-out either
  }
}

async function start() {
  await chooseStore();
  await signedOutMeanwhile();
  app.asked = (await store.last("asked").catch(() => null)) ?? null;
  await app.guard(() => store.forgetOld(Date.now()));
  await read();
  await draw();
  say();
  await app.sync();
  if (location.hash.startsWith("#/report/") && !document.querySelector("form")) await draw();
}

window.addEventListener("hashchange", draw);
window.addEventListener("online", () => app.sync());
window.addEventListener("offline", say);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && app.sync());
if (navigator.serviceWorker && window.isSecureContext) navigator.serviceWorker.register("/phone/sw.js", { scope: "/phone/" }).catch(() => null);
void start();
