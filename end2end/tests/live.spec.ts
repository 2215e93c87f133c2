// Live: what one side does the other sees by itself, on each of his screens, and nobody else does.
import type { BrowserContext, Page, Request } from "@playwright/test";

import { Customer } from "../support/customer";
import { DeskPage } from "../support/desk-page";
import { expect, test } from "../support/fixtures";
import { Screens } from "../support/pages";
import { text } from "../support/texts";

const A_FEW_MINUTES = 300;
const READ = "✓✓ read";
const SENT = "✓ sent";

/** The streams that a browser has asked for and not ended. */
class Streams {
  private readonly open = new Map<Request, Page>();
  asked = 0;

  constructor(context: BrowserContext) {
    context.on("request", (request) => {
      if (!request.url().endsWith("/portal/live")) return;
      this.asked += 1;
      this.open.set(request, request.frame().page());
    });
    context.on("requestfinished", (request) => this.open.delete(request));
    context.on("requestfailed", (request) => this.open.delete(request));
  }

  get count(): number {
    // Of a page that is closed nobody says that its requests are over.
    return [...this.open.values()].filter((page) => !page.isClosed()).length;
  }
}

/** Writes down whatever the page says of who types. */
async function recordTyping(page: Page): Promise<() => Promise<string[]>> {
  await page.locator(".typing").evaluate((line) => {
    const said: string[] = [];
    (window as unknown as { said: string[] }).said = said;
    new MutationObserver(() => {
      const now = line.textContent ?? "";
      if (now !== "") said.push(now);
    }).observe(line, { childList: true, characterData: true, subtree: true });
  });
  return () => page.evaluate(() => (window as unknown as { said: string[] }).said);
}

test("each side sees that the other types, the agent that he was read, and another customer nothing", async ({
  page,
  portal,
  customer,
  elsewhere,
}) => {
  await customer.signIn();
  const { ticket } = new Screens(page, portal);
  const hers = await customer.opens("Typing", "Hello");
  const otherPage = await elsewhere();
  const other = await Customer.known(portal, otherPage.context());
  // So soon that her session goes on.
  await other.signIn("en", A_FEW_MINUTES);
  const his = await other.opens("Quiet", "Hello");
  const { ticket: elsewhereTicket } = new Screens(otherPage, portal);
  await elsewhereTicket.open(his.id);
  await ticket.open(hers.id);
  const desk = await DeskPage.open(await elsewhere(), portal, hers.number);
  const [saidToHer, saidToHim] = [await recordTyping(page), await recordTyping(otherPage)];

  await test.step("who has not written yet is the team", async () => {
    await desk.types("It is");
    await expect(ticket.typing).toHaveText(/is writing…$/);
    await expect(ticket.typing).not.toHaveText(/John Doe/);
    await desk.types(" the fuse");
    await desk.send();
    await expect(ticket.message("It is the fuse")).toBeVisible();
    await expect(ticket.typing).toBeEmpty();
  });

  await test.step("the agent sees that it was read", async () => {
    await expect(desk.status("It is the fuse")).toHaveText(READ, { timeout: 30_000 });
  });

  await test.step("who has written is called as there, and stops when the hand rests", async () => {
    await desk.types("Did it");
    await expect(ticket.typing).toHaveText(/John Doe.? is writing…$/);
    await desk.field.fill("");
    await expect(ticket.typing).toBeEmpty();
  });

  await test.step("a private note is typed unseen", async () => {
    const before = await saidToHer();
    await desk.isNote.check();
    await desk.types("She is angry");
    await desk.send();
    await expect(desk.message("She is angry")).toBeVisible();
    await desk.isNote.uncheck();
    await portal.desk.answer(hers.number, "After the note");
    await expect(ticket.message("After the note")).toBeVisible();
    expect(await saidToHer()).toEqual(before);
  });

  await test.step("the agent sees the customer typing, until nothing is left of it or it is sent", async () => {
    await ticket.composer.pressSequentially("It was");
    await expect(desk.typing).toHaveText("Grace Hopper is typing…");
    await ticket.composer.fill("");
    await expect(desk.typing).toBeEmpty();
    await ticket.composer.pressSequentially("It was the fuse");
    await expect(desk.typing).toHaveText("Grace Hopper is typing…");
    await ticket.send.click();
    await expect(desk.message("It was the fuse")).toBeVisible();
    await expect(desk.typing).toBeEmpty();
    await ticket.composer.pressSequentially("Tha");
    await expect(desk.typing).toHaveText("Grace Hopper is typing…");
    // The hand rests.
    await expect(desk.typing).toBeEmpty();
  });

  expect(await saidToHim()).toEqual([]);
  await expect(elsewhereTicket.message("It is the fuse")).toHaveCount(0);
});

test("what is below the fold is not seen, and counts in the title, until one comes to it", async ({
  page,
  portal,
  customer,
  elsewhere,
}) => {
  await customer.signIn();
  const { ticket } = new Screens(page, portal);
  const { id, number } = await customer.opens("Long", "Hello");
  const lines = Array.from({ length: 60 }, (_, n) => `Line ${n + 1}`).join("\n\n");
  await portal.desk.answer(number, lines);
  await ticket.open(id);
  await expect(ticket.message("Line 60")).toBeVisible();
  const desk = await DeskPage.open(await elsewhere(), portal, number);
  await expect(desk.status("Line 60")).toHaveText(READ);
  await ticket.scrollToTop();
  const before = await ticket.placeOfThings();
  await portal.desk.answer(number, "Below");
  await expect(ticket.newBelow).toBeVisible();
  await expect(page).toHaveTitle(/^\(1\) Long/);
  expect(await ticket.placeOfThings()).toEqual(before);
  // Longer than it takes to tell what was seen.
  await portal.advance(30);
  await portal.desk.answer(number, "Further below");
  await expect(ticket.message("Further below")).toBeAttached();
  await expect(desk.status("Further below")).toHaveText(SENT);
  await expect(desk.status("Below").first()).toHaveText(SENT);
  await ticket.newBelow.click();
  await expect(page).toHaveTitle(/^Long/);
  await expect(desk.status("Further below")).toHaveText(READ);
});

test("an answer longer than the screen begins at its top, and is seen when one has read down to its end", async ({
  page,
  portal,
  customer,
  elsewhere,
}) => {
  await customer.signIn();
  const { ticket } = new Screens(page, portal);
  const { id, number } = await customer.opens("Manual", "Hello");
  await ticket.open(id);
  await portal.desk.answer(number, "Short");
  await expect(ticket.message("Short")).toBeInViewport();
  const desk = await DeskPage.open(await elsewhere(), portal, number);
  const lines = Array.from({ length: 80 }, (_, n) => `Step ${n + 1}.`).join("\n\n");
  await portal.desk.answer(number, lines);
  const step = (n: number) => page.getByText(`Step ${n}.`, { exact: true });
  await expect(step(80)).toBeAttached();
  await expect(step(1)).toBeInViewport();
  await expect(step(80)).not.toBeInViewport();
  await expect(page).toHaveTitle(/^\(1\) Manual/);
  // Longer than it takes to tell what was seen.
  await portal.advance(30);
  await portal.desk.answer(number, "One more thing");
  await expect(ticket.newBelow).toBeVisible();
  await expect(step(1)).toBeInViewport();
  await expect(desk.status("One more thing")).toHaveText(SENT);
  await ticket.newBelow.click();
  await expect(page).toHaveTitle(/^Manual/);
  await expect(desk.status("One more thing")).toHaveText(READ);

  // Its status stands at the top: that it is solved is no message below.
  await ticket.scrollToTop();
  await portal.desk.setStatus(number, "resolved");
  await expect(ticket.status).toHaveText("Solved");
  await expect(ticket.newBelow).toHaveCount(0);
});

test("what is unread counts on every device, and is read on all when it is on one", async ({
  page,
  portal,
  customer,
  elsewhere,
}) => {
  await customer.signIn();
  const second = await elsewhere();
  await customer.signInToo(second.context());
  const [here, there] = [new Screens(page, portal), new Screens(second, portal)];
  const one = await customer.opens("Lamp", "Hello");
  const two = await customer.opens("Heater", "Hello");
  await here.tickets.open();
  await there.tickets.open();
  for (const screens of [here, there]) await expect(screens.tickets.rows).toHaveCount(2);
  await portal.desk.answer(one.number, "About the lamp");
  await portal.desk.answer(two.number, "About the heater");
  for (const [screens, its] of [
    [here, page],
    [there, second],
  ] as const) {
    await expect(screens.tickets.unread("Lamp")).toBeVisible();
    await expect(screens.tickets.unread("Heater")).toBeVisible();
    await expect(its).toHaveTitle(/^\(2\) /);
  }
  await here.tickets.row("Lamp").click();
  await expect(here.ticket.message("About the lamp")).toBeVisible();
  for (const [screens, its] of [
    [here, page],
    [there, second],
  ] as const) {
    await expect(its).toHaveTitle(/^\(1\) /);
    await expect(screens.tickets.row("Lamp")).not.toContainText(text("unread"));
  }
  await there.tickets.row("Heater").click();
  for (const its of [page, second]) await expect(its).not.toHaveTitle(/^\(/);
});

test("two tabs have one stream, which the second takes over, and which ends with the session", async ({
  page,
  portal,
  customer,
  context,
}) => {
  const streams = new Streams(context);
  await customer.signIn();
  const { id, number } = await customer.opens("Tabs", "Hello");
  const first = new Screens(page, portal);
  await first.ticket.open(id);
  await expect.poll(() => streams.count).toBe(1);
  const tab = await context.newPage();
  const second = new Screens(tab, portal);
  await second.ticket.open(id);
  await portal.desk.answer(number, "To both");
  await expect(first.ticket.message("To both")).toBeVisible();
  await expect(second.ticket.message("To both")).toBeVisible();
  expect([streams.asked, streams.count]).toEqual([1, 1]);
  await page.close();
  await expect.poll(() => [streams.asked, streams.count]).toEqual([2, 1]);
  await portal.desk.answer(number, "To the one that is left");
  await expect(second.ticket.message("To the one that is left")).toBeVisible();
  const third = await context.newPage();
  const last = new Screens(third, portal);
  await last.tickets.open();
  await last.account.signOut();
  await expect(last.signIn.address).toBeVisible();
  await expect(second.signIn.address).toBeVisible();
  await expect.poll(() => streams.count).toBe(0);
  expect(streams.asked).toBe(2);
});

test("a tab that signs out takes over no stream that another tab ends for that", async ({ page, portal, customer, context }) => {
  const streams = new Streams(context);
  await customer.signIn();
  const first = new Screens(page, portal);
  await first.tickets.open();
  await expect.poll(() => streams.count).toBe(1);
  const tab = await context.newPage();
  const second = new Screens(tab, portal);
  await second.tickets.open();
  let answered = false;
  await tab.route("**/api/session/sign-out", async (route) => {
    const response = await route.fetch();
    // The other tab has heard of it, and the lock is this tab's.
    await expect.poll(() => streams.count).toBe(0);
    const waits = () => tab.evaluate(async () => (await navigator.locks.query()).pending!.length);
    await expect.poll(waits).toBe(0);
    answered = true;
    await route.fulfill({ response });
  });
  await second.account.signOut();
  await expect(second.signIn.address).toBeVisible();
  expect(answered).toBe(true);
  expect(streams.asked).toBe(1);
});

test("behind a proxy that holds the stream back the page asks by itself", async ({ page, portal, customer }) => {
  await customer.signIn();
  const { id, number } = await customer.opens("Proxy", "Hello");
  await page.clock.install();
  await page.route("**/portal/live", () => {});
  const { ticket } = new Screens(page, portal);
  await ticket.open(id);
  await expect(ticket.message("Hello")).toBeVisible();
  await portal.desk.answer(number, "Through the proxy");
  await expect.poll(() => customer.reads(id), "known to the portal").toContain("Through the proxy");
  await page.clock.runFor(16_000);
  await expect(ticket.message("Through the proxy")).toBeVisible();
});

test("R7: after ten minutes without a network the page is right within three seconds", async ({
  page,
  portal,
  customer,
  context,
}) => {
  await customer.signIn();
  const { id, number } = await customer.opens("Cut off", "Hello");
  const { ticket } = new Screens(page, portal);
  await page.clock.install();
  await ticket.open(id);
  await expect(ticket.message("Hello")).toBeVisible();
  await context.setOffline(true);
  await portal.desk.answer(number, "While you were away");
  await portal.advance(600);
  await portal.desk.setStatus(number, "resolved");
  // Far enough ahead: what a busy machine takes to get there has passed by then.
  await page.clock.pauseAt(Date.now() + 10_000);
  await context.setOffline(false);
  // Three seconds of the page's, however long a busy machine takes for what it does in them.
  let passed = 0;
  await expect(async () => {
    if (passed < 3_000) await page.clock.runFor(100);
    passed += 100;
    await expect(ticket.message("While you were away")).toBeVisible({ timeout: 300 });
    await expect(ticket.status).toHaveText("Solved", { timeout: 300 });
  }).toPass({ intervals: [0], timeout: 60_000 });
});
