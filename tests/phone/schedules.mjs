// Runs the phone's outbox against a made-up phone, network and server under random faults: schedules.mjs SEED COUNT.
// Prints one JSON line; a schedule in which something was lost or came twice ends the run with its seed.
import { altered, NEEDS, newItem, SENT } from "../../assets/src/js/phone/queue.js";
import { makeSync } from "../../assets/src/js/phone/sync.js";

class Killed extends Error {}
const OWNERS = ["1.1.0", "2.2.0"];

// mulberry32: small, seeded, the same everywhere
function chances(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function makeServer() {
  const server = { applied: new Map(), parts: new Map(), pieces: new Map(), owner: OWNERS[0], token: 1, refusing: new Set(), busy: false };
  const receipt = (id) => ({ status: 200, body: { id, receipt: true } });
  const apply = (id, said) => {
    const known = server.applied.get(id);
    if (known && known.said !== said) return { status: 409, body: { code: "core.request_reused" } };
    if (!known) server.applied.set(id, { said, times: 1 });
    return receipt(id);
  };
  // A piece goes by its copy's id: an original takes the place of a copy, never the other way round.
  const keep = (id, form, said) => {
    if (form.copy_id || !server.pieces.has(id)) server.pieces.set(form.copy_id ?? id, said);
    return apply(id, said);
  };
  server.take = (method, address, { token, owner, json, form, blob }) => {
    if (server.busy) return { status: 503, body: { code: "core.unavailable" } };
    if (!server.owner) return { status: 401, body: { code: "reporting.outbox_signed_out" } };
    if (method === "GET") return { status: 200, body: { owner: server.owner, token: server.token } };
    if (token !== server.token) return { status: 401, body: { code: "reporting.outbox_token" } };
    if (owner !== server.owner) return { status: 401, body: { code: "reporting.outbox_other" } };
    const id = address.split("/")[1];
    if (server.refusing.has(id)) return { status: 409, body: { code: "reporting.outbox_conflict", title: "two" } };
    if (json) return apply(id, JSON.stringify(json));
    if (server.applied.has(id)) return receipt(id);
    const here = server.parts.get(id) ?? "";
    const offset = Number(form.offset);
    if (offset <= here.length) server.parts.set(id, here.length > offset + blob.length ? here : here.slice(0, offset) + blob);
    const have = server.parts.get(id) ?? "";
    return have.length < Number(form.total) ? { status: 202, body: { id, have: have.length } } : keep(id, form, have);
  };
  return server;
}

// What is on the phone's disk. A write that fails leaves everything as it was.
function makeStore(world) {
  const items = new Map();
  const photos = new Map();
  const copy = (item) => structuredClone(item);
  return {
    items,
    all: async () => [...items.values()].map(copy),
    photo: async (id) => photos.get(id) ?? "",
    add: async (list, blobs, old) => {
      if (world.faulty && world.chance() < 0.1) throw new Error("QuotaExceededError");
      for (const item of list) items.set(item.id, copy(item));
      for (const [id, blob] of Object.entries(blobs)) photos.set(id, blob);
      if (old) items.delete(old);
    },
    replace: async (item) => {
      if (world.faulty && world.chance() < 0.03) throw new Killed("before it was written");
      if (world.faulty && world.chance() < 0.03) throw new Error("QuotaExceededError");
      if (items.has(item.id)) items.set(item.id, copy(item));
      if (item.state === SENT) photos.delete(item.id);
      if (world.faulty && world.chance() < 0.03) throw new Killed("after it was written");
    },
  };
}

// The line: cuts before and after, twice, later than others, another's answer, a portal's page, a killed app.
function makeLine(world, server) {
  const late = [];
  world.deliverLate = () => {
    for (const one of late.splice(0).sort(() => world.chance() - 0.5)) server.take(...one);
  };
  return async (method, address, told) => {
    await null;
    if (!world.faulty) return server.take(method, address, told);
    const fate = world.chance();
    if (fate < 0.08) return null;
    if (fate < 0.16) return server.take(method, address, told), null;
    if (fate < 0.24) return late.push([method, address, told]), null;
    if (fate < 0.30) return server.take(method, address, told), server.take(method, address, told);
    if (fate < 0.33) return { status: 200, body: { id: "another", receipt: true } };
    if (fate < 0.36) return { status: 200, body: null };
    if (fate < 0.39) throw new Killed("before it went");
    if (fate < 0.42) throw (server.take(method, address, told), new Killed("before its answer"));
    return server.take(method, address, told);
  };
}

function makeWorld(seed) {
  const world = { chance: chances(seed), faulty: true, time: 1_000_000_000, ids: 0, asked: new Map(), whole: new Map(), server: makeServer() };
  world.store = makeStore(world);
  const ask = makeLine(world, world.server);
  const locks = world.chance() < 0.7; // without HTTPS a browser has none: two tabs send at once
  let held = false;
  const lock = async (run) => {
    if (!locks) return run();
    if (held) return undefined;
    held = true;
    try {
      return await run();
    } finally {
      held = false;
    }
  };
  world.tab = () => makeSync({ store: world.store, ask, now: () => world.time, chance: world.chance, changed: () => {}, lock, part: 4 });
  return world;
}

async function write(world) {
  const owner = OWNERS[world.chance() < 0.8 ? 0 : 1];
  const id = `i${++world.ids}`;
  const kind = world.chance() < 0.8 ? "report" : "problem";
  const made = [newItem(id, owner, kind, { words: `w${id}` }, world.time)];
  const blobs = {};
  for (let count = Math.floor(world.chance() * 4); count > 0; count -= 1) {
    const photo = `i${++world.ids}`;
    blobs[photo] = `${photo}:`.repeat(1 + Math.floor(world.chance() * 4));
    made.push(newItem(photo, owner, "photo", { of: id }, world.time, { after: id, size: blobs[photo].length }));
    if (world.chance() < 0.5) continue;
    const original = `i${++world.ids}`; // the photo above was the copy of a large one
    blobs[original] = `${original}=`.repeat(2 + Math.floor(world.chance() * 4));
    world.whole.set(photo, blobs[original]);
    made.push(newItem(original, owner, "photo", { of: id, copy_id: photo }, world.time, { after: photo, late: true, size: blobs[original].length }));
  }
  try {
    await world.store.add(made, blobs);
  } catch {
    if (made.some((item) => world.store.items.has(item.id))) throw new Error("a full store kept half of it");
    return;
  }
  for (const item of made) world.asked.set(item.id, blobs[item.id] ?? JSON.stringify(item.body));
  if (world.chance() < 0.15) world.server.refusing.add(id);
}

// A person looks at what was refused: it is altered and goes under a new id.
async function mend(world) {
  for (const item of await world.store.all()) {
    if (item.state !== NEEDS) continue;
    const next = altered(item, `i${++world.ids}`, { words: "mended" }, world.time);
    await world.store.add([next], {}, item.id).then(() => {
      if (world.server.applied.has(item.id)) throw new Error(`${item.id} was refused and is there`);
      world.asked.delete(item.id);
      world.asked.set(next.id, JSON.stringify(next.body));
    }, () => {});
  }
}

function event(world) {
  const { server } = world;
  const fate = world.chance();
  if (fate < 0.25) return write(world);
  if (fate < 0.32) server.token += 1;
  else if (fate < 0.40) server.owner = null;
  else if (fate < 0.55) server.owner = OWNERS[world.chance() < 0.7 ? 0 : 1];
  else if (fate < 0.62) world.time += (world.chance() - 0.5) * 40 * 24 * 3600 * 1000; // the phone's clock is set
  else if (fate < 0.66) server.busy = !server.busy;
  else if (fate < 0.72) return mend(world);
  else if (fate < 0.80) world.deliverLate();
  else world.time += world.chance() * 3_600_000;
  return undefined;
}

async function settle(world) {
  world.deliverLate();
  world.faulty = world.server.busy = false;
  for (let turn = 0; turn < 60; turn += 1) {
    world.server.owner = OWNERS[turn % 2];
    await mend(world);
    await world.tab()();
    world.time += 3_600_000;
    if ([...world.store.items.values()].every((item) => item.state === SENT)) return;
  }
}

function judge(world) {
  const { applied } = world.server;
  for (const [id, said] of world.asked) {
    const item = world.store.items.get(id);
    if (!item) throw new Error(`${id} is gone from the phone`);
    if (item.state !== SENT) throw new Error(`${id} never left: ${item.state}`);
    if (applied.get(id)?.said !== said) throw new Error(`${id} arrived as ${applied.get(id)?.said}, not ${said}`);
  }
  for (const [copy, original] of world.whole) {
    const wanted = world.asked.has(copy) ? original : undefined; // a full store kept neither
    if (world.server.pieces.get(copy) !== wanted) throw new Error(`${copy} stands as ${world.server.pieces.get(copy)}, not ${original}`);
  }
  for (const id of applied.keys()) if (!world.asked.has(id)) throw new Error(`${id} arrived and nobody wrote it`);
}

async function schedule(seed) {
  const world = makeWorld(seed);
  let tabs = [world.tab(), world.tab()];
  for (let step = 0; step < 60; step += 1) {
    await event(world);
    const told = await Promise.allSettled(tabs.map((tab) => (world.chance() < 0.6 ? tab() : null)));
    for (const item of world.store.items.values()) {
      if (item.state === SENT && !world.server.applied.has(item.id)) throw new Error(`${item.id} is called sent and is not there`);
    }
    if (told.some((one) => one.status === "rejected")) tabs = [world.tab(), world.tab()]; // killed, and opened again
  }
  await settle(world);
  judge(world);
  return world;
}

const [first, count] = process.argv.slice(2).map(Number);
const told = { schedules: 0, items: 0 };
for (let seed = first; seed < first + count; seed += 1) {
  try {
    told.items += (await schedule(seed)).asked.size;
    told.schedules += 1;
  } catch (fault) {
    console.error(`schedule ${seed}: ${fault.stack}`);
    process.exit(1);
  }
}
console.log(JSON.stringify(told));
