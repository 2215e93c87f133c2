// The session: half an hour since the last act, kept work when it ends, nothing left when one leaves.
import { expect, test } from "../support/fixtures";
import { codeIn } from "../support/mailbox";
import { Screens } from "../support/pages";

const HALF_AN_HOUR = 30 * 60;

test("a session that ended while one was typing keeps the text, and signing in again goes on there", async ({
  page,
  portal,
  customer,
}) => {
  await customer.signIn();
  const { ticket, sessionOver } = new Screens(page, portal);
  const { id, number } = await customer.opens("Interrupted", "Hello");
  await ticket.open(id);
  await ticket.composer.fill("A long and careful answer");
  await portal.advance(HALF_AN_HOUR + 1);
  // Not by the pointer: the page may have heard of the end already, and its dialog would be in the way.
  await ticket.send.dispatchEvent("click");
  await expect(sessionOver.dialog).toBeVisible();
  await expect(page.getByText("A long and careful answer").first()).toBeAttached();
  const mails = (await portal.mailbox.to(customer.address)).length;
  await expect(sessionOver.kept).toBeVisible();
  await sessionOver.askForCode();
  await expect(sessionOver.code).toBeFocused();
  await sessionOver.enter(codeIn(await portal.mailbox.arrival(customer.address, mails + 1)));
  await expect(sessionOver.dialog).toBeHidden();
  await expect(page).toHaveURL(`${portal.url}/tickets/${id}`);
  await ticket.hasSent("A long and careful answer");
  expect(await portal.desk.incoming(number)).toHaveLength(2);
});

test("a session that ended while nothing was written speaks of nothing that was kept", async ({
  page,
  portal,
  customer,
}) => {
  await customer.signIn();
  const { tickets, sessionOver } = new Screens(page, portal);
  await tickets.open();
  await customer.call("session/sign-out", {});
  await expect(sessionOver.dialog).toBeVisible();
  await expect(sessionOver.kept).toHaveCount(0);
});

test("an act within the half hour prolongs it", async ({ page, portal, customer }) => {
  await customer.signIn();
  const { tickets, ticket } = new Screens(page, portal);
  const { id } = await customer.opens("Busy", "Hello");
  for (let turn = 0; turn < 3; turn += 1) {
    await portal.advance(HALF_AN_HOUR - 60);
    await ticket.open(id);
    await expect(ticket.message("Hello")).toBeVisible();
  }
  await tickets.open();
  await expect(tickets.row("Busy")).toBeVisible();
});

test("signing out in one tab ends what the other tab shows", async ({ page, portal, customer, context }) => {
  await customer.signIn();
  const { ticket, account } = new Screens(page, portal);
  const { id } = await customer.opens("Two tabs", "Not for the next person");
  await ticket.open(id);
  const second = await context.newPage();
  const other = new Screens(second, portal);
  await other.ticket.open(id);
  await expect(other.ticket.message("Not for the next person")).toBeVisible();
  await account.signOut();
  await expect(second.getByText("Not for the next person")).toHaveCount(0);
  const kept = () => Object.keys(localStorage).filter((name) => name.startsWith("portal:"));
  expect(await second.evaluate(kept)).toEqual([]);
});

test("the session cookie is out of reach for scripts", async ({ page, portal, customer, context }) => {
  await customer.signIn();
  await new Screens(page, portal).tickets.open();
  const session = (await context.cookies()).find((cookie) => cookie.name.endsWith("portal-session"));
  expect(session).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
  expect(await page.evaluate(() => document.cookie)).not.toContain("session");
});
