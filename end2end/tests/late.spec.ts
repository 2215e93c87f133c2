// Answers that come late, or not to their end: nothing is stuck, nobody is pulled away, and nobody sees another's.
import { type Page } from "@playwright/test";

import { Customer } from "../support/customer";
import { expect, test } from "../support/fixtures";
import { codeIn } from "../support/mailbox";
import { words } from "../support/media";
import { Screens } from "../support/pages";
import { text } from "../support/texts";
import { hold } from "../support/ways";

test.beforeEach(({ customer }) => customer.signIn());

/** Tickets take no more messages, as in an inbox that is set so. */
async function closedForGood(page: Page) {
  await page.route("**/api/tickets/show", async (route) => {
    const response = await route.fetch();
    const json = (await response.json()) as { changed?: { reply: string } };
    if (json.changed) json.changed.reply = "new_ticket";
    await route.fulfill({ response, json });
  });
}

test("a1 a list that is answered after its customer has signed out is never shown to the next one", async ({
  page,
  portal,
  customer,
  context,
}) => {
  const { tickets, account, signIn } = new Screens(page, portal);
  const { number } = await customer.opens("Known to Grace alone", "Hello");
  await tickets.open();
  await expect(tickets.row("Known to Grace alone")).toBeVisible();
  const list = await hold(page, "**/api/tickets/list");
  await portal.desk.answer(number, "An answer");
  await list.came;
  await account.signOut();
  await expect(signIn.heading).toBeVisible();
  const other = await Customer.known(portal, context);
  const theirs = await hold(page, "**/api/tickets/list");
  await signIn.ask(other.address);
  const { checkEmail } = new Screens(page, portal);
  await checkEmail.enter(codeIn(await portal.mailbox.arrival(other.address, 1)));
  await expect(tickets.heading).toBeVisible();
  list.letGo();
  await theirs.came;
  await expect(page.getByText("Known to Grace alone")).toHaveCount(0);
  theirs.letGo();
  await expect(tickets.none).toBeVisible();
});

test("a preview that comes when its text was sent leaves the field to the next one", async ({ page, portal, customer }) => {
  const { ticket } = new Screens(page, portal);
  const { id } = await customer.opens("Quick hands", "Hello");
  await ticket.open(id);
  await ticket.composer.fill("Sent before it was **shown**");
  const preview = await hold(page, "**/api/tickets/preview");
  await ticket.preview.click();
  await preview.came;
  await ticket.send.click();
  preview.letGo();
  await ticket.hasSent("Sent before it was shown");
  await expect(ticket.composer).toBeVisible();
  await ticket.reply("And the next");
  await ticket.hasSent("And the next");
});

test("a message waits for its file through a loss of the network, and goes with it", async ({
  page,
  portal,
  customer,
  context,
}) => {
  const { ticket } = new Screens(page, portal);
  const { id } = await customer.opens("A tunnel", "Hello");
  await ticket.open(id);
  await page.route("**/uploads", (route) => route.abort(), { times: 1 });
  await ticket.composer.fill("With what I saw");
  await ticket.files.add.setInputFiles(words("seen.txt", "one"));
  await context.setOffline(true);
  await ticket.send.click();
  await context.setOffline(false);
  await ticket.hasSent("With what I saw");
  await expect(ticket.message("With what I saw")).toContainText("seen.txt");
});

test("an answer that begins and never ends keeps the list from nothing that comes later", async ({ page, portal, customer }) => {
  const { tickets } = new Screens(page, portal);
  await customer.opens("There already", "Hello");
  await page.clock.install();
  await page.addInitScript(() => {
    const real = window.fetch;
    let lists = 0;
    window.fetch = async (...asked: Parameters<typeof fetch>) => {
      const [what] = asked;
      const answer = await real(...asked);
      const url = what instanceof Request ? what.url : String(what);
      if (!url.endsWith("/tickets/list") || ++lists > 1) return answer;
      return new Response(new ReadableStream({}), { status: 200, headers: answer.headers });
    };
  });
  await tickets.open();
  await customer.opens("Came meanwhile", "Hello");
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await page.clock.runFor(61_000);
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await expect(tickets.row("Came meanwhile")).toBeVisible();
});

test("who goes elsewhere while a new ticket is on its way stays there", async ({ page, portal, customer }) => {
  const { ticket, newTicket, tickets } = new Screens(page, portal);
  const { id } = await customer.opens("Meanwhile", "Hello");
  await newTicket.open();
  await newTicket.subject.fill("On a slow line");
  await newTicket.message.fill("It takes its time.");
  const sent = await hold(page, "**/api/tickets/open");
  await newTicket.send.click();
  await sent.came;
  await expect(newTicket.message).toHaveJSProperty("readOnly", true);
  await ticket.backToList();
  await tickets.row("Meanwhile").click();
  await expect(ticket.message("Hello")).toBeVisible();
  sent.letGo();
  await expect(page.getByText(text("new-done"))).toBeVisible();
  await expect(page).toHaveURL(`${portal.url}/tickets/${id}`);
  await tickets.newTicket.first().click();
  await expect(newTicket.subject).toHaveValue("");
  await expect(newTicket.message).toHaveValue("");
});

test("what was being written when a ticket was closed for good goes into the new one", async ({ page, portal, customer }) => {
  const { ticket, newTicket } = new Screens(page, portal);
  const { id, number } = await customer.opens("Closed while typing", "Hello");
  await ticket.open(id);
  await ticket.composer.fill("Several careful lines");
  await closedForGood(page);
  await portal.desk.answer(number, "We close this");
  await page.getByRole("link", { name: text("reply-new-ticket") }).click();
  await expect(newTicket.message).toHaveValue("Several careful lines");
  await expect(newTicket.subject).toHaveValue(/Closed while typing/);
  await newTicket.send.click();
  await ticket.hasSent("Several careful lines");
});

test("a subject that nobody typed goes with whoever leaves the form untouched", async ({ page, portal, customer }) => {
  const { ticket, newTicket, tickets } = new Screens(page, portal);
  const { id } = await customer.opens("Left alone", "Hello");
  await tickets.open();
  await expect(tickets.row("Left alone")).toBeVisible();
  await closedForGood(page);
  await tickets.row("Left alone").click();
  await expect(page).toHaveURL(`${portal.url}/tickets/${id}`);
  await page.getByRole("link", { name: text("reply-new-ticket") }).click();
  await expect(newTicket.subject).toHaveValue(/Left alone/);
  await page.goBack();
  await ticket.backToList();
  await tickets.newTicket.first().click();
  await expect(newTicket.subject).toHaveValue("");
});

test("a wait counts down for the eye, and is read out once", async ({ portal, elsewhere }) => {
  const other = await elsewhere();
  const { signIn } = new Screens(other, portal);
  await other.clock.install();
  await signIn.open();
  await other.route("**/api/sign-in/request", (route) =>
    route.fulfill({ status: 429, contentType: "application/json", body: '{"too_many":{"wait_seconds":60}}' }),
  );
  await signIn.ask("ada@example.com");
  const line = other.getByRole("alert").filter({ hasText: "60" });
  const [said, shown] = [line.locator(".visually-hidden"), line.locator("[aria-hidden]").filter({ hasText: "seconds" })];
  await expect(shown).toBeVisible();
  await other.clock.runFor(5_000);
  await expect(shown).toBeVisible();
  await expect(shown).not.toContainText("60");
  await expect(said).toContainText("60");
  await other.clock.runFor(60_000);
  await expect(line).toHaveCount(0);
});

test("what was sent goes when its file is there, wherever one has gone meanwhile", async ({ page, portal, customer }) => {
  const { ticket, tickets, newTicket } = new Screens(page, portal);
  const { id, number } = await customer.opens("With a picture", "Hello");
  await ticket.open(id);
  const file = await hold(page, "**/uploads", "asked");
  await ticket.composer.fill("Here it is");
  await ticket.files.add.setInputFiles(words("seen.txt", "one"));
  await file.came;
  await ticket.send.click();
  await expect(page.getByText(text("files-wait"))).toBeVisible();
  await tickets.newTicket.first().click();
  await expect(newTicket.heading).toBeVisible();
  file.letGo();
  await expect.poll(() => portal.desk.incoming(number)).toEqual([expect.anything(), "Here it is"]);
  expect((await portal.desk.incomingFiles(number)).map((it) => it.name)).toEqual(["seen.txt"]);

  const another = await hold(page, "**/uploads", "asked");
  await newTicket.subject.fill("Sent in passing");
  await newTicket.message.fill("With a file, too");
  await newTicket.files.add.setInputFiles(words("more.txt", "two"));
  await another.came;
  await newTicket.send.click();
  await expect(page.getByText(text("files-wait"))).toBeVisible();
  await tickets.row("With a picture").click();
  await expect(ticket.message("Here it is")).toBeVisible();
  another.letGo();
  await expect(tickets.row("Sent in passing")).toBeVisible();
  await expect(page).toHaveURL(`${portal.url}/tickets/${id}`);
});
