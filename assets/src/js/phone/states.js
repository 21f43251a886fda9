// Where a report stands, said honestly: on this phone, arrived, checked, accepted, or something for the person to do.
import { word } from "../words.js";
import { KEPT, NEEDS, SENT } from "./queue.js";

export const keyOf = (row) => `${row.project}/${row.kind}/${row.period}`;
export const draftKey = (owner, row) => `${owner}/${keyOf(row)}`;

// The item of a report that this person wrote here: what still waits, else the one that arrived last. The phone's own
// clock decides nothing: it may have been set back between.
export function itemOf(row, app) {
  const own = app.items.filter((item) => item.kind === "report" && item.owner === app.asked.owner && item.report === keyOf(row));
  const arrived = (item) => (item.state === SENT ? Date.parse(item.receipt.at) : Infinity);
  return own.sort((one, other) => (arrived(one) === arrived(other) ? other.at - one.at : arrived(other) - arrived(one)))[0];
}

const BY_SERVER = { submitted: "sent", checked: "checked", accepted: "accepted", returned: "needs" };

export function stateOf(row, app) {
  const item = itemOf(row, app);
  if (item?.state === NEEDS) return { code: "needs", words: word("state_needs") };
  if (item?.state === KEPT) return { code: "kept", words: word("state_kept") };
  const code = BY_SERVER[row.state];
  if (code) return { code, words: word(`state_${row.state === "returned" ? "returned" : code}`) };
  if (item?.state === SENT && !isOpen(row, app)) return { code: "sent", words: word("state_sent") };
  return app.drafts.has(draftKey(app.asked.owner, row)) ? { code: "draft", words: word("state_draft") } : { code: "open", words: word("state_open") };
}

// May it be written now? Not while it waits here or was handed in.
export function isOpen(row, app) {
  const item = itemOf(row, app);
  if (item?.state === NEEDS) return true;
  if (item?.state === KEPT) return false;
  const newer = item?.state === SENT && Date.parse(item.receipt.at) >= Date.parse(app.asked.at); // than what was asked
  return !newer && !["submitted", "checked", "accepted"].includes(row.state);
}
