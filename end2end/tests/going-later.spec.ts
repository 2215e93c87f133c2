// A new ticket that found nobody goes by itself, once, whatever happens meanwhile; and what keeps it from going is told.
import type { Page } from "@playwright/test";

import { expect, test } from "../support/fixtures";
import { codeIn } from "../support/mailbox";
import { Screens } from "../support/pages";
import type { Portal } from "../support/portal";
import { text } from "../support/texts";
import { hold } from "../support/ways";

const OPEN = "**/api/tickets/open";
const KEEP = "**/api/tickets/keep-draft";

test.beforeEach(({ customer }) => customer.signIn());

/** What says that it waits. */
function waits(page: Page) {
  return page.locator(".form-actions").getByText(text("message-offline"));
}

function notice(page: Page, words: string) {
  return page.locator(".notice").getByText(text(words));
}

/** There is one such ticket, here and in Chatwoot, where it comes a little later. */
async function isOne(page: Page, portal: Portal, subject: string) {
  await expect(new Screens(page, portal).tickets.row(subject)).toHaveCount(1);
  await expect.poll(async () => (await portal.desk.conversationsAbout(subject)).length).toBe(1);
}

for (const when of ["before it is said that nobody was found", "while it waits"]) {
  test(`a ticket that has arrived, whose draft takes another key ${when}, is one`, async ({ page, portal }) => {
    const { newTicket, ticket } = new Screens(page, portal);
    await newTicket.open();
    // The server has the ticket, and is asked to keep its draft, before the page hears of either.
    const draft = await hold(page, KEEP, "asked");
    let gone: Promise<unknown> = Promise.resolve();
    let tries = 0;
    await page.route(OPEN, async (route) => {
      tries += 1;
      if (tries > 1) return route.continue();
      await route.fetch();
      await gone;
      await route.abort();
    });
    const isLate = when === "while it waits";
    const kept = page.waitForResponse(KEEP);
    if (!isLate) gone = kept;
    await newTicket.subject.fill("Lost answer");
    await newTicket.message.fill("Is it there?");
    const asked = page.waitForRequest(OPEN);
    await newTicket.send.click();
    await asked;
    await draft.came;
    if (isLate) await expect(waits(page)).toBeVisible();
    draft.letGo();
    await expect(ticket.heading("Lost answer")).toBeVisible({ timeout: 30_000 });
    await ticket.hasSent("Is it there?");
    await isOne(page, portal, "Lost answer");
    expect(tries).toBe(2);
    await newTicket.open();
    await expect(newTicket.subject).toHaveValue("");
  });
}

test("what waits and is sent by hand meanwhile is one ticket, though its draft has another key", async ({
  page,
  portal,
}) => {
  const { newTicket, ticket } = new Screens(page, portal);
  await newTicket.open();
  await page.route(OPEN, (route) => route.abort());
  await page.route(
    OPEN,
    async (route) => {
      await route.fetch();
      await route.abort();
    },
    { times: 1 },
  );
  const draft = await hold(page, KEEP, "asked");
  await newTicket.subject.fill("Pressed again");
  await newTicket.message.fill("Is it there?");
  await newTicket.send.click();
  await draft.came;
  await expect(waits(page)).toBeVisible();
  const kept = page.waitForResponse(KEEP);
  draft.letGo();
  await kept;
  // A write that the server takes comes after the one that it refused.
  await page.waitForResponse(KEEP);
  await newTicket.send.click();
  await page.unroute(OPEN);
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await expect(ticket.heading("Pressed again")).toBeVisible({ timeout: 30_000 });
  await isOne(page, portal, "Pressed again");
});

test("what waits goes from the next page, wherever one is there", async ({ page, portal, context }) => {
  const { newTicket } = new Screens(page, portal);
  await newTicket.open();
  await page.route(OPEN, (route) => route.abort());
  await newTicket.subject.fill("Left behind");
  await newTicket.message.fill("Send it later");
  await newTicket.send.click();
  await expect(waits(page)).toBeVisible();
  await page.close();
  const next = await context.newPage();
  const there = new Screens(next, portal);
  await there.tickets.open();
  await expect(notice(next, "new-done")).toBeVisible();
  await expect(there.tickets.row("Left behind")).toBeVisible();
  await isOne(next, portal, "Left behind");
  await there.newTicket.open();
  await expect(there.newTicket.subject).toHaveValue("");
});

test("what is written on while it goes stays with its writer", async ({ page, portal }) => {
  const { newTicket, tickets } = new Screens(page, portal);
  await newTicket.open();
  await page.route(OPEN, (route) => route.abort());
  await newTicket.subject.fill("Written on");
  await newTicket.message.fill("The first thought");
  await newTicket.send.click();
  await expect(waits(page)).toBeVisible();
  const again = await hold(page, OPEN, "asked");
  await again.came;
  await newTicket.message.pressSequentially(" and the next");
  again.letGo();
  await expect(notice(page, "new-done")).toBeVisible();
  await expect(tickets.row("Written on")).toBeVisible();
  await expect(newTicket.message).toBeFocused();
  await expect(newTicket.message).toHaveValue("The first thought and the next");
  await isOne(page, portal, "Written on");
});

test.describe("where its form was left", () => {
  test.beforeEach(async ({ page, portal, customer }) => {
    const { newTicket, tickets, ticket } = new Screens(page, portal);
    await customer.opens("Another one", "Hello");
    await tickets.open();
    await tickets.newTicket.first().click();
    await page.route(OPEN, (route) => route.abort());
    await newTicket.subject.fill("Left alone");
    await newTicket.message.fill("Send it later");
    await newTicket.send.click();
    await expect(waits(page)).toBeVisible();
    await tickets.row("Another one").click();
    await expect(ticket.heading("Another one")).toBeVisible();
  });

  test("why it does not go is told", async ({ page, portal }) => {
    const { newTicket } = new Screens(page, portal);
    await page.route(OPEN, (route) =>
      route.fulfill({ status: 403, contentType: "application/json", body: '"not_allowed"' }),
    );
    await expect(notice(page, "error-not-allowed")).toBeVisible({ timeout: 30_000 });
    await page.unroute(OPEN);
    await newTicket.open();
    await expect(newTicket.subject).toHaveValue("Left alone");
    await expect(waits(page)).toBeHidden();
  });

  test("it waits for whoever has to sign in again", async ({ page, portal, customer }) => {
    const { tickets, sessionOver } = new Screens(page, portal);
    await page.unroute(OPEN);
    await page.route(
      OPEN,
      (route) => route.fulfill({ status: 401, contentType: "application/json", body: '"signed_out"' }),
      { times: 1 },
    );
    await expect(sessionOver.dialog).toBeVisible({ timeout: 30_000 });
    const mails = (await portal.mailbox.to(customer.address)).length;
    await sessionOver.askForCode();
    await sessionOver.enter(codeIn(await portal.mailbox.arrival(customer.address, mails + 1)));
    await expect(tickets.row("Left alone")).toBeVisible({ timeout: 30_000 });
    await expect(notice(page, "new-done")).toBeVisible();
    await isOne(page, portal, "Left alone");
  });
});
