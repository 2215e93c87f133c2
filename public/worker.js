// Keeps one page for when there is no network: the bare shell, which says so and holds nothing of anybody's, with its stylesheet.
// All else goes past it: no call, no file of a ticket and no page of a customer's is ever kept here.
const KEPT = "offline-__VERSION__";
const PAGE = "offline";

async function keep() {
  // Without cookies the page is nobody's.
  const page = await fetch(PAGE, { credentials: "omit" });
  if (!page.ok) throw new Error(`the page for no network was answered with ${page.status}`);
  const style = /[^"]*\/assets\/[^"]+\.css/.exec(await page.clone().text());
  const kept = await caches.open(KEPT);
  await Promise.all([kept.put(PAGE, page), style && kept.add(style[0])]);
  await skipWaiting();
}

async function begin() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("offline-") && name !== KEPT).map((name) => caches.delete(name)));
  // A page is asked for while this wakes up, so that nobody waits for it.
  await registration.navigationPreload?.enable();
}

async function page(event) {
  // The browser may give up what it asked for ahead, on a network that is there.
  const ahead = await Promise.resolve(event.preloadResponse).catch(() => undefined);
  try {
    return ahead ?? (await fetch(event.request));
  } catch (error) {
    const kept = await caches.match(PAGE);
    if (kept) return kept;
    throw error;
  }
}

addEventListener("install", (event) => event.waitUntil(keep()));
addEventListener("activate", (event) => event.waitUntil(begin()));
addEventListener("fetch", (event) => {
  const { mode, destination, method } = event.request;
  if (mode === "navigate" && method === "GET" && !/\/(files|uploads)\//.test(event.request.url)) event.respondWith(page(event));
  else if (destination === "style") event.respondWith(caches.match(event.request).then((kept) => kept ?? fetch(event.request)));
});
