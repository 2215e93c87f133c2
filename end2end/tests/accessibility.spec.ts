// axe finds nothing on any screen in any state, light or dark, on a desktop or a phone.
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

import { A_NEW_ALLOWANCE } from "../support/customer";
import { expect, test } from "../support/fixtures";
import { linkIn } from "../support/mailbox";
import { png, wav, words } from "../support/media";
import { Screens } from "../support/pages";
import { visit } from "../support/ways";

test.afterEach(({ portal }) => portal.desk.weather("well"));

async function isAccessible(page: Page, where: string) {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
    // Only what is seen differs in the dark.
    const { violations } = await (colorScheme === "dark" ? axe.withRules("color-contrast") : axe).analyze();
    const found = violations.flatMap(({ id, help, nodes }) =>
      nodes.map((node) => `${id}: ${help}: ${node.html}\n${node.failureSummary}`),
    );
    expect.soft(found, `${where}, ${colorScheme}`).toEqual([]);
  }
}

test("signing in", async ({ page, portal, customer, elsewhere }) => {
  await portal.advance(A_NEW_ALLOWANCE);
  const { signIn, checkEmail, confirm } = new Screens(page, portal);
  await signIn.open();
  await isAccessible(page, "sign in");
  await signIn.ask("no address");
  await expect(signIn.address).toHaveAttribute("aria-invalid", "true");
  await isAccessible(page, "sign in, refused address");
  await signIn.ask(customer.address);
  await expect(checkEmail.heading).toBeVisible();
  await isAccessible(page, "check your e-mail");
  await checkEmail.enter("2222-2222");
  await expect(checkEmail.code).toHaveAttribute("aria-invalid", "true");
  await isAccessible(page, "check your e-mail, wrong code");
  const link = linkIn(await portal.mailbox.arrival(customer.address));
  const other = await elsewhere();
  await visit(other, link);
  await expect(new Screens(other, portal).confirm.press).toBeVisible();
  await isAccessible(other, "link in another browser");
  await visit(page, `${portal.url}/sign-in/link#${"A".repeat(43)}`);
  await expect(confirm.spent).toBeVisible();
  await isAccessible(page, "link used up");
});

test("tickets", async ({ page, portal, customer }) => {
  await customer.signIn();
  const { tickets, ticket } = new Screens(page, portal);
  await tickets.open();
  await expect(tickets.none).toBeVisible();
  await isAccessible(page, "no tickets");
  const { id, number } = await customer.opens("Every kind of thing", "Hello\n\n> quoted\n\n`code`");
  await portal.desk.answer(
    number,
    "**Bold**, a [link](https://example.com)\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n```\nblock\n```",
  );
  await portal.desk.setStatus((await customer.opens("Solved", "Hello")).number, "resolved");
  await customer.opens("Received", "Hello");
  await tickets.open();
  await expect(tickets.row("Every kind of thing")).toBeVisible();
  await isAccessible(page, "list");
  await ticket.open(id);
  await expect(ticket.message("Bold")).toBeVisible();
  await isAccessible(page, "ticket");
});

test("what one does with a ticket", async ({ page, portal, customer }) => {
  await customer.signIn();
  const { ticket, account } = new Screens(page, portal);
  const { id } = await customer.opens("Acted upon", "Hello");
  await ticket.open(id);
  await ticket.reply("Refused: fail: 422");
  const refused = ticket.message("fail: 422");
  await expect(refused).toHaveAttribute("data-state", "failed");
  await isAccessible(page, "failed reply");
  await ticket.cancel.click();
  await expect(ticket.dialog).toBeVisible();
  await isAccessible(page, "cancel dialog");
  await ticket.confirmCancel.click();
  await expect(ticket.status).toHaveText("Cancelled");
  await isAccessible(page, "cancelled ticket");
  await account.open();
  await isAccessible(page, "account menu");
});

test("files, and what one writes with them", async ({ page, portal, customer }) => {
  await customer.signIn();
  const { ticket } = new Screens(page, portal);
  const { id, number } = await customer.opens("Files and words", "Hello");
  await portal.desk.sendMade(number, [png("tray.png"), wav("voice.wav"), words("log.txt", "09:14")]);
  await ticket.open(id);
  await expect(ticket.thread.locator("audio")).toBeVisible();
  await ticket.files.add.setInputFiles([png("mine.png", 40, 40), words("empty.txt", "")]);
  await ticket.files.isThere("mine.png");
  await expect(ticket.files.row("empty.txt")).toHaveAttribute("data-state", "refused");
  await isAccessible(page, "ticket with files");
  await ticket.files.bring("dragover", ticket.thread, [words("a.txt", "a")]);
  await expect(ticket.files.drop).toBeVisible();
  await isAccessible(page, "files held over the page");
  await ticket.composer.fill("**Strong** words");
  await ticket.preview.click();
  await expect(ticket.previewed).toBeVisible();
  await isAccessible(page, "preview");
  await ticket.thread.getByRole("button", { name: "tray.png" }).click();
  await ticket.viewer.width();
  await isAccessible(page, "picture");
});

test("a new ticket with files, and others like it", async ({ page, portal, customer }) => {
  await customer.signIn();
  const { newTicket } = new Screens(page, portal);
  await customer.opens("Files and words", "Hello");
  await newTicket.open();
  await newTicket.files.add.setInputFiles(words("log.txt", "09:15"));
  await newTicket.files.isThere("log.txt");
  await newTicket.subject.pressSequentially("Files and more");
  await expect(newTicket.similar).toHaveCount(1);
  await isAccessible(page, "new ticket with files");
});

test("the account", async ({ page, portal, customer, elsewhere }) => {
  await customer.signIn();
  const { overview } = new Screens(page, portal);
  await customer.signInToo((await elsewhere()).context());
  await overview.open();
  await expect(overview.sessions).toHaveCount(2);
  await isAccessible(page, "account");
  await overview.openForget.click();
  await expect(overview.dialog).toBeVisible();
  await isAccessible(page, "forget dialog");
});

test("what is missing, refused or over", async ({ page, portal, customer }) => {
  await customer.signIn();
  const { tickets, ticket, newTicket, sessionOver } = new Screens(page, portal);
  await customer.opens("Kept", "Hello");
  await newTicket.open();
  await isAccessible(page, "new ticket");
  await newTicket.send.click();
  await expect(newTicket.subject).toHaveAttribute("aria-invalid", "true");
  await isAccessible(page, "new ticket, faults");
  await visit(page, `${portal.url}/tickets/6bdc3f4d-0bec-4515-a284-5d916fdde489`);
  await expect(ticket.notFound).toBeVisible();
  await isAccessible(page, "ticket not found");
  await visit(page, `${portal.url}/nowhere`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await isAccessible(page, "page not found");
  await tickets.open();
  await expect(tickets.row("Kept")).toBeVisible();
  await portal.advance(31 * 60);
  await expect(sessionOver.dialog).toBeVisible();
  await isAccessible(page, "session over");
});
