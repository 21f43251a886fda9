// One project's report: at most what the rule asks, with the last values beside it; kept on the phone as it is typed.
import { word } from "../words.js";
import { el, newId, said } from "./dom.js";
import { mixField, nodesField, PARTS } from "./more.js";
import { photoField, photoItems } from "./photo_field.js";
import { newItem } from "./queue.js";
import { draftKey, isOpen, itemOf, keyOf, stateOf } from "./states.js";

const FIELDS = { money: "amount", percent: "percent", words: "words", problem: "problem", next_plan: "next_plan" };
const SHORT = new Set(["amount", "percent"]);

// The codes that the form begins with: what the rule asks, and of nodes what stands already.
const codesOf = (row) => [...row.fields.flatMap((name) => (name === "mix" ? PARTS : FIELDS[name] ?? [])), ...Object.keys(row.typed).filter((code) => code.startsWith("node."))];

function begun(row, item) {
  const fields = Object.fromEntries(codesOf(row).map((code) => [code, row.typed[code] ?? ""]));
  const values = { ...fields, same: row.typed.same ?? "", same_reason: row.typed.same_reason ?? "" };
  if (!item || item.state !== "needs") return { fields: values, base: row.base, photos: [] };
  const base = { ...item.body.base };
  for (const one of item.items ?? []) if ("now" in one) base[one.field] = one.now;
  const open = (item.items ?? []).filter((one) => "now" in one).map((one) => one.field);
  return { fields: { ...values, ...item.body.fields }, base, photos: [], open };
}

// What was decided of a field, by choosing or by typing.
const settled = (draft, name) => (draft.open = (draft.open ?? []).filter((other) => other !== name));

function conflict(one, draft, keep) {
  const take = (value) => () => {
    draft.fields[one.field] = value;
    settled(draft, one.field);
    document.getElementById(`f-${one.field}`).value = value;
    keep();
  };
  return el("fieldset", { class: "conflict" },
    el("legend", {}, one.label),
    el("button", { type: "button", click: take(one.mine) }, word("take_mine", { value: one.mine || "—" })),
    el("button", { type: "button", click: take(one.theirs) }, word("take_theirs", { value: one.theirs || "—" })));
}

// What another system holds is not typed here: it is shown, and never sent.
const typedHere = (row, fields) => Object.fromEntries(Object.entries(fields).filter(([name]) => !row.held?.[name]));

const heldField = (name, held) => el("div", { class: "field" }, el("p", { class: "photo-head" }, word(`field_${name}`)), el("p", {}, held.text), el("p", { class: "quiet" }, word("held", { system: held.system })));

function field(name, row, draft, keep) {
  if (row.held?.[name]) return heldField(name, row.held[name]);
  const last = name === "amount" ? row.last?.ytd && word("last_ytd", { on: row.last.on, ytd: row.last.ytd }) : row.last?.[name] && word("last", { value: row.last[name] });
  const given = { id: `f-${name}`, name, value: draft.fields[name], input: (event) => ((draft.fields[name] = event.target.value), settled(draft, name), keep()) };
  const box = SHORT.has(name) ? el("input", { ...given, inputmode: "decimal", autocomplete: "off" }) : el("textarea", { ...given, rows: "2", maxlength: "500" });
  return el("div", { class: "field" }, el("label", { for: `f-${name}` }, word(`field_${name}`)), last && el("span", { class: "quiet" }, last), box);
}

// What a month asks beside: drawn where the rule asks it. `check` says whether the form may go.
function beside(row, draft, changed) {
  const mix = row.fields.includes("mix") && mixField(row, draft, changed, heldField);
  const nodes = row.open_nodes?.length ? nodesField(row, draft, changed) : null;
  return { shown: [mix, nodes?.box], check: nodes?.check ?? (() => true) };
}

function same(draft, keep) {
  const why = el("input", { id: "f-same_reason", value: draft.fields.same_reason, input: (event) => ((draft.fields.same_reason = event.target.value), keep()) });
  const box = el("input", { type: "checkbox", id: "f-same", checked: draft.fields.same === "1", change: (event) => ((draft.fields.same = event.target.checked ? "1" : ""), keep()) });
  return el("details", { open: draft.fields.same === "1" }, el("summary", {}, word("field_same")),
    el("label", { class: "check" }, box, word("field_same")), el("label", { for: "f-same_reason" }, word("field_same_reason")), why);
}

function itemsOf(row, draft, owner) {
  const now = Date.now();
  const keys = { project: row.project, kind: row.kind, period: row.period };
  const body = { ...keys, step: "submit", fields: typedHere(row, draft.fields), base: draft.base, said_at: said(now) };
  const report = newItem(newId(), owner, "report", body, now, { title: row.name, report: keyOf(row), period: row.period_words });
  return [report, ...photoItems(draft, keys, report)];
}

// Keeps what is typed and taken as it comes; a photo that cannot be kept is not in the draft either.
function keeping(app, place, draft, kept) {
  const tell = (done) => ((kept.textContent = done ? word("draft_kept") : ""), done);
  const without = (one) => draft.photos.filter((other) => other !== one);
  return {
    keep: async () => tell(await app.guard(() => app.store.keepDraft(place, draft))),
    keepPhoto: async (one, blobs) => {
      draft.photos.push(one);
      const done = await app.guard(() => app.store.keepPhoto(place, draft, blobs));
      if (!done) draft.photos = without(one);
      return tell(done);
    },
    dropPhoto: async (one) => {
      const ids = [one.id, ...(one.copy ? [one.copy.id] : [])];
      const done = await app.guard(() => app.store.dropPhoto(place, { ...draft, photos: without(one) }, ids));
      if (done) draft.photos = without(one);
      return tell(done);
    },
  };
}

export async function form(app, key) {
  const row = app.asked?.rows.find((one) => keyOf(one) === key);
  if (!row) return [el("h1", {}, word("title")), el("p", {}, word("not_asked"))];
  const item = itemOf(row, app);
  const { owner } = app.asked; // whoever signs in while this is open is not its writer
  const place = draftKey(owner, row);
  const head = [el("h1", {}, row.name), el("p", { class: "quiet" }, [row.kind_words, row.period_words, row.plan && word("plan", { plan: row.plan }), word("due", { due: row.due })].filter(Boolean).join(" · "))];
  const reason = item?.state === "needs" ? item.reason : row.returned_reason;
  if (!isOpen(row, app)) return [...head, el("p", { class: "note" }, stateOf(row, app).words), el("a", { href: "#/outbox", class: "button" }, word("to_outbox_plain"))];
  const draft = (await app.store.draft(place)) ?? begun(row, item);
  const kept = el("span", { class: "quiet", role: "status" });
  const tools = keeping(app, place, draft, kept);
  const { keep } = tools;
  const more = beside(row, draft, (name) => (settled(draft, name), keep()));
  let going = false;
  const submit = async (event) => {
    event.preventDefault();
    if (draft.open?.length) return void document.querySelector(".conflict button").focus();
    if (!more.check()) return;
    if (tools.adding) return void (kept.textContent = word("photos_wait"));
    if (going) return; // tapped twice
    going = true;
    going = await app.put(itemsOf(row, draft, owner), { draft: place, old: item?.state === "needs" ? item.id : undefined });
    if (!going) return;
    app.sync();
    location.hash = "#/outbox";
  };
  return [...head, reason && el("p", { class: "note needs" }, reason), (item?.items ?? []).map((one) => ("now" in one ? conflict(one, draft, keep) : !reason.includes(one.message) && el("p", { class: "note needs" }, `${one.label ?? ""} ${one.message ?? ""}`))),
    el("form", { submit }, row.fields.filter((name) => FIELDS[name]).map((name) => field(FIELDS[name], row, draft, keep)),
      row.photos && photoField(row, draft, tools), more.shown, same(draft, keep),
      el("div", { class: "acts" }, kept, el("button", { type: "button", click: keep }, word("keep_draft")), el("button", { class: "main" }, word(navigator.onLine ? "submit" : "store_and_send"))))].flat();
}
