// Writing: nothing typed is lost, nothing is posted twice, and the screen says where each text is.
import { expect, test } from "../support/fixtures";
import { Screens } from "../support/pages";
import { text } from "../support/texts";
import { reload } from "../support/ways";

test.beforeEach(({ customer }) => customer.signIn());
test.afterEach(({ portal }) => portal.desk.weather("well"));

test("a reply that the help desk refuses stays, says so, and can be tried again", async ({
  page,
  portal,
  customer,
}) => {
  const { ticket } = new Screens(page, portal);
  const { id } = await customer.opens("Refused", "Hello");
  await ticket.open(id);
  await ticket.reply("This one is fail: 422");
  const reply = ticket.message("This one is fail: 422");
  await expect(reply).toHaveAttribute("data-state", "failed");
  await reload(page);
  await expect(reply).toHaveAttribute("data-state", "failed");
  await portal.desk.weather("down503");
  await ticket.retry(reply).click();
  await expect(reply).toHaveAttribute("data-state", "sending");
  await portal.desk.weather("well");
  await portal.advanceUntil(() => expect(reply).toHaveAttribute("data-state", "failed", { timeout: 1_000 }));
});

test("a reply that surely did not arrive can be written anew, and is gone from the thread", async ({
  page,
  portal,
  customer,
}) => {
  const { ticket } = new Screens(page, portal);
  const { id, number } = await customer.opens("Not like that", "Hello");
  await ticket.open(id);
  await ticket.reply("This one is fail: 422");
  const reply = ticket.message("This one is fail: 422");
  await portal.advanceUntil(() => expect(reply).toHaveAttribute("data-state", "failed", { timeout: 1_000 }));
  await ticket.edit(reply).click();
  await expect(ticket.composer).toHaveValue("This one is fail: 422");
  await expect(ticket.message("fail: 422")).toHaveCount(0);
  await ticket.reply("This one is fine");
  await ticket.hasSent("This one is fine");
  expect(await portal.desk.incoming(number)).toEqual([expect.anything(), "This one is fine"]);
});

test("a reply that may have arrived cannot be written anew, and the page says why", async ({
  page,
  portal,
  customer,
}) => {
  const { ticket } = new Screens(page, portal);
  const { id } = await customer.opens("Perhaps", "Hello");
  await ticket.open(id);
  await ticket.reply("This one is fail: odd 422");
  const reply = ticket.message("fail: odd 422");
  await portal.advanceUntil(() => expect(reply).toHaveAttribute("data-state", "failed", { timeout: 1_000 }));
  await ticket.edit(reply).click();
  await expect(reply).toContainText(text("message-too-late"));
  await expect(ticket.edit(reply)).toHaveCount(0);
  await expect(ticket.retry(reply)).toBeVisible();
  await expect(ticket.composer).toHaveValue("");
});

test("a cancellation that waits for Chatwoot says so, and can be taken back", async ({ page, portal, customer }) => {
  const { ticket } = new Screens(page, portal);
  const { id } = await customer.opens("Rather not", "Hello");
  await ticket.open(id);
  await ticket.hasSent("Hello");
  await portal.desk.weather("down503");
  await ticket.cancel.click();
  await ticket.confirmCancel.click();
  await expect(page.getByRole("status").filter({ hasText: text("cancel-waits") })).toBeVisible();
  await ticket.keepsOpen.click();
  await expect(ticket.cancel).toBeVisible();
  await portal.desk.weather("well");
  await ticket.reply("Please go on");
  await portal.advanceUntil(() =>
    expect(ticket.message("Please go on")).not.toHaveAttribute("data-state", { timeout: 1_000 }),
  );
  const there = await portal.desk.conversationOf(id);
  expect([there.status, there.labels]).toEqual(["open", []]);
});

test("R4: a reply stays with its state while Chatwoot is down, and is sent once when it is well again", async ({
  page,
  portal,
  customer,
}) => {
  const { ticket } = new Screens(page, portal);
  const { id, number } = await customer.opens("Down", "Hello");
  await ticket.open(id);
  await expect(ticket.message("Hello")).toBeVisible();
  await portal.desk.weather("down503");
  await ticket.reply("Are you there?");
  const reply = ticket.message("Are you there?");
  await expect(reply).toHaveAttribute("data-state", "sending");
  await reload(page);
  await expect(reply).toHaveAttribute("data-state", "sending");
  // By now Chatwoot cannot commit any more what it was sent before: all that is left to wait for is its return.
  for (let step = 0; step < 3; step += 1) await portal.advance(20);
  await portal.desk.weather("well");
  await portal.advanceUpTo(30, (timeout) => expect(reply).not.toHaveAttribute("data-state", { timeout }));
  await ticket.hasSent("Are you there?");
  expect(await portal.desk.incoming(number)).toEqual([expect.anything(), "Are you there?"]);
});

test("a reply whose answer is lost is posted once", async ({ page, portal, customer }) => {
  const { ticket } = new Screens(page, portal);
  const { id, number } = await customer.opens("Lost", "Hello");
  await ticket.open(id);
  await ticket.reply("The answer to this is fail: lost");
  await expect(ticket.message("fail: lost")).toBeVisible();
  await portal.advanceUntil(() => ticket.hasSent("fail: lost", 1_000));
  // Longer than anything rests before it is sent again.
  await portal.advance(120);
  expect(await portal.desk.incoming(number)).toHaveLength(2);
});

test("a double click on Send is one reply", async ({ page, portal, customer }) => {
  const { ticket } = new Screens(page, portal);
  const { id, number } = await customer.opens("Double", "Hello");
  await ticket.open(id);
  await ticket.composer.fill("Only once");
  await ticket.send.dblclick();
  await ticket.hasSent("Only once");
  await expect(ticket.message("Only once")).toHaveCount(1);
  expect(await portal.desk.incoming(number)).toHaveLength(2);
});

test("a reply that is too long is refused at the field and stays there whole", async ({ page, portal, customer }) => {
  const { ticket } = new Screens(page, portal);
  const { id } = await customer.opens("Long", "Hello");
  const long = "x".repeat(200_000);
  await ticket.open(id);
  await ticket.composer.fill(long);
  await expect(ticket.send).toBeDisabled();
  await ticket.composer.press("Control+Enter");
  await expect(ticket.fault).toContainText(/too long/);
  await expect(ticket.composer).toHaveValue(long);
});

test("a half-typed reply survives a reload and a look at another ticket", async ({ page, portal, customer }) => {
  const { ticket, tickets } = new Screens(page, portal);
  const one = await customer.opens("Draft", "Hello");
  await customer.opens("Another", "Hello");
  await ticket.open(one.id);
  await ticket.composer.pressSequentially("I was about to say");
  await reload(page);
  await expect(ticket.composer).toHaveValue("I was about to say");
  await ticket.backToList();
  await tickets.row("Another").click();
  await expect(ticket.heading("Another")).toBeVisible();
  await expect(ticket.composer).toHaveValue("");
  await ticket.backToList();
  await tickets.row("Draft").click();
  await expect(ticket.composer).toHaveValue("I was about to say");
});

test("what arrives while one types leaves the field, the caret and the focus alone", async ({
  page,
  portal,
  customer,
}) => {
  const { ticket } = new Screens(page, portal);
  const { id, number } = await customer.opens("Busy hands", "Hello");
  await ticket.open(id);
  await expect(ticket.message("Hello")).toBeVisible();
  await ticket.composer.fill("Half a reply");
  const field = await ticket.composer.elementHandle();
  await field!.evaluate((element) => (element as HTMLTextAreaElement).setSelectionRange(2, 4));
  await portal.desk.answer(number, "An answer meanwhile");
  await expect(ticket.message("An answer meanwhile")).toBeVisible();
  await portal.desk.setStatus(number, "resolved");
  await expect(ticket.reopens).toBeVisible();
  expect(await field!.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.keyboard.type("If");
  await expect(ticket.composer).toHaveValue("HaIf a reply");
});

test("a reply whose own call failed, while the network was well, is sent a moment later", async ({
  page,
  portal,
  customer,
}) => {
  const { ticket } = new Screens(page, portal);
  const { id, number } = await customer.opens("A dropped call", "Hello");
  await page.clock.install();
  await ticket.open(id);
  await expect(ticket.message("Hello")).toBeVisible();
  await page.route("**/api/tickets/reply", (route) => route.abort(), { times: 1 });
  await ticket.reply("Once more");
  await expect(ticket.message("Once more")).toContainText(text("message-offline"));
  await page.clock.runFor(16_000);
  await expect.poll(() => portal.desk.incoming(number)).toEqual([expect.anything(), "Once more"]);
  await ticket.hasSent("Once more");
});

test("a reply written offline is sent by the next page, though its own was closed", async ({
  page,
  portal,
  customer,
  context,
}) => {
  const { ticket } = new Screens(page, portal);
  const { id, number } = await customer.opens("Closed in a tunnel", "Hello");
  await ticket.open(id);
  await context.setOffline(true);
  await ticket.reply("Written in a tunnel");
  await expect(ticket.message("Written in a tunnel")).toContainText(text("message-offline"));
  await page.close();
  await context.setOffline(false);
  const later = await context.newPage();
  const next = new Screens(later, portal);
  await next.tickets.open();
  await expect.poll(() => portal.desk.incoming(number)).toEqual([expect.anything(), "Written in a tunnel"]);
  await next.ticket.open(id);
  await next.ticket.hasSent("Written in a tunnel");
  await expect.poll(() => later.evaluate(() => Object.keys(localStorage).join())).not.toContain("pending");
});

test.describe("while Chatwoot is down", () => {
  test("the pages still show, and say how old they are", async ({ page, portal, customer }) => {
    const { tickets, ticket } = new Screens(page, portal);
    const { id } = await customer.opens("Kept", "Still here");
    await tickets.open();
    await expect(tickets.row("Kept")).toBeVisible();
    await portal.desk.weather("down503");
    await ticket.open(id);
    await expect(ticket.message("Still here")).toBeVisible();
    await portal.advance(60);
    await expect(tickets.age).toBeVisible();
  });
});
