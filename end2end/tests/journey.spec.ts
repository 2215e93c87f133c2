// The way through, as a customer walks it: from asking for a link to signing out.
import { A_NEW_ALLOWANCE } from "../support/customer";
import { expect, test } from "../support/fixtures";
import { linkIn } from "../support/mailbox";
import { Screens } from "../support/pages";
import { visit } from "../support/ways";

const ADA = "ada@example.com";

test.beforeEach(({ portal }) => portal.advance(A_NEW_ALLOWANCE));

test("a customer signs in, sees all tickets, reads, writes, is answered, cancels, reopens, opens one, signs out", async ({
  page,
  portal,
}, info) => {
  const screens = new Screens(page, portal);
  const { signIn, checkEmail, tickets, ticket, newTicket, account } = screens;
  const subject = `A lamp that flickers (${info.project.name} ${info.workerIndex})`;

  await test.step("she asks for a link, and the mail's link signs in the same browser", async () => {
    await visit(page, portal.url);
    const mails = (await portal.mailbox.to(ADA)).length;
    await signIn.ask(ADA);
    await expect(checkEmail.heading).toBeVisible();
    await visit(page, linkIn(await portal.mailbox.arrival(ADA, mails + 1)));
    await expect(tickets.heading).toBeVisible();
    await expect(page).toHaveURL(`${portal.url}/tickets`);
  });

  await test.step("the list holds all her tickets, the newest first", async () => {
    const hers = await portal.desk.ticketsOf(ADA);
    expect(hers.length).toBeGreaterThan(3);
    await expect(tickets.rows).toHaveCount(hers.length);
    for (const subject of hers) await expect(tickets.row(subject)).toHaveCount(1);
  });

  await test.step("she opens a new ticket by a double click, and it is one", async () => {
    await tickets.newTicket.click();
    await newTicket.subject.fill(subject);
    await newTicket.message.fill("Since **Tuesday**.\n\nWhat can I do?");
    await newTicket.send.dblclick();
    await expect(ticket.heading(subject)).toBeVisible();
    await expect(ticket.status).toHaveText("Received");
    await expect(ticket.message("What can I do?")).toBeVisible();
    await expect(ticket.thread.getByText(subject)).toHaveCount(0);
    await expect.poll(() => portal.desk.conversationsAbout(subject)).toHaveLength(1);
  });

  const id = new URL(page.url()).pathname.split("/").at(-1)!;
  const { id: number } = await portal.desk.conversationOf(id);

  await test.step("the support team sees the subject in bold above the text", async () => {
    const [first] = await portal.desk.incoming(number);
    expect(first).toMatch(/^\*\*A lamp that flickers .*\*\*\n\nSince \*\*Tuesday\*\*\.\n\nWhat can I do\?$/);
  });

  await test.step("an agent's answer appears by itself, his note does not", async () => {
    await portal.desk.note(number, "She rang before, be kind.");
    await portal.desk.answer(
      number,
      "Try **another bulb**:\n\n1. switch off\n2. change it\n\nSee [the manual](https://example.com/manual).",
    );
    const answer = ticket.message("another bulb");
    await expect(answer).toBeVisible();
    await expect(answer.locator("strong")).toHaveText("another bulb");
    await expect(answer.getByRole("listitem")).toHaveText(["switch off", "change it"]);
    await expect(answer.getByRole("link", { name: /the manual/ })).toHaveAttribute("rel", /noopener/);
    await expect(ticket.thread.getByText("John Doe")).toBeVisible();
    await expect(page.getByText("be kind")).toHaveCount(0);
    await expect(ticket.status).toHaveText("Waiting for you");
  });

  await test.step("her reply shows at once and is then sent, once", async () => {
    await ticket.reply("It was the bulb, thank you.");
    await expect(ticket.message("It was the bulb")).toBeVisible();
    await expect(ticket.composer).toHaveValue("");
    await ticket.hasSent("It was the bulb");
    await expect(ticket.status).toHaveText("In progress");
    const incoming = await portal.desk.incoming(number);
    expect(incoming.filter((text) => text.includes("It was the bulb"))).toHaveLength(1);
  });

  await test.step("an answer while she reads another ticket leaves a mark of unread", async () => {
    await ticket.backToList();
    await tickets.rows.nth(1).click();
    await expect(ticket.heading(subject)).toBeHidden();
    await expect(ticket.composer).toBeVisible();
    await ticket.backToList();
    await portal.desk.answer(number, "You are welcome.");
    await expect(tickets.row(subject)).toContainText("You are welcome.");
    await expect(tickets.unread(subject)).toBeVisible();
    const seen = page.waitForResponse((answer) => answer.url().endsWith("/api/tickets/seen"));
    await tickets.row(subject).click();
    await expect(ticket.message("You are welcome.")).toBeVisible();
    await seen;
    await ticket.backToList();
    await expect(tickets.unread(subject)).toBeHidden();
  });

  await test.step("she cancels, after being told what it does", async () => {
    await tickets.row(subject).click();
    await ticket.cancel.click();
    await expect(ticket.dialog).toBeVisible();
    await ticket.keep.click();
    await expect(ticket.dialog).toBeHidden();
    await expect(ticket.status).not.toHaveText("Cancelled");
    await ticket.cancel.click();
    await ticket.confirmCancel.click();
    await expect(ticket.status).toHaveText("Cancelled");
    await expect.poll(async () => (await portal.desk.conversationOf(id)).status).toBe("resolved");
    expect((await portal.desk.conversationOf(id)).labels).toContain("cancelled-by-customer");
  });

  await test.step("a reply reopens it, which is said before", async () => {
    await expect(ticket.reopens).toBeVisible();
    await ticket.reply("It flickers again.");
    await expect(ticket.status).toHaveText("In progress");
    await expect.poll(async () => (await portal.desk.conversationOf(id)).status).toBe("open");
    await expect.poll(async () => (await portal.desk.conversationOf(id)).labels).not.toContain("cancelled-by-customer");
  });

  await test.step("she signs out, and Back shows nothing of hers", async () => {
    await account.signOut();
    await expect(signIn.address).toBeVisible();
    await page.goBack();
    await expect(signIn.address).toBeVisible();
    await expect(page.getByText(subject)).toHaveCount(0);
    await expect(page.getByText("It flickers again.")).toHaveCount(0);
  });
});
