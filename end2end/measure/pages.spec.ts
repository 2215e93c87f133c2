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

test("list: answering", async ({ context, page }) => {
  await page.goto(`${url}/tickets`);
  await expect(page.locator(".rows .row").first()).toBeVisible();
  await slow(context, page);
  const { tickets } = new Screens(page, { url } as Place);
  await tickets.filter("show-open").click();
  await tickets.search.pressSequentially("printer", { delay: 50 });
  await expect(tickets.found.first()).toBeVisible();
  await tickets.rows.first().click();
  await expect(page.locator(".thread .message").first()).toBeVisible();
  tell("page_list_slow_processor_inp", (await seen(page)).slowest);
});

test("ticket: answering", async ({ context, page }) => {
  await page.goto(`${url}/tickets/${ticket}`);
  await expect(page.locator(".thread .message").first()).toBeVisible();
  await slow(context, page);
  const screen = new Screens(page, { url } as Place).ticket;
  await screen.composer.pressSequentially("It prints again, thank you.", { delay: 50 });
  await screen.send.click();
  await expect(page.locator(".thread .message").last()).toContainText("prints again");
  tell("page_ticket_slow_processor_inp", (await seen(page)).slowest);
});

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
  const scrolled = async (what: string, which: Page, far: number) => {
    const session = await slow(context, which);
    const scroll = { x: 200, y: 500, xDistance: 0, yDistance: -far, speed: 4_000 };
    const taken = await frames(which, () => session.send("Input.synthesizeScrollGesture", scroll));
    taken.sort((one, other) => one - other);
    tell(`${what}_frame_p50`, taken[Math.floor(taken.length / 2)]);
    tell(`${what}_frame_p95`, taken[Math.floor(taken.length * 0.95)]);
    return taken.reduce((sum, one) => sum + one, 0) / taken.length;
  };
  const ours = await scrolled("page_list_of_10000_scrolling", page, 20_000);
  const still = await withoutScripts(context, page);
  const drawing = await scrolled("page_list_that_stands_still_scrolling", still, 5_000);
  await still.close();
  tell("page_list_of_10000_scrolling_against_still", ours / drawing);
  await page.evaluate(() => ((window as any).seen.slowest = 0));
  await new Screens(page, { url } as Place).tickets.filter("show-open").click(PATIENCE);
  await expect(page.locator(".list-scroll[data-state]")).toHaveCount(0, PATIENCE);
  await expect.poll(height, PATIENCE).toBeGreaterThan(MANY * 50);
  tell("page_list_of_10000_filtering_inp", (await seen(page)).slowest);
});
