// Where the keyboard is: what it pressed may go, and one goes on near it; who comes back is where he was.
import { expect, test } from "../support/fixtures";
import { Screens } from "../support/pages";
import { text } from "../support/texts";

test.beforeEach(({ customer }) => customer.signIn());

test("from an empty filter to all tickets one goes on at the heading", async ({ page, portal, customer }) => {
  const { tickets } = new Screens(page, portal);
  await customer.opens("An open one", "Hello");
  await tickets.open("?show=solved");
  await expect(tickets.noneShown).toBeVisible();
  await tickets.everything.focus();
  await page.keyboard.press("Enter");
  await expect(tickets.row("An open one")).toBeVisible();
  await expect(tickets.heading).toBeFocused();
});

test("a list or a ticket that could be loaded at last has the focus at its heading", async ({
  page,
  portal,
  customer,
}) => {
  const { overview, tickets, ticket } = new Screens(page, portal);
  await customer.opens("At last", "Hello");
  const again = page.getByRole("button", { name: text("try-again") });
  await page.route("**/api/tickets/list", (route) => route.abort());
  await overview.open();
  await page.locator(".brand").click();
  await again.focus();
  await page.unrouteAll();
  await page.keyboard.press("Enter");
  await expect(tickets.row("At last")).toBeVisible();
  await expect(tickets.heading).toBeFocused();
  await page.route("**/api/tickets/show", (route) => route.abort());
  await tickets.row("At last").click();
  await again.focus();
  await page.unrouteAll();
  await page.keyboard.press("Enter");
  await expect(ticket.message("Hello")).toBeVisible();
  await expect(ticket.heading("At last")).toBeFocused();
});

test("where the last rows were asked for, the first of them has the focus", async ({ page, portal, customer }) => {
  const { tickets } = new Screens(page, portal);
  await customer.opensMany(60, "Ticket");
  await tickets.open();
  await expect(tickets.rows).toHaveCount(50);
  await tickets.more.evaluate((button: HTMLElement) => button.focus({ preventScroll: true }));
  await page.keyboard.press("Enter");
  await expect(tickets.rows).toHaveCount(60);
  await expect(tickets.more).toBeHidden();
  await expect(tickets.rows.nth(50)).toBeFocused();
});

test("who has gone to what is new is in the thread", async ({ page, portal, customer }) => {
  const { ticket } = new Screens(page, portal);
  const { id, number } = await customer.opens("Reading", "Hello");
  await portal.desk.answer(number, ...Array.from({ length: 30 }, (_, n) => `Line ${n + 1}\n\nand more\n\nand more`));
  await ticket.open(id);
  await expect(ticket.message("Line 30")).toBeInViewport();
  await ticket.scrollToTop();
  await portal.desk.answer(number, "The news");
  await ticket.newBelow.focus();
  await page.keyboard.press("Enter");
  await expect(ticket.message("The news")).toBeInViewport();
  await expect(ticket.thread).toBeFocused();
});

test("who comes back to the list is at the row that he left", async ({ page, portal, customer }) => {
  const { tickets, ticket } = new Screens(page, portal);
  await customer.opens("The first", "Hello");
  await customer.opens("The second", "Hello");
  await tickets.open();
  await tickets.row("The first").focus();
  await page.keyboard.press("Enter");
  await expect(ticket.heading("The first")).toBeFocused();
  await page.goBack();
  await expect(tickets.row("The first")).toBeFocused();
  await expect(page.locator("#announcer")).toHaveText(text("tickets-title"));
});
