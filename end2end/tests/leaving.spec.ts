// Signing out while something waits to be sent: the customer is asked first, and nothing goes without a word.
import type { Page } from "@playwright/test";

import { expect, test } from "../support/fixtures";
import { words } from "../support/media";
import { Screens } from "../support/pages";
import { text } from "../support/texts";
import { hold } from "../support/ways";

test.beforeEach(({ customer }) => customer.signIn());

/** What asks. */
function question(page: Page) {
  const dialog = page.getByRole("dialog", { name: text("unsent-title") });
  const press = (id: string) => dialog.getByRole("button", { name: text(id) }).click();
  return { dialog, stay: () => press("unended-stay"), leave: () => press("unsent-leave") };
}

test("who signs out while a new ticket waits is asked, and it goes when he stays", async ({ page, portal }) => {
  const { newTicket, ticket, account } = new Screens(page, portal);
  const { dialog, stay } = question(page);
  await newTicket.open();
  await page.route("**/api/tickets/open", (route) => route.abort());
  await newTicket.subject.fill("From a tunnel");
  await newTicket.message.fill("Is there light?");
  await newTicket.send.click();
  await expect(page.locator(".form-actions").getByText(text("message-offline"))).toBeVisible();
  await account.signOut();
  await expect(dialog).toBeVisible();
  await stay();
  await expect(dialog).toBeHidden();
  await page.unrouteAll();
  await expect(ticket.heading("From a tunnel")).toBeVisible({ timeout: 30_000 });
});

test("who signs out while a reply waits is asked, and may go all the same", async ({ page, portal, customer }) => {
  const { ticket, overview, account, signIn } = new Screens(page, portal);
  const { dialog, stay, leave } = question(page);
  const { id } = await customer.opens("From a tunnel", "Hello");
  await ticket.open(id);
  await page.route("**/api/tickets/reply", (route) => route.abort());
  await ticket.reply("Is there light?");
  await expect(ticket.message("Is there light?").getByText(text("message-offline"))).toBeVisible();
  // From the page of the account as well.
  await account.openOverview();
  await overview.signOut.click();
  await expect(dialog).toBeVisible();
  await stay();
  await overview.signOut.click();
  await leave();
  await expect(signIn.heading).toBeVisible();
  await expect(dialog).toBeHidden();
});

test("who signs out while a message waits for its file is asked", async ({ page, portal, customer }) => {
  const { ticket, account, signIn } = new Screens(page, portal);
  const { dialog, stay, leave } = question(page);
  const { id } = await customer.opens("With a picture", "Hello");
  await ticket.open(id);
  const file = await hold(page, "**/uploads", "asked");
  await ticket.composer.fill("Here it is");
  await ticket.files.add.setInputFiles(words("seen.txt", "one"));
  await file.came;
  await ticket.send.click();
  await expect(ticket.files.waits).toBeVisible();
  await account.signOut();
  await stay();
  await account.signOut();
  await leave();
  await expect(signIn.heading).toBeVisible();
  await expect(dialog).toBeHidden();
  file.letGo();
});

test("who has sent everything is asked nothing", async ({ page, portal, customer }) => {
  const { ticket, account, signIn } = new Screens(page, portal);
  const { id } = await customer.opens("All said", "Hello");
  await ticket.open(id);
  await ticket.reply("Thank you");
  await ticket.hasSent("Thank you");
  await ticket.composer.fill("A draft is kept");
  await account.signOut();
  await expect(signIn.heading).toBeVisible();
});
