// The keyboard alone is enough, and whoever cannot see the page is told where he is.
import { A_NEW_ALLOWANCE } from "../support/customer";
import { expect, test } from "../support/fixtures";
import { codeIn } from "../support/mailbox";
import { Screens } from "../support/pages";
import { text } from "../support/texts";
import { tabTo } from "../support/ways";

test("one signs in, opens a ticket, replies and cancels without a pointer", async ({ page, portal, customer }) => {
  await portal.advance(A_NEW_ALLOWANCE);
  const { signIn, checkEmail, tickets, newTicket, ticket } = new Screens(page, portal);
  const { keyboard } = page;
  await signIn.open();
  await tabTo(page, signIn.address);
  await keyboard.type(customer.address);
  await keyboard.press("Enter");
  await expect(checkEmail.heading).toBeFocused();
  await tabTo(page, checkEmail.code);
  await keyboard.type(codeIn(await portal.mailbox.arrival(customer.address)));
  await keyboard.press("Enter");
  await expect(tickets.heading).toBeFocused();
  await tabTo(page, tickets.newTicket);
  await keyboard.press("Enter");
  await expect(newTicket.heading).toBeFocused();
  await tabTo(page, newTicket.subject);
  await keyboard.type("Typed");
  await keyboard.press("Tab");
  await expect(newTicket.message).toBeFocused();
  await keyboard.type("All by hand");
  await tabTo(page, newTicket.send);
  await keyboard.press("Enter");
  await expect(ticket.heading("Typed")).toBeFocused();
  await tabTo(page, ticket.composer);
  await keyboard.type("And a reply");
  await tabTo(page, ticket.send);
  await keyboard.press("Enter");
  await expect(ticket.message("And a reply")).toBeVisible();
  await expect(ticket.composer).toBeFocused();
  await tabTo(page, ticket.cancel, "Shift+Tab");
  await keyboard.press("Enter");
  await expect(ticket.dialog).toBeVisible();
  await keyboard.press("Escape");
  await expect(ticket.dialog).toBeHidden();
  await expect(ticket.cancel).toBeFocused();
  await keyboard.press("Enter");
  await tabTo(page, ticket.confirmCancel);
  await keyboard.press("Enter");
  await expect(ticket.status).toHaveText("Cancelled");
});

test("a way past the head of the page comes first", async ({ page, portal, customer }) => {
  await customer.signIn();
  const { tickets } = new Screens(page, portal);
  await customer.opens("Skipped to", "Hello");
  await tickets.open();
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press("Tab");
  await expect(page.locator(".skip")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("main:focus, main :focus")).toHaveCount(1);
});

test("each change of screen sets the title, moves the focus to the heading and is announced", async ({
  page,
  portal,
  customer,
}) => {
  await customer.signIn();
  const { tickets, ticket, newTicket } = new Screens(page, portal);
  await customer.opens("Where am I", "Hello");
  await tickets.open();
  await expect(page).toHaveTitle(/Your tickets/);
  await tickets.row("Where am I").click();
  await expect(page).toHaveTitle(/Where am I/);
  await expect(ticket.heading("Where am I")).toBeFocused();
  await expect(page.locator("#announcer")).toHaveText("Where am I");
  await ticket.backToList();
  await tickets.newTicket.click();
  await expect(page).toHaveTitle(/New ticket/);
  await expect(newTicket.heading).toBeFocused();
});

test("an agent's answer is announced to whoever cannot see it come", async ({ page, portal, customer }) => {
  await customer.signIn();
  const { ticket } = new Screens(page, portal);
  const { id, number } = await customer.opens("Listening", "Hello");
  await ticket.open(id);
  await expect(ticket.message("Hello")).toBeVisible();
  await portal.desk.answer(number, "Heard you");
  await expect(page.locator("#announcer")).toContainText("John Doe");
});

test("what became of a ticket is announced, with the answer before it, and what one takes back brings no old answer up again", async ({
  page,
  portal,
  customer,
}) => {
  await customer.signIn();
  const { ticket } = new Screens(page, portal);
  const { id, number } = await customer.opens("Listening on", "Hello");
  await ticket.open(id);
  const said = page.locator("#announcer");
  await portal.desk.tells(number, "It is done");
  await portal.desk.setStatus(number, "resolved");
  await expect(ticket.status).toHaveText("Solved");
  await expect(said).toContainText(text("event-solved"));
  await portal.desk.answer(number, "Anything else?");
  await expect(said).toContainText("John Doe");

  // Behind one that may have arrived, it surely was not sent.
  await portal.desk.weather("down503");
  await ticket.reply("One moment");
  await ticket.reply("I have a question");
  const mine = ticket.message("I have a question");
  await portal.advanceUntil(() => expect(ticket.takeBack(mine)).toBeVisible({ timeout: 1_000 }));
  await said.evaluate((line) => line.replaceChildren());
  await ticket.takeBack(mine).click();
  await expect(mine).toHaveCount(0);
  await expect(said).not.toContainText("John Doe");
  await expect(ticket.newBelow).toHaveCount(0);
  await portal.desk.weather("well");
});

test("a dialog that was closed and opened again in a hurry stays open", async ({ page, portal, customer }) => {
  await customer.signIn();
  const { overview } = new Screens(page, portal);
  await overview.open();
  await overview.openForget.click();
  await expect(overview.dialog).toBeVisible();
  // A browser tells of a close a task later, when the next press may have come.
  await overview.dialog.evaluate(async (dialog) => {
    dialog.dispatchEvent(new Event("close"));
    await new Promise(requestAnimationFrame);
  });
  await expect(overview.dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(overview.dialog).toBeHidden();
  await expect(overview.openForget).toBeFocused();
});

test("Ctrl+Enter sends a new ticket as it sends a reply, and both say so", async ({ page, portal, customer }) => {
  await customer.signIn();
  const { newTicket, ticket } = new Screens(page, portal);
  await newTicket.open();
  await newTicket.subject.fill("Quick");
  await newTicket.message.fill("By two keys");
  await expect(newTicket.message).toHaveAttribute("aria-keyshortcuts", /Control\+Enter/);
  // A telephone has no such keys.
  const visible = await page.evaluate(() => matchMedia("(any-hover: hover)").matches);
  await expect(page.getByText(text("reply-send-keys"))).toBeVisible({ visible });
  await page.keyboard.press("Control+Enter");
  await expect(ticket.heading("Quick")).toBeVisible();
  await expect(ticket.composer).toHaveAttribute("aria-keyshortcuts", /Control\+Enter/);
  await ticket.composer.fill("And an answer");
  await page.keyboard.press("Control+Enter");
  await ticket.hasSent("And an answer");
});

test("the account menu closes when the keyboard goes on, and its button still opens and closes it", async ({
  page,
  portal,
  customer,
}) => {
  await customer.signIn();
  const { tickets, account } = new Screens(page, portal);
  await tickets.open();
  const button = page.locator(".account-button");
  await button.focus();
  await page.keyboard.press("Enter");
  await expect(account.menu).toBeVisible();
  await tabTo(page, tickets.newTicket);
  await expect(account.menu).toBeHidden();
  await button.click();
  await expect(account.menu).toBeVisible();
  await button.click();
  await expect(account.menu).toBeHidden();
});

test("the same words told twice are read out twice", async ({ page, portal, customer }) => {
  await customer.signIn();
  const { tickets, account } = new Screens(page, portal);
  await tickets.open();
  await page.route("**/locales/*.ftl*", (route) => route.abort());
  const notice = page.locator(".notice");
  // Readers read what is added: what stays as it is says nothing.
  await notice.evaluate((line) => {
    const told: string[] = [];
    Object.assign(window, { told });
    new MutationObserver(() => told.push(line.textContent)).observe(line, {
      childList: true,
      characterData: true,
      subtree: true,
    });
  });
  const told = () => page.evaluate(() => (window as unknown as { told: string[] }).told.filter((words) => words !== ""));
  await account.open();
  await account.languages.selectOption({ label: text("language-name", "es") });
  await expect(notice).toHaveText(text("language-failed"));
  await account.languages.selectOption({ label: "English" });
  await expect.poll(told).toEqual([text("language-failed"), text("language-failed")]);
  await expect(notice).toHaveText(text("language-failed"));
});
