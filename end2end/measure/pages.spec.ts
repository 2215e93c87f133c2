// How soon the list and a ticket are there on slow 4G, how quick they answer a hand on a processor four times as slow, and how 10 000 rows scroll.
// The figures go into a file; whoever started this knows their goals.
import { appendFileSync } from "node:fs";

import { test as base, expect, type BrowserContext, type CDPSession, type Page } from "@playwright/test";

import { Screens } from "../support/pages";
import type { Place } from "../support/portal";

interface Measured {
  /** Where the portal is. */
  url: string;
  /** The session's cookies, as a browser sends them. */
  cookie: string;
  /** A ticket with many messages. */
  ticket: string;
  /** The file for the figures. */
  figures: string;
}

const { url, cookie, ticket, figures } = JSON.parse(process.env.MEASURED ?? "{}") as Measured;
const RUNS = 5;
const MANY = 10_000;
/** How long a slow processor may take for so many. */
const PATIENCE = { timeout: 120_000 };
/** As Lighthouse takes it: 150 ms there and back, 1.6 Mbit/s down, 750 kbit/s up. Bytes a second. */
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 };
const SLOW_PROCESSOR = { rate: 4 };

const test = base.extend({
  context: async ({ context }, use) => {
    const pairs = cookie.split("; ").map((pair) => pair.split("="));
    const secure = { domain: "localhost", path: "/", secure: true };
    await context.addCookies(pairs.map(([name, ...value]) => ({ name, value: value.join("="), ...secure })));
    await context.addInitScript(() => {
      const seen = { lcp: 0, cls: 0, slowest: 0 };
      Object.assign(window, { seen });
      const watch = (type: string, note: (entry: any) => void) =>
        new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({
          type,
          buffered: true,
          durationThreshold: 16,
        } as PerformanceObserverInit);
      watch("largest-contentful-paint", (entry) => (seen.lcp = entry.startTime));
      watch("layout-shift", (entry) => (seen.cls += entry.hadRecentInput ? 0 : entry.value));
      watch("event", (entry) => (seen.slowest = entry.interactionId ? Math.max(seen.slowest, entry.duration) : seen.slowest));
    });
    await use(context);
  },
});

/** Milliseconds from one frame to the next. */
interface Frames {
  p50: number;
  p95: number;
  mean: number;
}

function tell(name: string, value: number) {
  appendFileSync(figures, `${name} ${value}\n`);
}

function middle(values: number[]): number {
  return values.sort((one, other) => one - other)[Math.floor(values.length / 2)];
}

async function seen(page: Page): Promise<{ lcp: number; cls: number; slowest: number }> {
  // Two frames later what was drawn has been told.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  return page.evaluate(() => (window as any).seen);
}

async function loads(context: BrowserContext, path: string, there: string, processor: { rate: number }) {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  await session.send("Network.emulateNetworkConditions", SLOW_4G);
  await session.send("Emulation.setCPUThrottlingRate", processor);
  await page.goto(url + path);
  await expect(page.locator(there).first()).toBeVisible({ timeout: 60_000 });
  const result = await seen(page);
  await page.close();
  return result;
}

/** Milliseconds from one frame to the next while this goes on. */
async function frames(page: Page, meanwhile: () => Promise<unknown>): Promise<number[]> {
  await page.evaluate(() => {
    const taken: number[] = [];
    Object.assign(window, { taken });
    const next = (before: number) =>
      requestAnimationFrame((now) => {
        taken.push(now - before);
        next(now);
      });
    requestAnimationFrame(next);
  });
  await meanwhile();
  return page.evaluate(() => (window as any).taken.slice(1));
}

/** What the page looks like now, with nothing that could do anything: what the browser alone takes to draw it. */
async function withoutScripts(context: BrowserContext, page: Page): Promise<Page> {
  const html = await page.evaluate(() => {
    const copy = document.documentElement.cloneNode(true) as HTMLElement;
    copy.querySelectorAll("script, link").forEach((it) => it.remove());
    const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules].map((rule) => rule.cssText));
    copy.querySelector("head")!.append(Object.assign(document.createElement("style"), { textContent: rules.join("\n") }));
    return copy.outerHTML;
  });
  const still = await context.newPage();
  await still.setContent(html);
  // To the first of the rows that are in the page.
  await still.locator(".rows").evaluate((rows) => {
    rows.parentElement!.scrollTop = parseFloat(getComputedStyle(rows).paddingBlockStart);
  });
  expect(await still.locator(".row").first().boundingBox()).toMatchObject({ x: 0 });
  return still;
}

async function slow(context: BrowserContext, page: Page): Promise<CDPSession> {
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", SLOW_PROCESSOR);
  return session;
}

for (const [name, path, there] of [
  ["list", "/tickets", ".rows .row"],
  ["ticket", `/tickets/${ticket}`, ".thread .message"],
]) {
  test(`${name}: loading`, async ({ context }) => {
    const taken = [];
    for (let run = 0; run < RUNS; run += 1) taken.push(await loads(context, path, there, { rate: 1 }));
    tell(`page_${name}_slow_4g_lcp`, middle(taken.map(({ lcp }) => lcp)));
    tell(`page_${name}_slow_4g_cls`, Math.max(...taken.map(({ cls }) => cls)));
    const slowly = await loads(context, path, there, SLOW_PROCESSOR);
    tell(`page_${name}_slow_4g_slow_processor_lcp`, slowly.lcp);
  });
}

/** The slowest answer to a hand, in the middle of several visits: what else the machine does makes one of them slow now and then. */
async function answers(context: BrowserContext, name: string, visit: (page: Page, run: number) => Promise<void>) {
  const taken = [];
  for (let run = 0; run < RUNS; run += 1) {
    const page = await context.newPage();
    await visit(page, run);
    taken.push((await seen(page)).slowest);
    await page.close();
  }
  tell(`page_${name}_slow_processor_inp`, middle(taken));
}

test("list: answering", ({ context }) =>
  answers(context, "list", async (page) => {
    await page.goto(`${url}/tickets`);
    await expect(page.locator(".rows .row").first()).toBeVisible();
    await slow(context, page);
    const { tickets } = new Screens(page, { url } as Place);
    await tickets.filter("show-open").click();
    await tickets.search.pressSequentially("printer", { delay: 50 });
    await expect(tickets.found.first()).toBeVisible();
    await tickets.rows.first().click();
    await expect(page.locator(".thread .message").first()).toBeVisible();
  }));

test("ticket: answering", ({ context }) =>
  answers(context, "ticket", async (page, run) => {
    await page.goto(`${url}/tickets/${ticket}`);
    await expect(page.locator(".thread .message").first()).toBeVisible();
    await slow(context, page);
    const screen = new Screens(page, { url } as Place).ticket;
    await screen.composer.pressSequentially(`It prints again (${run}), thank you.`, { delay: 50 });
    await screen.send.click();
    await expect(page.locator(".thread .message").last()).toContainText(`again (${run})`);
  }));

test("list: ten thousand rows", async ({ context, page }) => {
  await page.route("**/api/tickets/list", async (route) => {
    const response = await route.fetch();
    const answer = await response.json();
    const list = answer.changed;
    // Each filter is as long as the whole.
    if (list?.rows.length > 0) {
      const row = list.rows[0];
      list.rows = Array.from({ length: MANY }, (_, n) => ({
        ...row,
        id: `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`,
        number: n + 1,
        subject: `Printer ${n + 1} does not print`,
      }));
      Object.assign(list, { total: MANY, next: null });
    }
    await route.fulfill({ response, json: answer });
  });
  await page.goto(`${url}/account`);
  // It is busy for a while; nothing waits for it but what follows.
  await page.locator(".brand").click(PATIENCE);
  // Most of them are room in which nothing stands yet.
  const height = () => page.locator(".rows").evaluate((rows) => rows.scrollHeight);
  await expect.poll(height, PATIENCE).toBeGreaterThan(MANY * 50);
  const scrolled = async (which: Page, far: number) => {
    const session = await slow(context, which);
    const scroll = { x: 200, y: 500, xDistance: 0, yDistance: -far, speed: 4_000 };
    await which.bringToFront();
    const taken = await frames(which, () => session.send("Input.synthesizeScrollGesture", scroll));
    await session.detach();
    taken.sort((one, other) => one - other);
    const at = (part: number) => taken[Math.floor(taken.length * part)];
    return { p50: at(0.5), p95: at(0.95), mean: taken.reduce((sum, one) => sum + one, 0) / taken.length };
  };
  // In turns, so that what else the machine does is in both; a still page that nobody has scrolled, since the browser keeps what it drew.
  const [ours, drawing] = [[] as Frames[], [] as Frames[]];
  for (let run = 0; run < 3; run += 1) {
    ours.push(await scrolled(page, 20_000));
    const still = await withoutScripts(context, page);
    drawing.push(await scrolled(still, 5_000));
    await still.close();
  }
  for (const [what, taken] of [
    ["page_list_of_10000", ours],
    ["page_list_that_stands_still", drawing],
  ] as const) {
    tell(`${what}_scrolling_frame_p50`, middle(taken.map(({ p50 }) => p50)));
    tell(`${what}_scrolling_frame_p95`, middle(taken.map(({ p95 }) => p95)));
  }
  tell("page_list_of_10000_scrolling_against_still", middle(ours.map(({ mean }, run) => mean / drawing[run].mean)));
  await page.evaluate(() => ((window as any).seen.slowest = 0));
  await new Screens(page, { url } as Place).tickets.filter("show-open").click(PATIENCE);
  await expect(page.locator(".list-scroll[data-state]")).toHaveCount(0, PATIENCE);
  await expect.poll(height, PATIENCE).toBeGreaterThan(MANY * 50);
  tell("page_list_of_10000_filtering_inp", (await seen(page)).slowest);
});
