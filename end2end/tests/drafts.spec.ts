// What is being written: there again after a reload, a crash, the end of the session and on another device; gone when sent, and when one leaves.
import type { Page } from "@playwright/test";

import { expect, test } from "../support/fixtures";
import { Screens } from "../support/pages";
import { text } from "../support/texts";
import { reload } from "../support/ways";

const SAVED = text("draft-saved", "en");
/** The most that may be lost. */
const FORTY = 40;
/** Characters at a time, since each key takes the tests a while. */
const A_FEW = 5;

test.beforeEach(({ customer }) => customer.signIn());

/** All that this browser keeps of the portal's. */
function kept(page: Page): Promise<string> {
  return page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
}

test("R6 a reply is kept quietly as one types, and is there on another device", async ({
  page,
  portal,
  customer,
  elsewhere,
}) => {
  const { ticket } = new Screens(page, portal);
  const { id } = await customer.opens("Two devices", "Hello");
  await ticket.open(id);
  await ticket.composer.pressSequentially("Begun at the desk");
  await expect(page.getByText(SAVED)).toBeVisible();
  // Nobody who listens is told at each rest.
  expect(await page.getByText(SAVED).evaluate((line) => line.closest("[aria-live], [role=status]"))).toBeNull();
  const phone = await elsewhere();
  await customer.signInToo(phone.context());
  const there = new Screens(phone, portal);
  await there.ticket.open(id);
  await expect(there.ticket.composer).toHaveValue("Begun at the desk");
  await there.ticket.composer.press("End");
  await there.ticket.composer.pressSequentially(", gone on with on the train");
  await expect(phone.getByText(SAVED)).toBeVisible();
  // Back at the desk.
  await reload(page);
  await expect(ticket.composer).toHaveValue("Begun at the desk, gone on with on the train");
  await ticket.send.click();
  await ticket.hasSent("gone on with on the train");
  await expect(there.ticket.message("gone on with on the train")).toBeVisible();
  await expect(there.ticket.composer).toHaveValue("");
  await reload(phone);
  await expect(there.ticket.message("gone on with on the train")).toBeVisible();
  await expect(there.ticket.composer).toHaveValue("");
});

test("R6 the form for a new ticket is there on another device, and is one ticket", async ({
  page,
  portal,
  customer,
  elsewhere,
}) => {
  const { newTicket, ticket } = new Screens(page, portal);
  await newTicket.open();
  await newTicket.subject.pressSequentially("Half a form");
  await newTicket.message.pressSequentially("The other half");
  await expect(page.getByText(SAVED)).toBeVisible();
  const phone = await elsewhere();
  await customer.signInToo(phone.context());
  const there = new Screens(phone, portal);
  await there.newTicket.open();
  await expect(there.newTicket.subject).toHaveValue("Half a form");
  await expect(there.newTicket.message).toHaveValue("The other half");
  // Sent from both, it is one.
  await newTicket.send.click();
  await expect(ticket.heading("Half a form")).toBeVisible();
  await there.newTicket.send.click();
  await expect(there.ticket.heading("Half a form")).toBeVisible();
  await ticket.hasSent("The other half");
  expect(await portal.desk.conversationsAbout("Half a form")).toHaveLength(1);
  await newTicket.open();
  await expect(newTicket.subject).toHaveValue("");
});

test("R6 a browser that is killed while one types loses forty characters at most", async ({
  page,
  portal,
  customer,
  elsewhere,
}) => {
  const { ticket } = new Screens(page, portal);
  const { id } = await customer.opens("Killed", "Hello");
  await ticket.open(id);
  const long = "All work and no play makes it a long letter, ".repeat(5);
  let [asked, stored] = [0, 0];
  const isDraft = (call: { url(): string }) => call.url().endsWith("/tickets/keep-draft");
  page.on("request", (request) => (asked += Number(isDraft(request))));
  page.on("response", (answer) => (stored += Number(isDraft(answer))));
  // No hand is so quick that it has typed on before what it typed is shown, nor when an answer comes, however slow the machine.
  await ticket.composer.focus();
  for (let at = 0; at < long.length; at += A_FEW) {
    await page.keyboard.insertText(long.slice(at, at + A_FEW));
    await page.evaluate(() => new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(shown))));
    if (asked > stored) await expect.poll(() => asked - stored).toBe(0);
  }
  // Its process ends at once: no event of leaving is heard.
  const session = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent("crash");
  void session.send("Page.crash").catch(() => undefined);
  await crashed;
  expect(stored).toBeGreaterThan(3);
  const other = await elsewhere();
  await customer.signInToo(other.context());
  const there = new Screens(other, portal);
  await there.ticket.open(id);
  await expect(there.ticket.composer).toHaveValue(/All work/);
  const found = await there.ticket.composer.inputValue();
  expect(long.startsWith(found)).toBe(true);
  expect(long.length - found.length).toBeLessThanOrEqual(FORTY);
});

test("R6 a tab that is closed at once loses nothing, on no device", async ({ page, portal, customer, elsewhere }) => {
  const { ticket } = new Screens(page, portal);
  const { id } = await customer.opens("Closed", "Hello");
  await ticket.open(id);
  await ticket.composer.fill("Typed and closed");
  const closed = page.waitForEvent("close");
  await page.close({ runBeforeUnload: true });
  await closed;
  const other = await elsewhere();
  await customer.signInToo(other.context());
  const there = new Screens(other, portal);
  await there.ticket.open(id);
  await expect(there.ticket.composer).toHaveValue("Typed and closed");
});

test("R6 what was being written when the session ended is there where one signs in next", async ({
  page,
  portal,
  customer,
  elsewhere,
}) => {
  const { ticket, sessionOver } = new Screens(page, portal);
  const { id } = await customer.opens("Half an hour", "Hello");
  await ticket.open(id);
  await ticket.composer.fill("Before the break");
  await expect(page.getByText(SAVED)).toBeVisible();
  await portal.advance(30 * 60 + 1);
  await ticket.composer.pressSequentially(", after it");
  await expect(sessionOver.dialog).toBeVisible();
  const other = await elsewhere();
  await customer.signInToo(other.context());
  const there = new Screens(other, portal);
  await there.ticket.open(id);
  await expect(there.ticket.composer).toHaveValue("Before the break");
});

test("signing out wipes this browser, and what is kept comes back with the next sign-in", async ({
  page,
  portal,
  customer,
}) => {
  const { ticket, account, signIn } = new Screens(page, portal);
  const { id } = await customer.opens("Leaving", "Hello");
  await ticket.open(id);
  await ticket.composer.fill("Not for the next person here");
  await expect(page.getByText(SAVED)).toBeVisible();
  expect(await kept(page)).toContain("Not for the next person");
  await account.signOut();
  await expect(signIn.heading).toBeVisible();
  expect(await kept(page)).not.toContain("Not for the next person");
  await customer.signIn();
  await ticket.open(id);
  await expect(ticket.composer).toHaveValue("Not for the next person here");
});

test("what is typed offline stays here, says so, and is kept when the network is back", async ({
  page,
  portal,
  customer,
  context,
  elsewhere,
}) => {
  const { ticket } = new Screens(page, portal);
  const { id } = await customer.opens("In a tunnel", "Hello");
  await ticket.open(id);
  await expect(ticket.message("Hello")).toBeVisible();
  await context.setOffline(true);
  await ticket.composer.fill("Typed in a tunnel");
  await expect(page.getByText(text("draft-here-only", "en"))).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText(SAVED)).toBeVisible();
  const other = await elsewhere();
  await customer.signInToo(other.context());
  const there = new Screens(other, portal);
  await there.ticket.open(id);
  await expect(there.ticket.composer).toHaveValue("Typed in a tunnel");
});

test("two devices that wrote without knowing of each other lose nothing", async ({
  page,
  portal,
  customer,
  context,
  elsewhere,
}) => {
  const { ticket } = new Screens(page, portal);
  const { id } = await customer.opens("Apart", "Hello");
  await ticket.open(id);
  const other = await elsewhere();
  await customer.signInToo(other.context());
  const there = new Screens(other, portal);
  await there.ticket.open(id);
  await context.setOffline(true);
  await ticket.composer.fill("Written in a tunnel");
  await expect(page.getByText(text("draft-here-only", "en"))).toBeVisible();
  await there.ticket.composer.fill("Written on the phone");
  await expect(other.getByText(SAVED)).toBeVisible();
  await context.setOffline(false);
  await expect(ticket.composer).toHaveValue("Written on the phone\n\nWritten in a tunnel");
  await reload(other);
  await expect(there.ticket.composer).toHaveValue("Written on the phone\n\nWritten in a tunnel");
});
