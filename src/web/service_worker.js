// Keeps one whole release of the app, so that after a first visit every page opens without a network, and no tab gets
// files of two releases. scripts/release.sh writes the release and its files, each with its hash, into this.
const RELEASE = "@RELEASE@";
const FILES = {
  // @FILES@
};
// Several copies of the app on one host keep theirs apart by the folder they are in.
const FOLDER = new URL("./", self.location).href;
const PREFIX = `tabchain ${FOLDER} `;
const cacheOf = (release) => PREFIX + release;

self.addEventListener("install", (event) => event.waitUntil(keepAll()));

async function keepAll() {
  const cache = await caches.open(cacheOf(RELEASE));
  await Promise.all(Object.entries(FILES).map(async ([name, integrity]) => {
    // Under the address by which the page has just loaded it, so that it is not loaded twice; the page itself has none
    // of its release.
    const isPage = name === "index.html";
    const address = FOLDER + (isPage ? name : `${name}?${RELEASE}`);
    // Bytes that are not this release's are asked for once more, past the browser's cache; then the installation ends.
    const answer = await fetch(address, { integrity, cache: isPage ? "no-cache" : "default" })
      .catch(() => fetch(address, { integrity, cache: "reload" }));
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
    await cache.put(FOLDER + name, answer);
  }));
}

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      // The release before is kept for the tabs that still run it, and may start a miner; older ones are not.
      const kept = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== cacheOf(RELEASE));
      await Promise.all(kept.slice(0, -1).map((name) => caches.delete(name)));
      await self.clients.claim();
    })(),
  );
});

// The page's own word that the new release is wanted now (`web/release.rs`).
self.addEventListener("message", ({ data }) => {
  if (data === "activate") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(FOLDER)) return;
  const url = new URL(request.url);
  const name = url.href.slice(FOLDER.length).split(/[?#]/)[0] || "index.html";
  // A file's query is the release that asks for it; a page's query names network, room and node.
  const asked = request.mode === "navigate" ? RELEASE : url.search.slice(1) || RELEASE;
  if (name in FILES) event.respondWith(answer(request, name, asked));
});

async function answer(request, name, release) {
  // Only what there is: to open a cache makes it.
  if (await caches.has(cacheOf(release))) {
    const cache = await caches.open(cacheOf(release));
    const kept = await cache.match(FOLDER + name, { ignoreVary: true });
    if (kept) return kept;
  }
  return fetch(request);
}
