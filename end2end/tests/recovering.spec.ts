// What could not be done is tried again by itself, or says so until somebody has seen it.
import { expect, test } from "../support/fixtures";
import { Screens } from "../support/pages";
import { text } from "../support/texts";

test.beforeEach(({ customer }) => customer.signIn());

const REFUSED = { status: 503, contentType: "text/html", body: "<h1>503</h1>" };

test.describe("refused", () => {
  test.use({ faults: [503] });

  test("a ticket on the screen that could not be fetched again is, without anybody asking", async ({
    page,
    portal,
    customer,
  }) => {
    const { ticket, tickets } = new Screens(page, portal);
    const { id, number } = await customer.opens("Refused once", "Hello");
    await ticket.open(id);
    await expect(ticket.message("Hello")).toBeVisible();
    let refused = 0;
    await page.route("**/api/tickets/show", async (route) => {
      refused += 1;
      await route.fulfill(REFUSED);
    });
    await portal.desk.answer(number, "Behind a refusal");
    // The list has it, and no event comes for it any more.
    await expect(tickets.row("Refused once")).toContainText("Behind a refusal");
    await expect.poll(() => refused).toBeGreaterThan(0);
    await page.unrouteAll();
    await expect(ticket.message("Behind a refusal")).toBeVisible({ timeout: 45_000 });
  });

  test("earlier messages that could not be fetched say so, and are there to be tried again", async ({
    page,
    portal,
    customer,
  }) => {
    const { ticket } = new Screens(page, portal);
    const { id, number } = await customer.opens("A long story", "Once upon a time");
    await portal.desk.answer(number, ...Array.from({ length: 101 }, (_, n) => `Part ${n + 1} of the story`));
    await ticket.open(id);
    await expect(ticket.message("Part 101 of the story")).toBeVisible();
    await page.route("**/api/tickets/show", async (route) => {
      const { earlier } = route.request().postDataJSON() as { earlier: number | null };
      await (earlier === null ? route.continue() : route.fulfill(REFUSED));
    });
    await ticket.earlier.focus();
    await page.keyboard.press("Enter");
    await expect(ticket.thread.getByRole("alert")).toHaveText(text("error-unavailable"));
    await expect(ticket.earlier).toBeFocused();
    await page.unrouteAll();
    await expect(async () => {
      if (await ticket.earlier.isVisible()) await page.keyboard.press("Enter");
      await expect(ticket.message("Once upon a time")).toBeVisible({ timeout: 500 });
    }).toPass();
    await expect(ticket.thread.getByRole("alert")).toHaveCount(0);
    // The button has gone, and the focus has not gone with it.
    await expect(ticket.earlier).toBeHidden();
    await expect(ticket.thread).toBeFocused();
  });
});

test("a new ticket written offline says that it waits, and goes by itself", async ({ page, portal, context }) => {
  const { newTicket, ticket } = new Screens(page, portal);
  await newTicket.open();
  await newTicket.subject.fill("Opened in a tunnel");
  await newTicket.message.fill("It is dark here");
  await context.setOffline(true);
  await newTicket.send.click();
  const waits = page.locator(".form-actions").getByText(text("message-offline"));
  await expect(waits).toBeVisible();
  await expect(page.locator("#announcer")).toHaveText(text("message-offline"));
  await expect(page.locator(".new-ticket .error-line")).toBeEmpty();
  // What is still being written does not go.
  await newTicket.message.pressSequentially("!");
  await expect(waits).toBeHidden();
  await newTicket.send.click();
  await expect(waits).toBeVisible();
  await context.setOffline(false);
  await expect(ticket.heading("Opened in a tunnel")).toBeVisible({ timeout: 30_000 });
  await ticket.hasSent("It is dark here!");
  expect(await portal.desk.conversationsAbout("Opened in a tunnel")).toHaveLength(1);
});

test("a new ticket that waits for the network goes though one has left its form", async ({
  page,
  portal,
  customer,
  context,
}) => {
  const { newTicket, tickets, ticket } = new Screens(page, portal);
  await customer.opens("Another one", "Hello");
  await tickets.open();
  await tickets.row("Another one").click();
  await expect(ticket.heading("Another one")).toBeVisible();
  await tickets.newTicket.click();
  await newTicket.subject.fill("Left in a tunnel");
  await newTicket.message.fill("Send it later");
  await context.setOffline(true);
  await newTicket.send.click();
  await expect(page.locator(".form-actions").getByText(text("message-offline"))).toBeVisible();
  await tickets.row("Another one").click();
  await expect(ticket.heading("Another one")).toBeVisible();
  await context.setOffline(false);
  await expect(tickets.row("Left in a tunnel")).toBeVisible({ timeout: 30_000 });
  await expect(ticket.heading("Another one")).toBeVisible();
  await newTicket.open();
  await expect(newTicket.subject).toHaveValue("");
});

test("who could not be signed out is told so until he has seen it, and tries again", async ({ page, portal }) => {
  const { tickets, account, signIn } = new Screens(page, portal);
  await tickets.open();
  await page.route("**/api/session/sign-out", (route) => route.abort());
  await account.signOut();
  const dialog = page.getByRole("dialog", { name: text("unended-title") });
  await expect(dialog).toContainText(text("error-offline"));
  await dialog.getByRole("button", { name: text("try-again") }).click();
  await expect(dialog).toContainText(text("error-offline"));
  await dialog.getByRole("button", { name: text("unended-stay") }).click();
  await expect(dialog).toBeHidden();
  await account.signOut();
  await expect(dialog).toBeVisible();
  await page.unrouteAll();
  await dialog.getByRole("button", { name: text("try-again") }).click();
  await expect(signIn.address).toBeVisible();
  await expect(dialog).toBeHidden();
});

test("who was signed out, though the answer was lost, is not told that he still is signed in", async ({ page, portal }) => {
  const { tickets, account, signIn } = new Screens(page, portal);
  await tickets.open();
  await page.route("**/api/session/sign-out", async (route) => {
    await route.fetch();
    await route.abort();
  });
  await account.signOut();
  await expect(signIn.address).toBeVisible();
  await expect(page.getByRole("dialog", { name: text("unended-title") })).toBeHidden();
});
