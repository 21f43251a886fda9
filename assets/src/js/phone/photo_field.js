// The form's photos: camera first, kept on the phone one by one as they are taken, sent as items of their own.
import { word } from "../words.js";
import { el, sized, newId, said } from "./dom.js";
import { MOST, taken } from "./photos.js";
import { newItem } from "./queue.js";

// What a draft says of a photo; its bytes stand by themselves under the ids.
function described(file, found) {
  const { whole, copy, shown } = found;
  const one = { id: newId(), name: file.name || "photo.jpg", at: said(Date.now()), size: whole.blob.size, sha256: whole.sha256, shown };
  const blobs = { [one.id]: whole.blob };
  if (copy) {
    one.copy = { id: newId(), size: copy.blob.size, sha256: copy.sha256 };
    blobs[one.copy.id] = copy.blob;
  }
  return { one, blobs };
}

// `tools.adding`: photos are being kept, which the form waits for before it is handed in.
export function photoField(row, draft, tools) {
  const list = el("ul", { class: "photos" });
  const note = el("p", { class: "quiet", role: "status" });
  const only = el("input", { type: "checkbox", id: "shrink" });
  const count = () => (note.textContent = draft.photos.length ? word("photos_kept", { count: draft.photos.length, most: MOST }) : "");
  const draw = () => {
    list.replaceChildren(...draft.photos.map((one, place) => {
      const drop = async () => ((await tools.dropPhoto(one)) && draw(), count());
      const picture = one.shown ? el("img", { src: one.shown, alt: one.name }) : el("p", { class: "quiet" }, one.name);
      const size = sized(one.size);
      return el("li", {}, picture, el("button", { type: "button", "aria-label": word("drop_photo_at", { size, place: place + 1 }), click: drop }, word("drop_photo", { size })));
    }));
  };
  const keepAll = async (chosen) => {
    const files = chosen.slice(0, MOST - draft.photos.length);
    let unread = 0; // gone from the album meanwhile, or no picture
    for (const [place, file] of files.entries()) {
      note.textContent = word("photos_adding", { place: place + 1, count: files.length });
      const found = await taken(file, only.checked).catch(() => null);
      if (!found) unread += 1;
      else {
        const { one, blobs } = described(file, found);
        if (!(await tools.keepPhoto(one, blobs))) break; // the store is full: said at the top
        draw();
      }
    }
    count();
    if (unread) note.textContent = `${note.textContent} ${word("photos_unread", { count: unread })}`;
  };
  let before = Promise.resolve(); // those chosen before come first
  const add = (event) => {
    const chosen = [...event.target.files];
    event.target.value = "";
    tools.adding = (tools.adding ?? 0) + 1;
    before = before.then(() => keepAll(chosen)).finally(() => (tools.adding -= 1));
  };
  draw();
  count();
  const pick = (id, words, more) => [el("input", { type: "file", id, class: "sr", accept: "image/*", change: add, ...more }), el("label", { for: id, class: "button camera" }, words)];
  return el("div", { class: "field" }, el("p", { class: "photo-head" }, word("photos")), row.nodes.map((node) => el("p", { class: "quiet" }, word("node_due", node))),
    el("div", { class: "pick" }, pick("camera", word("camera"), { capture: "environment" }), pick("album", word("album"), { multiple: true })),
    el("label", { class: "check" }, only, word("only_small")), list, note);
}

// A photo's items: a copy goes after the report (`of`), its original after the copy and after everything else.
export function photoItems(draft, keys, report) {
  const more = { of: report.id, title: report.title, report: report.report };
  return draft.photos.flatMap(({ id, copy, name, at, size, sha256 }) => {
    const told = { ...keys, said_at: at, name };
    const item = (own, sum, bytes, first, late) => newItem(own, report.owner, "photo", { ...told, sha256: sum, ...(late ? { copy_id: first } : {}) }, report.at, { ...more, after: first, late, size: bytes });
    if (!copy) return [item(id, sha256, size, report.id, false)];
    return [item(copy.id, copy.sha256, copy.size, report.id, false), item(id, sha256, size, copy.id, true)];
  });
}
