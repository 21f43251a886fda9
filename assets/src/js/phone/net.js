// Asks the outbox: {status, body, date} (the server's time), or null when the line was cut. No redirect is followed: a portal's page is no answer.
const ROOT = "/api/v1/outbox/";
const PATIENCE = 60000; // milliseconds

function carried({ json, form, blob }) {
  if (json) return JSON.stringify(json);
  if (!form) return undefined;
  const made = new FormData();
  for (const [name, value] of Object.entries(form)) made.append(name, value);
  made.append("part", blob, "part");
  return made;
}

export async function ask(method, address, { token, owner, ...what }) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  const headers = { Accept: "application/json" };
  if (token) headers["X-CSRFToken"] = token;
  if (owner) headers["X-Guatu-Owner"] = owner;
  if (what.json) headers["Content-Type"] = "application/json";
  try {
    const answer = await fetch(ROOT + address, { method, headers, body: carried(what), redirect: "error", credentials: "same-origin", cache: "no-store", signal: stop.signal });
    return { status: answer.status, date: Date.parse(answer.headers.get("Date")), body: await answer.json().catch(() => null) };
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

// One tab sends at a time. Browsers without locks (no HTTPS) send at once: the server keeps one of two.
export function lock(run) {
  if (!navigator.locks) return run();
  return navigator.locks.request("guatu.outbox", { ifAvailable: true }, (held) => (held ? run() : undefined));
}
