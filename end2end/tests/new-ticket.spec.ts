// The form for a new ticket: faults at the field, nothing lost, exactly one.
import { expect, test } from "../support/fixtures";
import { Screens } from "../support/pages";
import { text } from "../support/texts";
import { reload } from "../support/ways";

test.beforeEach(({ customer }) => customer.signIn());
test.afterEach(({ portal }) => portal.desk.weather("well"));

test("what is missing is said at the field and in a summary that leads there", async ({ page, portal }) => {
  const { newTicket } = new Screens(page, portal);
  await newTicket.open();
  await newTicket.send.click();
  await expect(newTicket.summary).toBeFocused();
  await expect(newTicket.subject).toHaveAttribute("aria-invalid", "true");
  await expect(newTicket.message).toHaveAttribute("aria-invalid", "true");
  await expect(newTicket.summary.getByRole("link").first()).toHaveText(/^Subject: /);
  await newTicket.summary.getByRole("link").last().click();
  await expect(newTicket.message).toBeFocused();
});

test("what is too long is said with the limit, and stays as it was typed", async ({ page, portal }) => {
  const { newTicket } = new Screens(page, portal);
  const long = "x".repeat(5_000);
  await newTicket.open();
  await newTicket.subject.fill(long);
  await newTicket.message.fill("Hello");
  await newTicket.send.click();
  await expect(newTicket.subject).toHaveAccessibleDescription(/4,800.*200/);
  await expect(newTicket.subject).toHaveValue(long);
  await expect(newTicket.message).toHaveValue("Hello");
});

test("a draft survives a reload", async ({ page, portal }) => {
  const { newTicket } = new Screens(page, portal);
  await newTicket.open();
  await newTicket.subject.pressSequentially("Half a thought");
  await newTicket.message.pressSequentially("and some more of it");
  await reload(page);
  await expect(newTicket.subject).toHaveValue("Half a thought");
  await expect(newTicket.message).toHaveValue("and some more of it");
});

test("a ticket written while Chatwoot is down is kept, shown, and sent once", async ({ page, portal }) => {
  const { newTicket, ticket } = new Screens(page, portal);
  await newTicket.open();
  await portal.desk.weather("down503");
  await newTicket.subject.fill("Written in a storm");
  await newTicket.message.fill("Does it arrive?");
  await newTicket.send.click();
  await expect(ticket.heading("Written in a storm")).toBeVisible();
  await expect(page.getByText(text("new-done"))).toBeVisible();
  await expect(ticket.message("Does it arrive?")).toHaveAttribute("data-state", "sending");
  await portal.desk.weather("well");
  await portal.advanceUntil(() => ticket.hasSent("Does it arrive?", 1_000));
  expect(await portal.desk.conversationsAbout("Written in a storm")).toHaveLength(1);
});

test("Enter pressed in a hurry is one ticket", async ({ page, portal }) => {
  const { newTicket, ticket } = new Screens(page, portal);
  await newTicket.open();
  await newTicket.message.fill("Once");
  await newTicket.subject.fill("Hurried");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect(ticket.heading("Hurried")).toBeVisible();
  await ticket.hasSent("Once");
  expect(await portal.desk.conversationsAbout("Hurried")).toHaveLength(1);
});

test("marks that Markdown knows are text in a subject, on both sides", async ({ page, portal, customer }) => {
  const { ticket } = new Screens(page, portal);
  const subject = "2*3*4 _is_ [not](http://x) `code`";
  const { id, number } = await customer.opens(subject, "Hello");
  await ticket.open(id);
  await expect(ticket.heading(subject)).toBeVisible();
  await expect(ticket.thread.getByText("not", { exact: true })).toHaveCount(0);
  const [first] = await portal.desk.incoming(number);
  expect(first).toContain("2\\*3\\*4");
  expect((await portal.desk.conversationsAbout(subject)).length).toBe(1);
});
