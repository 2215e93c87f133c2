// The demo's own customers: every kind of message has a form, files come through the portal, the blocked only read.
import { Customer } from "../support/customer";
import { expect, test } from "../support/fixtures";
import { Screens } from "../support/pages";
import { text } from "../support/texts";

test("a deleted message says that it was deleted, and nothing of what it said", async ({ page, portal, context }) => {
  await Customer.of(portal, context, "ada@example.com").signIn();
  const { tickets, ticket } = new Screens(page, portal);
  await tickets.open();
  await tickets.row("Which cable do I need?").click();
  await expect(ticket.message(text("message-deleted"))).toBeVisible();
  await expect(ticket.message("HDMI")).toBeVisible();
  await expect(page.getByText(/salary slip|INTERNAL|wrong window, deleted/)).toHaveCount(0);
  expect(await page.content()).not.toMatch(/salary slip|INTERNAL/);
});

test("an automatic message comes from the support as a whole", async ({ page, portal, context }) => {
  await Customer.of(portal, context, "ada@example.com").signIn();
  const { tickets, ticket } = new Screens(page, portal);
  await tickets.open();
  await tickets.row("Welcome packs for the new office").click();
  await expect(ticket.message("one working day")).toContainText("Acme Support");
});

test("a picture shows in place, another file opens by its name, and neither is anybody else's", async ({
  page,
  portal,
  context,
  elsewhere,
}) => {
  await Customer.of(portal, context, "ada@example.com").signIn();
  const { tickets, ticket } = new Screens(page, portal);
  await tickets.open();
  await tickets.row("Scanner sends empty pages").click();
  const picture = ticket.thread.getByRole("img", { name: "scanner tray.png" });
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(320);
  await ticket.backToList();
  await tickets.row("Invoice 2026-118").click();
  const invoice = ticket.thread.getByRole("link", { name: /Invoice 2026-118\.pdf/ });
  const address = new URL((await invoice.getAttribute("href"))!, portal.url).href;
  const answer = await context.request.get(address);
  expect(answer.status()).toBe(200);
  expect(answer.headers()).toMatchObject({ "content-type": "application/pdf", "x-content-type-options": "nosniff" });
  const other = (await elsewhere()).context();
  expect([401, 404]).toContain((await other.request.get(address)).status());
  await Customer.of(portal, other, "bob@example.com").signIn();
  expect((await other.request.get(address)).status()).toBe(404);
});

test("a blocked customer reads on, and what he writes is refused neutrally and stays with him", async ({
  page,
  portal,
  customer,
}) => {
  await customer.signIn();
  const { ticket } = new Screens(page, portal);
  const { id, number } = await customer.opens("You will hear from me", "This is the tenth time!!!");
  await portal.desk.block(customer.address);
  await expect.poll(() => customer.mayCancel(id), "known to be blocked").toBe(false);
  await ticket.open(id);
  await expect(ticket.cancel).toBeHidden();
  await ticket.reply("Let me in");
  await expect(ticket.fault).toHaveText(text("error-not-allowed"));
  await expect(ticket.composer).toHaveValue("Let me in");
  await expect(ticket.message("tenth time")).toBeVisible();
  expect(await portal.desk.incoming(number)).toHaveLength(1);
});
