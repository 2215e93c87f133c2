// What is known is shown while the app is still on its way, and stays where it is when the app comes.
import type { Page } from "@playwright/test";
import { boxesOf } from "../support/first-paint";
import { expect, test } from "../support/fixtures";
import type { Customer } from "../support/customer";
import type { Portal } from "../support/portal";

const QUESTION = "It says **PC LOAD LETTER**, and has done so since yesterday. Nobody here knows what to do about it.";
const ANSWER = "Please try this:\n\n1. Open the tray\n2. Close it\n\nSee https://example.com/help for `more`.";

/** A ticket with an answer that has more than words, one with more messages than fit, and one that is solved. */
async function threeTickets(portal: Portal, customer: Customer) {
  const short = await customer.opens("The printer on the second floor", QUESTION);
  await portal.desk.answer(short.number, ANSWER);
  const long = await customer.opens("The lamp", "It does not burn.");
  for (let step = 1; step <= 12; step += 1) {
    await portal.desk.answer(long.number, `Step ${step}: wait a moment, then look whether the light is green. If it is not, begin again.`);
  }
  const solved = await customer.opens("Opening hours", "When are you there?");
  await portal.desk.setStatus(solved.number, "resolved");
  return { short, long, solved };
}

/** The page as it is before the app has come, and what lets that come. */
async function beforeTheApp(page: Page, address: string) {
  let go = () => {};
  const held = new Promise<void>((resolve) => {
    go = resolve;
  });
  await page.route("**/app_bg*", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(address, { waitUntil: "commit" });
  await page.waitForLoadState("domcontentloaded");
  return async () => {
    go();
    await expect(page.locator(".shell")).toHaveCount(0);
    await page.unroute("**/app_bg*");
  };
}

/** Pixels of a line of small text: as far as something may move on a phone, where the line of a ticket's facts may wrap sooner for a long date. */
const LINE = 24;

/** The elements of these classes are in the same places before and after. */
async function staysWhereItIs(page: Page, address: string, names: string[]) {
  const start = await beforeTheApp(page, address);
  const all = () => Promise.all(names.map((name) => boxesOf(page, name)));
  // Its looks are there.
  await expect.poll(async () => (await boxesOf(page, names[0])).length).toBeGreaterThan(0);
  const before = await all();
  await start();
  for (const [at, name] of names.entries()) {
    const after = await boxesOf(page, name);
    const places = (boxes: typeof after) => boxes.map((it) => [it.x, it.width, it.y, it.y + it.height].map(Math.round));
    const isPhone = page.viewportSize()!.width < 768;
    expect(before[at].length, name).toBeGreaterThan(0);
    if (!isPhone) expect(places(before[at]), name).toEqual(places(after));
    // From the end, where a thread opens: further up one more may be in sight.
    for (const [index, place] of places(before[at]).reverse().entries()) {
      const now = places(after).reverse()[index];
      if (!now) break;
      expect(now.slice(0, 2), name).toEqual(place.slice(0, 2));
      for (const edge of [2, 3]) expect(Math.abs(now[edge] - place[edge]), name).toBeLessThanOrEqual(LINE);
    }
  }
}

for (const [language, width] of [
  ["en", 1200],
  ["ar", 1200],
  ["de", 375],
  ["ar", 320],
] as const) {
  test(`what is read before the app is there stays where it is when that comes (${language}, ${width} px)`, async ({ page, portal, customer }) => {
    await page.setViewportSize({ width, height: 740 });
    await customer.signIn(language);
    const { short, long, solved } = await threeTickets(portal, customer);
    const rows = ["row", "row-subject", "badge", "top-bar", "brand", "filter"];
    await staysWhereItIs(page, `${portal.url}/tickets`, rows);
    for (const { id } of [short, long, solved]) {
      const beside = width < 768 ? [] : ["row", "filter"];
      await staysWhereItIs(page, `${portal.url}/tickets/${id}`, ["bubble", "ticket-head", "composer", ...beside]);
    }
  });
}

test("nothing that one reads moves while the app takes over", async ({ page, portal, customer }) => {
  await page.addInitScript(() => {
    const moves: string[] = [];
    Object.assign(window, { moves });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) moves.push(JSON.stringify(entry));
    }).observe({ type: "layout-shift", buffered: true });
  });
  await customer.signIn();
  const { long } = await threeTickets(portal, customer);
  const start = await beforeTheApp(page, `${portal.url}/tickets/${long.id}`);
  await expect.poll(async () => (await boxesOf(page, "bubble")).length).toBeGreaterThan(0);
  await start();
  await expect(page.locator(".bubble", { hasText: "Step 12" })).toBeVisible();
  // What the observer has seen is told in a task of its own, after the frame.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestIdleCallback(resolve))));
  expect(await page.evaluate(() => (window as unknown as { moves: string[] }).moves)).toEqual([]);
});

test("what is shown before the app is there is nothing to press, and no reader meets it twice", async ({ page, portal, customer }) => {
  await customer.signIn();
  const { short } = await threeTickets(portal, customer);
  const start = await beforeTheApp(page, `${portal.url}/tickets/${short.id}`);
  await expect.poll(async () => (await boxesOf(page, "bubble")).length).toBeGreaterThan(0);
  await expect(page.getByText("PC LOAD LETTER")).toHaveCount(0);
  await expect(page.getByRole("link")).toHaveCount(0);
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("BODY");
  await start();
  await expect(page.getByText("PC LOAD LETTER")).toHaveCount(1);
});

test("a ticket that opens at a message which was found is not shown from its end before", async ({ page, portal, customer }) => {
  await customer.signIn();
  const { long } = await threeTickets(portal, customer);
  const start = await beforeTheApp(page, `${portal.url}/tickets/${long.id}?q=lamp&message=m1`);
  await expect(page.locator(".shell .skeleton")).toBeVisible();
  expect(await boxesOf(page, "bubble")).toEqual([]);
  await start();
});

test("a ticket is there although the list beside it does not come", async ({ page, portal, customer }) => {
  await customer.signIn();
  const { short } = await threeTickets(portal, customer);
  await page.route("**/split_list*", () => {
    // Never answered.
  });
  await page.goto(`${portal.url}/tickets/${short.id}`);
  await expect(page.locator(".shell")).toHaveCount(0);
  await expect(page.locator(".bubble")).toHaveCount(2);
  await page.unrouteAll({ behavior: "ignoreErrors" });
});

test("a page whose app does not come says so in its place", async ({ browser, contextOptions, portal, customer, page }) => {
  await customer.signIn();
  await threeTickets(portal, customer);
  const context = await browser.newContext({ ...contextOptions, storageState: await page.context().storageState() });
  const broken = await context.newPage();
  await broken.route("**/app_bg*", (route) => route.abort());
  await broken.goto(`${portal.url}/tickets`);
  await expect(broken.getByRole("alert")).toBeVisible();
  expect(await boxesOf(broken, "row")).toEqual([]);
  await context.close();
});

test("without JavaScript the page says what it needs", async ({ browser, contextOptions, portal, customer, page }) => {
  await customer.signIn();
  await threeTickets(portal, customer);
  const context = await browser.newContext({ ...contextOptions, javaScriptEnabled: false, storageState: await page.context().storageState() });
  const bare = await context.newPage();
  await bare.goto(`${portal.url}/tickets`);
  await expect(bare.getByText(/JavaScript/)).toBeVisible();
  expect(await boxesOf(bare, "row")).toEqual([]);
  await context.close();
});
