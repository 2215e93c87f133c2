// A message that was found: the ticket opens there, however far back it is, and stays as it was where there is none.
import type { Page } from "@playwright/test";

import { faults } from "../support/axe";
import { A_NEW_ALLOWANCE } from "../support/customer";
import { expect, test } from "../support/fixtures";
import { codeIn } from "../support/mailbox";
import { Screens } from "../support/pages";
import { text } from "../support/texts";
import { hold, reload, visit } from "../support/ways";

test.beforeEach(({ customer }) => customer.signIn());

const SHOW = "**/api/tickets/show";

/** Long enough that no two screens show all of them. */
const lines = (count: number) => Array.from({ length: count }, (_, n) => `Straw ${n + 1}.\n\nAnd more of it.`);

/** The words are in the address, and the message at which the ticket opens. */
function address(page: Page) {
  const { searchParams } = new URL(page.url());
  return { words: searchParams.get("q"), message: searchParams.get("message") };
}

/** Somebody does nothing for longer than the page takes to see that what is in sight was seen. */
async function rests(page: Page) {
  await page.clock.runFor(3_000);
}

/** The end is in sight and nothing is marked, in the next frames neither. */
async function isAtEnd(page: Page, ticket: Screens["ticket"], last: string) {
  await expect(ticket.message(last)).toBeInViewport();
  for (let frame = 0; frame < 3; frame += 1) await page.evaluate(() => new Promise(requestAnimationFrame));
  await expect(ticket.message(last)).toBeInViewport();
  await expect(ticket.hit).toHaveCount(0);
}

/** Earlier messages are held back until they are let go. */
async function holdEarlier(page: Page): Promise<() => void> {
  let letGo = () => {};
  const gone = new Promise<void>((resolve) => (letGo = resolve));
  await page.route(SHOW, async (route) => {
    const { earlier } = route.request().postDataJSON() as { earlier: number | null };
    if (earlier !== null) await gone;
    await route.continue();
  });
  return letGo;
}

test("a row opens its ticket at the message that was found, and so do Back, Forward and a reload", async ({
  page,
  portal,
  customer,
}) => {
  const { tickets, ticket } = new Screens(page, portal);
  const { id, number } = await customer.opens("Hay", "Hello");
  await portal.desk.answer(number, "The Größe of the *needle*.\n\nNeedlework, but no pinneedle.", ...lines(30));
  await tickets.open("?q=grosse%20needle");
  await tickets.row("Hay").click();
  await ticket.isAt("The Größe");
  expect(await ticket.marked()).toEqual(["Größe", "needle", "Needlework"]);
  await expect(page.locator("#announcer")).toHaveText(text("found-message"));
  expect(address(page)).toEqual({ words: "grosse needle", message: expect.stringMatching(/^m\d+$/) });
  expect(await faults(page)).toEqual([]);

  await page.goBack();
  await expect(ticket.thread).toBeHidden();
  await expect(tickets.search).toHaveValue("grosse needle");
  await expect(tickets.row("Hay")).toBeFocused();
  expect(await ticket.marked()).toEqual([]);
  await page.goForward();
  await ticket.isAt("The Größe");
  await reload(page);
  await ticket.isAt("The Größe");
  expect(page.url()).toContain(id);
});

test("with the keyboard too, and from there on one goes on in the thread", async ({ page, portal, customer }) => {
  const { tickets, ticket } = new Screens(page, portal);
  const { number } = await customer.opens("Hay", "Hello");
  await portal.desk.answer(number, "The needle: https://example.com/needle", ...lines(30));
  await tickets.open("?q=needle");
  await tickets.row("Hay").focus();
  await page.keyboard.press("Enter");
  await ticket.isAt("The needle");
  await page.keyboard.press("Tab");
  await expect(ticket.hit.getByRole("link")).toBeFocused();
});

test("a message further back is fetched, through all that came after it", async ({ page, portal, customer }) => {
  const { tickets, ticket } = new Screens(page, portal);
  const { number } = await customer.opens("Hay", "The needle");
  await portal.desk.answer(number, ...lines(230));
  await tickets.open("?q=needle");
  await tickets.row("Hay").click();
  await ticket.isAt("The needle");
  await expect(ticket.earlier).toBeHidden();
  await reload(page);
  await ticket.isAt("The needle");
});

test("in a long message the words come into sight", async ({ page, portal, customer }) => {
  const { tickets, ticket } = new Screens(page, portal);
  const { number } = await customer.opens("Hay", "Hello");
  const hay = Array.from({ length: 80 }, (_, n) => `Hay ${n}`).join("\n\n");
  await portal.desk.answer(number, `${hay}\n\nThe **needle**\n\n${hay}`, ...lines(10));
  await tickets.open("?q=needle");
  await tickets.row("Hay").click();
  await expect(ticket.hit.locator("strong")).toBeInViewport();
});

test("what was deleted meanwhile, or never was, leaves the ticket at its end", async ({ page, portal, customer }) => {
  const { tickets, ticket } = new Screens(page, portal);
  const { id, number } = await customer.opens("Hay", "Hello");
  await portal.desk.answer(number, "The needle", ...lines(120));
  await tickets.open("?q=needle");
  const known = (await tickets.row("Hay").getAttribute("href"))!;
  await portal.desk.deletes(number, Number(/message=m(\d+)$/.exec(known)![1]));
  const origin = new URL(portal.url).origin;
  const never = `${portal.url}/tickets/${id}?q=needle&message=`;
  for (const to of [origin + known, `${never}m1`, `${never}%5D%22%3Cb%3E`]) {
    await visit(page, to);
    // All there is was looked through.
    await expect(ticket.message(text("message-deleted"))).toBeAttached();
    await isAtEnd(page, ticket, "Straw 120.");
  }
  await visit(page, never);
  await isAtEnd(page, ticket, "Straw 120.");
  await expect(ticket.earlier).toBeAttached();
});

test("a ticket whose earlier messages cannot be had now stays at its end", async ({ page, portal, customer }) => {
  const { tickets, ticket } = new Screens(page, portal);
  const { number } = await customer.opens("Hay", "The needle");
  await portal.desk.answer(number, ...lines(120));
  await tickets.open("?q=needle");
  await page.route(SHOW, async (route) => {
    const { earlier } = route.request().postDataJSON() as { earlier: number | null };
    await (earlier === null ? route.continue() : route.abort());
  });
  const failed = page.waitForEvent("requestfailed");
  await tickets.row("Hay").click();
  await failed;
  await isAtEnd(page, ticket, "Straw 120.");
  // It is the end that is read then.
  await expect(page).toHaveTitle(/^Hay/);
  // Whoever asks for them by hand is not moved.
  await page.unrouteAll();
  await ticket.scrollToTop();
  await ticket.earlier.click();
  await expect(ticket.message("The needle")).toBeAttached();
  await expect(ticket.hit).toHaveCount(0);
});

test("words of the subject alone open the ticket at its end", async ({ page, portal, customer }) => {
  const { tickets, ticket } = new Screens(page, portal);
  const { number } = await customer.opens("Haystack", "Hello");
  await portal.desk.answer(number, ...lines(30));
  await tickets.open("?q=haystack");
  await expect(tickets.row("Haystack")).not.toHaveAttribute("href", /message/);
  await tickets.row("Haystack").click();
  await expect(ticket.message("Straw 30.")).toBeInViewport();
  await expect(ticket.heading("Haystack")).toBeFocused();
  await expect(ticket.hit).toHaveCount(0);
});

test("what comes after the message is seen once one has come to the end", async ({ page, portal, customer }) => {
  await page.clock.install();
  const { tickets, ticket } = new Screens(page, portal);
  const { number } = await customer.opens("Hay", "The needle");
  await portal.desk.answer(number, ...lines(130));
  await tickets.open("?q=needle");
  await expect(tickets.unread("Hay")).toBeVisible();
  // While it is on its way there, too.
  const held = await hold(page, SHOW);
  await tickets.row("Hay").click();
  await held.came;
  await expect(ticket.thread).toBeHidden();
  held.letGo();
  await expect(ticket.thread).toBeVisible();
  await ticket.isAt("The needle");
  await rests(page);
  await expect(page).toHaveTitle(/^\(1\)/);

  await portal.desk.answer(number, "The news");
  await expect(ticket.newBelow).toBeVisible();
  await ticket.isAt("The needle");
  await ticket.newBelow.click();
  await expect(ticket.message("The news")).toBeInViewport();
  await expect(page).toHaveTitle(/^Hay/);
});

test("the end that is in sight while an earlier message is fetched is not seen", async ({ page, portal, customer }) => {
  await page.clock.install();
  const { tickets, ticket } = new Screens(page, portal);
  const { number } = await customer.opens("Hay", "The needle");
  await portal.desk.answer(number, ...lines(130));
  await tickets.open("?q=needle");
  const letGo = await holdEarlier(page);
  await tickets.row("Hay").click();
  await expect(ticket.message("Straw 130.")).toBeInViewport();
  await rests(page);
  await expect(page).toHaveTitle(/^\(1\)/);
  letGo();
  await ticket.isAt("The needle");
});

test("who moves in the ticket meanwhile stays where he is", async ({ page, portal, customer }) => {
  await page.clock.install();
  const { tickets, ticket } = new Screens(page, portal);
  const { number } = await customer.opens("Hay", "The needle");
  await portal.desk.answer(number, ...lines(130));
  await tickets.open("?q=needle");
  const letGo = await holdEarlier(page);
  await tickets.row("Hay").click();
  await expect(ticket.message("Straw 130.")).toBeInViewport();
  await ticket.composer.click();
  await page.keyboard.type("Meanwhile");
  letGo();
  await expect(ticket.message("The needle")).toBeAttached();
  await rests(page);
  await expect(ticket.composer).toBeFocused();
  await expect(ticket.message("Straw 130.")).toBeInViewport();
  await expect(ticket.hit).toHaveCount(0);
});

test("other words lead to another message of the ticket that is open, and the row again to the same", async ({
  page,
  portal,
  customer,
}) => {
  const { tickets, ticket } = new Screens(page, portal);
  const { number } = await customer.opens("Hay", "Hello");
  await portal.desk.answer(number, "The needle", ...lines(20), "The thimble", ...lines(20));
  await tickets.open("?q=needle");
  await tickets.row("Hay").click();
  await ticket.isAt("The needle");
  await ticket.thread.evaluate((thread) => (thread.scrollTop = thread.scrollHeight));
  await expect(ticket.hit).not.toBeInViewport();
  await tickets.row("Hay").click();
  await ticket.isAt("The needle");

  await tickets.search.fill("thimble");
  await expect(ticket.hit).toHaveCount(0);
  expect(await ticket.marked()).toEqual([]);
  await expect(tickets.row("Hay")).toContainText("The thimble");
  await tickets.row("Hay").click();
  await ticket.isAt("The thimble");
  expect(await ticket.marked()).toEqual(["thimble"]);
  // Typing took the place of what was there before it.
  await page.goBack();
  await expect(ticket.hit).toHaveCount(0);
  await page.goForward();
  await ticket.isAt("The thimble");
});

test("signing in on the way leads to the ticket", async ({ portal, customer, elsewhere }) => {
  const { id, number } = await customer.opens("Hay", "Hello");
  await portal.desk.answer(number, "The needle");
  const other = await elsewhere();
  const { signIn, checkEmail, ticket } = new Screens(other, portal);
  await portal.advance(A_NEW_ALLOWANCE);
  const before = (await portal.mailbox.to(customer.address)).length;
  await visit(other, `${portal.url}/tickets/${id}?q=needle&message=m1`);
  await signIn.ask(customer.address);
  await checkEmail.enter(codeIn(await portal.mailbox.arrival(customer.address, before + 1)));
  await expect(ticket.message("The needle")).toBeVisible();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("the message is in sight, and Back leads to the row", async ({ page, portal, customer }) => {
    const { tickets, ticket } = new Screens(page, portal);
    await customer.opensMany(20, "Grass");
    const { number } = await customer.opens("Hay", "Hello");
    await portal.desk.answer(number, "The needle", ...lines(30));
    await tickets.open("?q=hello");
    await tickets.search.fill("hay needle");
    await expect(tickets.row("Hay")).toContainText("The needle");
    await tickets.row("Hay").tap();
    await ticket.isAt("The needle");
    await page.goBack();
    await expect(tickets.row("Hay")).toBeFocused();
    await expect(tickets.search).toHaveValue("hay needle");
  });

  test("on its side the message is in sight too, where all of the ticket scrolls", async ({ page, portal, customer }) => {
    await page.setViewportSize({ width: 844, height: 360 });
    const { tickets, ticket } = new Screens(page, portal);
    const { number } = await customer.opens("Hay", "Hello");
    await portal.desk.answer(number, "The needle", ...lines(30));
    await tickets.open("?q=needle");
    await tickets.row("Hay").tap();
    await ticket.isAt("The needle");
  });
});
