// Keeps the shell of the phone's page, versioned, and never any data: what is asked and written stands in the page's own
// store. `SHELL` {version, files} comes from the server; another version is another cache.
const { version, files } = self.SHELL;
const NAME = `guatu.phone.${version}`;
const PAGE = "/phone/";

self.addEventListener("install", (event) => {
  const fresh = files.map((file) => new Request(file, { cache: "reload" }));
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(fresh)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (names) => names.filter((name) => name.startsWith("guatu.phone.") && name !== NAME);
  event.waitUntil(caches.keys().then((names) => Promise.all(old(names).map((name) => caches.delete(name)))).then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== self.location.origin) return;
  if (!files.includes(address.pathname)) return;
  const file = address.pathname === PAGE ? PAGE : event.request;
  event.respondWith(caches.open(NAME).then((cache) => cache.match(file)).then((kept) => kept ?? fetch(event.request)));
});
