// What stands on this phone: items of the outbox, photos, drafts, and the last answer of what is asked; by person and post.
// A photo is put with the draft that names it, a report with its photos' items, each in one transaction: a full store keeps
// all of it or nothing, and says so.
const NAME = "guatu.phone";
const VERSION = 1;
const KEEP_SENT = 90 * 24 * 3600 * 1000; // milliseconds
const PATIENCE = 6000; // milliseconds in which the browser has to open it: some never answer

let opened = null;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, VERSION);
    asked.onupgradeneeded = () => {
      const base = asked.result;
      base.createObjectStore("items", { keyPath: "id" });
      base.createObjectStore("photos", { keyPath: "id" });
      base.createObjectStore("drafts", { keyPath: "key" });
      base.createObjectStore("kept", { keyPath: "key" });
    };
    asked.onsuccess = () => {
      asked.result.onversionchange = asked.result.onclose = () => {
        asked.result.close();
        opened = null;
      };
      resolve(asked.result);
    };
    asked.onerror = () => reject(asked.error);
    setTimeout(() => reject(new Error("no answer")), PATIENCE);
  });
  return opened;
}

// Whether this browser lets a page keep anything: where not, `memory.js` stands in.
export const usable = () => open().then(() => true, () => false);

// Runs `work(stores)` in one transaction; what it returns (a request) is the answer once everything is on the disk.
async function run(names, mode, work) {
  const base = await open();
  return new Promise((resolve, reject) => {
    const all = base.transaction(names, mode, { durability: "strict" });
    const request = work(Object.fromEntries(names.map((name) => [name, all.objectStore(name)])));
    all.oncomplete = () => resolve(request?.result);
    all.onerror = all.onabort = () => reject(all.error ?? new Error("abort"));
  });
}

const get = (name, key) => run([name], "readonly", (s) => s[name].get(key));

export const store = {
  all: () => run(["items"], "readonly", (s) => s.items.getAll()),
  photo: async (id) => (await get("photos", id))?.blob ?? new Blob(),
  draft: async (key) => (await get("drafts", key))?.value,
  keepDraft: (key, value) => run(["drafts"], "readwrite", (s) => s.drafts.put({ key, value })),
  draftKeys: async () => new Set(await run(["drafts"], "readonly", (s) => s.drafts.getAllKeys())),
  last: async (key) => (await get("kept", key))?.value,
  keepLast: (key, value) => run(["kept"], "readwrite", (s) => s.kept.put({ key, value })),

  // A photo of a draft, with the draft that names it; `blobs` by id.
  keepPhoto: (key, value, blobs) =>
    run(["drafts", "photos"], "readwrite", (s) => {
      for (const [id, blob] of Object.entries(blobs)) s.photos.put({ id, blob });
      s.drafts.put({ key, value });
    }),
  dropPhoto: (key, value, ids) =>
    run(["drafts", "photos"], "readwrite", (s) => {
      for (const id of ids) s.photos.delete(id);
      s.drafts.put({ key, value });
    }),

  // New items; the draft they came from, and an item they replace, are gone. Their photos stand already, under their ids.
  add: (items, { draft, old } = {}) =>
    run(["items", "drafts"], "readwrite", (s) => {
      for (const item of items) s.items.put(item);
      if (draft) s.drafts.delete(draft);
      if (old) s.items.delete(old);
    }),

  // An item after an answer. One that was taken away meanwhile does not come back; a photo that arrived makes room.
  replace: (item) =>
    run(["items", "photos"], "readwrite", (s) => {
      const known = s.items.get(item.id);
      known.onsuccess = () => {
        if (!known.result) return;
        s.items.put(item);
        if (item.state === "sent") s.photos.delete(item.id);
      };
    }),

  drop: (id) =>
    run(["items", "photos"], "readwrite", (s) => {
      s.items.delete(id);
      s.photos.delete(id);
    }),

  // Receipts stay for 90 days.
  forgetOld: (now) =>
    run(["items"], "readwrite", (s) => {
      const all = s.items.getAll();
      all.onsuccess = () => {
        for (const item of all.result) if (item.state === "sent" && now - item.sentAt > KEEP_SENT) s.items.delete(item.id);
      };
    }),

  // At a sign-out: what was shown of others' projects goes; what was written and not sent stays with its owner.
  clearShown: () => run(["kept"], "readwrite", (s) => s.kept.clear()),
};

// Bytes used and at hand, as far as the browser tells: null where it does not.
export async function room() {
  const told = await navigator.storage?.estimate?.().catch(() => null);
  return told?.quota ? { used: told.usage ?? 0, most: told.quota } : null;
}
