// What a customer asks of every page through his system: less motion, colours of his own; and paper.
import { Customer } from "../support/customer";
import { expect, test } from "../support/fixtures";
import { Screens } from "../support/pages";
import { text } from "../support/texts";

test.beforeEach(({ customer }) => customer.signIn());

test("nothing moves for whoever wants less motion", async ({ page, portal, customer }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  const { ticket } = new Screens(page, portal);
  const { id } = await customer.opens("Calm", "Hello");
  await page.route("**/api/tickets/reply", () => new Promise<never>(() => {}));
  await ticket.open(id);
  await ticket.reply("On its way");
  await expect(ticket.message("On its way")).toHaveAttribute("data-state", "sending");
  await ticket.cancel.click();
  await expect(ticket.dialog).toBeVisible();
  const moving = await page.evaluate(() =>
    document
      .getAnimations()
      .filter((one) => one.effect!.getComputedTiming().duration !== 0)
      .map((one) => (one.effect as KeyframeEffect).target!.outerHTML.slice(0, 80)),
  );
  expect(moving).toEqual([]);
});

test("in a system's own few colours the open row, the chosen filter and buttons are still told apart", async ({
  page,
  portal,
  customer,
}) => {
  await page.emulateMedia({ forcedColors: "active" });
  const { ticket, tickets } = new Screens(page, portal);
  await customer.opens("Another", "Hello");
  const { id } = await customer.opens("Open", "Hello");
  await ticket.open(id);
  await expect(tickets.row("Another")).toBeVisible();
  const width = (element: Element, name: string) => parseFloat(getComputedStyle(element).getPropertyValue(name));
  const edge = (subject: string) => tickets.row(subject).evaluate(width, "border-left-width");
  await expect.poll(async () => (await edge("Open")) - (await edge("Another"))).toBeGreaterThan(0);
  for (const button of [ticket.send, ticket.cancel, tickets.newTicket]) {
    expect(await button.evaluate(width, "border-top-width")).toBeGreaterThan(0);
  }
  const ground = (id: string) => tickets.filter(id).evaluate((element) => getComputedStyle(element).backgroundColor);
  await expect.poll(async () => (await ground("show-all")) !== (await ground("show-open"))).toBe(true);
});

test("a ticket is printed whole, with its words and nothing to press", async ({ page, portal, customer }) => {
  const { ticket } = new Screens(page, portal);
  const { id, number } = await customer.opens("On paper", "The first words");
  await portal.desk.answer(number, ...Array.from({ length: 25 }, (_, n) => `Line ${n + 1}\n\nand more\n\nand more`));
  await ticket.open(id);
  await expect(ticket.message("Line 25")).toBeVisible();
  const pages = (await page.pdf({ format: "A4" })).toString("latin1").match(/\/Type\s*\/Page\b/g) ?? [];
  expect(pages.length).toBeGreaterThan(1);
  await page.emulateMedia({ media: "print" });
  await expect(ticket.message("The first words")).toBeVisible();
  await expect(page.locator(".on-paper")).toHaveCount(0);
  await expect(page.getByRole("button")).toHaveCount(0);
  await expect(ticket.composer).toBeHidden();
  const cut = await page.evaluate(() =>
    [...document.querySelectorAll(".panes, .detail, .ticket, .thread")].filter(
      (element) => element.scrollHeight > element.clientHeight + 1,
    ).length,
  );
  expect(cut, "panes that cut their words off").toBe(0);
});

test("what is folded is unfolded on paper, and what was not loaded is said to be missing", async ({
  page,
  portal,
  context,
}) => {
  const ada = Customer.of(portal, context, "ada@example.com");
  await ada.signIn();
  const { tickets, ticket } = new Screens(page, portal);
  await tickets.open("?q=crooked");
  await tickets.row("Labels come out crooked").click();
  const quoted = ticket.message("against the left edge").getByText("can you send us a picture of the tray");
  await expect(quoted).toBeHidden();
  await page.emulateMedia({ media: "print" });
  await expect(quoted).toBeVisible();
  expect((await quoted.boundingBox())!.height).toBeGreaterThan(0);
  await page.emulateMedia({ media: "screen" });
  const { id, number } = await ada.opens("On many pages", "Hello");
  await portal.desk.answer(number, ...Array.from({ length: 101 }, (_, n) => `Page ${n + 1}`));
  await ticket.open(id);
  const missing = page.getByText(text("earlier-not-printed"));
  await expect(ticket.earlier).toBeVisible();
  await expect(missing).toBeHidden();
  await page.emulateMedia({ media: "print" });
  await expect(missing).toBeVisible();
});

test("a long list is printed whole, as far as it is loaded, and is where it was after that", async ({
  page,
  portal,
  customer,
}) => {
  const { tickets } = new Screens(page, portal);
  await customer.opensMany(210, "Number");
  await tickets.open();
  const pane = page.locator(".list-scroll");
  const last = page.locator(".rows > [aria-posinset='210']");
  const missing = page.getByText(text("more-not-printed"));
  await expect(tickets.more).toBeVisible();
  await expect(missing).toBeHidden();
  await page.emulateMedia({ media: "print" });
  await expect(missing).toBeVisible();
  await page.emulateMedia({ media: null });
  await expect(async () => {
    await pane.evaluate((list) => list.scrollTo(0, list.scrollHeight));
    await expect(last).toBeInViewport({ timeout: 500 });
  }).toPass();
  await expect(missing).toHaveCount(0);
  const count = await tickets.rows.count();
  expect(count).toBeLessThan(150);
  const before = await last.boundingBox();
  const sheets = (await page.pdf({ format: "A4" })).toString("latin1").match(/\/Type\s*\/Page\b/g) ?? [];
  // Some ten rows each.
  expect(sheets.length).toBeGreaterThan(15);
  await expect(tickets.rows).toHaveCount(count);
  expect(await last.boundingBox()).toEqual(before);
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await expect(tickets.rows).toHaveCount(210);
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  await expect(tickets.rows).toHaveCount(count);
});
