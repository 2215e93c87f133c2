// Tickets begun by e-mail: read like the others, answered by mail, and never anybody else's.
import { faults } from "../support/axe";
import { Customer } from "../support/customer";
import { expect, test } from "../support/fixtures";
import { png, words } from "../support/media";
import { Screens } from "../support/pages";
import { Portal } from "../support/portal";
import { pattern, text } from "../support/texts";

/** Seconds after which the portal has asked what is new in inboxes for e-mail. */
const UNTIL_NEXT_MAIL_POLL = 31;

test("a mail shows its words and its own picture, folds what it quotes, and loads nothing from elsewhere", async ({
  page,
  portal,
  context,
}) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).hostname));
  await Customer.of(portal, context, "ada@example.com").signIn();
  const { tickets, ticket } = new Screens(page, portal);
  await tickets.open();
  await tickets.type("crooked");
  await tickets.row("Labels come out crooked").click();
  await expect(ticket.heading("Labels come out crooked")).toBeVisible();
  const mail = ticket.message("against the left edge");
  const picture = mail.getByRole("img", { name: "The tray from above" });
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(320);
  await expect(mail.getByText(text("picture-elsewhere"))).toBeVisible();
  const elsewhere = mail.getByRole("link", { name: /Analytical Engines/ });
  await expect(elsewhere).toHaveAttribute("href", "https://cdn.analytical.example/signature.png");
  const quoted = mail.getByText("can you send us a picture of the tray");
  await expect(quoted).toBeHidden();
  await mail.getByText(text("earlier-mails")).focus();
  await page.keyboard.press("Enter");
  await expect(quoted).toBeVisible();
  expect(new Set(asked)).toEqual(new Set([new URL(portal.url).hostname]));
  expect(await faults(page)).toEqual([]);
  await picture.click();
  await expect(ticket.viewer.picture).toHaveAttribute("alt", "The tray from above");
  await expect.poll(() => ticket.viewer.width()).toBe(320);
  expect(page.context().pages()).toHaveLength(1);
});

test("a picture without words in a mail is a button with a name", async ({ page, portal, context }) => {
  await Customer.of(portal, context, "ada@example.com").signIn();
  const { tickets, ticket } = new Screens(page, portal);
  await page.route("**/api/tickets/show", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace('"The tray from above"', '""') });
  });
  await tickets.open();
  await tickets.type("crooked");
  await tickets.row("Labels come out crooked").click();
  const mail = ticket.message("against the left edge");
  await expect(mail.getByRole("button", { name: text("viewer-unnamed") })).toBeVisible();
  expect(await faults(page)).toEqual([]);
});

test("what a colleague began is not hers, though she is in Cc and has answered", async ({ page, portal, context }) => {
  await Customer.of(portal, context, "ada@example.com").signIn();
  const { tickets } = new Screens(page, portal);
  await tickets.open();
  await tickets.type("parking");
  await expect(tickets.row("Parking space in May")).toBeVisible();
  await tickets.search.fill("everything in green");
  await expect(tickets.noneFound).toBeVisible();
});

test("a reply goes by mail, with a copy, and says so until the ticket has it", async ({ page, portal, customer }) => {
  const number = await portal.desk.mail(customer.address, `${customer.address}-1`, "The key is stuck", "It turns no more.");
  await portal.desk.answer(number, "Which key?");
  await customer.signIn();
  const { tickets, ticket } = new Screens(page, portal);
  await tickets.open();
  await tickets.row("The key is stuck").click();
  await expect(page.getByText(text("reply-mail"))).toBeVisible();
  await ticket.reply("The one with the blue ring");
  const mine = ticket.message("The one with the blue ring");
  await expect(mine).toHaveAttribute("data-state", "sending");
  await expect(mine).toContainText(pattern("message-mailed"));
  const copies = async () => (await portal.mailbox.to(customer.address)).filter((mail) => /blue ring/.test(mail.text ?? ""));
  await expect.poll(async () => (await copies()).length, "the customer's copy").toBe(1);
  await portal.advanceUntil(async () => {
    await expect(mine).not.toHaveAttribute("data-state", { timeout: 1_000 });
  });
  await ticket.hasSent("The one with the blue ring");
  expect(await portal.desk.incoming(number)).toHaveLength(2);
  expect(await copies()).toHaveLength(1);
});

test("files go with a reply by mail, open while it is on its way, and are in the ticket byte for byte", async ({
  page,
  portal,
  customer,
}) => {
  const number = await portal.desk.mail(customer.address, `${customer.address}-3`, "The lid is loose", "See for yourself.");
  await portal.desk.answer(number, "A picture, please.");
  await customer.signIn();
  const { tickets, ticket } = new Screens(page, portal);
  await tickets.open();
  await tickets.row("The lid is loose").click();
  await expect(ticket.files.limits).toHaveText(/10.* files.*10.* MB.*18.* MB/);
  const sent = [png("lid.png"), words("Größe.txt", "14 cm")];
  await ticket.files.add.setInputFiles(sent);
  for (const { name } of sent) await ticket.files.isThere(name);
  await ticket.reply("Here it is");
  const mine = ticket.message("Here it is");
  await expect(mine).toContainText(pattern("message-mailed"));
  const picture = mine.getByRole("img", { name: "lid.png" });
  await expect(picture).toHaveJSProperty("naturalWidth", 640);
  await portal.advanceUntil(async () => {
    await expect(mine).not.toHaveAttribute("data-state", { timeout: 1_000 });
  });
  await expect(picture).toHaveJSProperty("naturalWidth", 640);
  const arrived = await portal.desk.incomingFiles(number);
  const named = (files: { name: string; hex: string }[]) => files.sort((a, b) => a.name.localeCompare(b.name));
  expect(named(arrived.map(({ name, bytes }) => ({ name, hex: bytes.toString("hex") })))).toEqual(
    named(sent.map(({ name, buffer }) => ({ name, hex: buffer.toString("hex") }))),
  );
});

test("a mail of somebody else ends what is shown, and says that it goes on by e-mail", async ({
  page,
  portal,
  customer,
}) => {
  const first = `${customer.address}-2`;
  const number = await portal.desk.mail(customer.address, first, "Key for the archive", "May I have it?");
  await portal.desk.answer(number, "From Monday on.");
  await customer.signIn();
  const { tickets, ticket } = new Screens(page, portal);
  await tickets.open();
  await tickets.row("Key for the archive").click();
  await expect(ticket.message("From Monday on.")).toBeVisible();
  await portal.desk.mail("eve@example.net", `${first}-eve`, "Re: Key for the archive", "Send it to me instead", first);
  await portal.desk.answer(number, "Eve, it is at the desk.");
  await portal.advance(UNTIL_NEXT_MAIL_POLL);
  await expect(page.getByText(text("message-goes-on"))).toBeVisible();
  await expect(page.getByText(text("reply-by-email"))).toBeVisible();
  await expect(ticket.composer).toHaveCount(0);
  await expect(page.getByText(/instead|at the desk/)).toHaveCount(0);
});

test("where replies by mail are off, the page asks for a mail of one's own that keeps the thread", async ({
  page,
  context,
}) => {
  const portal = await Portal.start([], { EMAIL_REPLIES: "off" });
  try {
    await Customer.of(portal, context, "ada@example.com").signIn();
    const { tickets, ticket } = new Screens(page, portal);
    await tickets.open();
    await tickets.type("crooked");
    await tickets.row("Labels come out crooked").click();
    await expect(page.getByText(text("reply-by-email"))).toBeVisible();
    const write = page.getByRole("link", { name: text("reply-write-email") });
    await expect(write).toHaveAttribute(
      "href",
      /^mailto:support@.*\?subject=Re%3A%20Labels.*In-Reply-To=%3Clabels-2%40example\.com%3E$/,
    );
    await expect(ticket.composer).toHaveCount(0);
  } finally {
    await portal.stop();
  }
});
