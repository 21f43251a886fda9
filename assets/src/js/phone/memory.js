// Stands in for the store where the browser allows none (private browsing, some apps' own browsers): everything is held by
// the page, and what is text also by the tab's session where that is allowed, so that a reload keeps it. Photos live with
// the page alone: the page says so, and asks before it is left.
const PLACE = "guatu.phone.text";
const TABLES = ["items", "drafts", "kept"];

function begun() {
  const told = { items: new Map(), drafts: new Map(), kept: new Map(), photos: new Map() };
  try {
    const text = JSON.parse(sessionStorage.getItem(PLACE) ?? "{}");
    for (const name of TABLES) told[name] = new Map(text[name] ?? []);
  } catch {
    // nothing was kept, or nothing may be
  }
  return told;
}

// What survives a reload: no photo, and nothing that speaks of one.
function text(tables) {
  const items = [...tables.items].filter(([, item]) => item.kind !== "photo" || item.state === "sent");
  const drafts = [...tables.drafts].map(([key, value]) => [key, { ...value, photos: [] }]);
  return JSON.stringify({ items, drafts, kept: [...tables.kept] });
}

export function memory() {
  const tables = begun();
  const { items, drafts, kept, photos } = tables;
  const write = (work) => async (...given) => {
    work(...given);
    try {
      sessionStorage.setItem(PLACE, text(tables));
    } catch {
      // held by the page alone
    }
  };
  const withDraft = (key, value) => drafts.set(key, { ...value, photos: [...value.photos] });
  return {
    all: async () => [...items.values()],
    photo: async (id) => photos.get(id) ?? new Blob(),
    draft: async (key) => drafts.get(key),
    keepDraft: write(withDraft),
    draftKeys: async () => new Set(drafts.keys()),
    last: async (key) => kept.get(key),
    keepLast: write((key, value) => kept.set(key, value)),
    keepPhoto: write((key, value, blobs) => {
      for (const [id, blob] of Object.entries(blobs)) photos.set(id, blob);
      withDraft(key, value);
    }),
    dropPhoto: write((key, value, ids) => {
      ids.forEach((id) => photos.delete(id));
      withDraft(key, value);
    }),
    add: write((list, { draft, old } = {}) => {
      for (const item of list) items.set(item.id, item);
      if (draft) drafts.delete(draft);
      if (old) items.delete(old);
    }),
    replace: write((item) => {
      if (items.has(item.id)) items.set(item.id, item);
      if (item.state === "sent") photos.delete(item.id);
    }),
    drop: write((id) => (items.delete(id), photos.delete(id))),
    forgetOld: async () => undefined,
    clearShown: write(() => kept.clear()),
    // Whether leaving the page would lose something.
    holds: () => photos.size > 0 || [...items.values()].some((item) => item.state !== "sent") || drafts.size > 0,
  };
}
