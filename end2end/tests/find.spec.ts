// Finding tickets: as one types, by filter and order, all of it in the address; the way back, the keyboard, what is not found.
import { faults } from "../support/axe";
import type { Customer } from "../support/customer";
import { expect, test } from "../support/fixtures";
import { Screens } from "../support/pages";
import type { Portal } from "../support/portal";
import { reload } from "../support/ways";

test.beforeEach(({ customer }) => customer.signIn());

/** Three tickets: one that waits for the customer, one that is solved, one nobody has looked at. */
async function threeTickets(portal: Portal, customer: Customer) {
  const waiting = await customer.opens("Rechnung über Größe 42", "It should have been 40.");
  await portal.advance(2);
  const solved = await customer.opens("The printer", "It says PC LOAD LETTER.");
  await portal.advance(2);
  await customer.opens("Opening hours", "When are you there?");
  await portal.desk.setStatus(solved.number, "resolved");
  await portal.desk.answer(waiting.number, "We will refund the difference. Which bank?");
  return { waiting, solved };
}

test("a customer with no tickets has nothing to look through", async ({ page, portal }) => {
  const { tickets } = new Screens(page, portal);
  await tickets.open("?show=open&q=printer");
  await expect(tickets.none).toBeVisible();
  await expect(tickets.search).toBeHidden();
});

test("nothing found says so, and one press shows all tickets again", async ({ page, portal, customer }) => {
  const { tickets } = new Screens(page, portal);
  await threeTickets(portal, customer);
  await tickets.open("?show=waiting");
  await tickets.type('hippopotamus" OR <b>');
  await expect(tickets.noneFound).toBeVisible();
  await expect(tickets.said).toHaveText(/0.? tickets found/);
  await expect(page.locator(".list b")).toHaveCount(0);
  expect(await faults(page)).toEqual([]);
  await tickets.everything.click();
  await expect(tickets.rows).toHaveCount(3);
  await expect(tickets.search).toHaveValue("");
  // What is typed runs as its words do, whatever language the page is in.
  await expect(tickets.search).toHaveAttribute("dir", "auto");
  await expect.poll(() => new URL(page.url()).search).toBe("");
});

test("a filter with no tickets says so", async ({ page, portal, customer }) => {
  const { tickets } = new Screens(page, portal);
  await customer.opens("Only one", "Hello");
  await tickets.open();
  await tickets.filter("show-solved").click();
  await expect(tickets.noneShown).toBeVisible();
  await tickets.everything.click();
  await expect(tickets.rows).toHaveCount(1);
});

test("words that are too long for a search say so, and everything is a press away", async ({ page, portal, customer }) => {
  const { tickets } = new Screens(page, portal);
  await customer.opens("Only one", "Hello");
  await tickets.open(`?q=${"x".repeat(201)}`);
  await expect(page.getByRole("alert").filter({ hasText: /1.? character too long/ })).toBeVisible();
  await tickets.everything.click();
  await expect(tickets.rows).toHaveCount(1);
});

test("words are found as one types, in subjects and in what agents wrote, and are shown", async ({
  page,
  portal,
  customer,
}) => {
  const { tickets } = new Screens(page, portal);
  await threeTickets(portal, customer);
  await tickets.open();
  await tickets.type("rech");
  await expect(tickets.rows).toHaveCount(1);
  await expect(tickets.found).toHaveText(["Rechnung"]);
  await tickets.type(" refu");
  await expect(tickets.found).toHaveText(["Rechnung", "refund"]);
  await expect(tickets.row("Rechnung")).toContainText("We will refund the difference");
  await expect(tickets.said).toHaveText(/1.? ticket found/);
  expect(await faults(page)).toEqual([]);
  // The address holds it.
  await expect.poll(() => new URL(page.url()).searchParams.get("q")).toBe("rech refu");
  await reload(page);
  await expect(tickets.search).toHaveValue("rech refu");
  await expect(tickets.found).toHaveText(["Rechnung", "refund"]);
});

test("what was typed first never stands for what was typed last", async ({ page, portal, customer }) => {
  const { tickets } = new Screens(page, portal);
  await threeTickets(portal, customer);
  await tickets.open();
  // The answer for "r" comes after the wish for "print".
  let hold = () => {};
  const held = new Promise<void>((done) => (hold = done));
  await page.route("**/api/tickets/list", async (route) => {
    const words = (route.request().postDataJSON() as { find?: { words?: string } }).find?.words;
    if (words === "r") await held;
    await route.continue();
  });
  await tickets.search.fill("r");
  await expect.poll(() => new URL(page.url()).searchParams.get("q")).toBe("r");
  await tickets.search.fill("print");
  await expect.poll(() => new URL(page.url()).searchParams.get("q")).toBe("print");
  hold();
  await expect(tickets.rows).toHaveText([/The printer/]);
});

test("filters have counts, are steps of the history, and Back leads to the same place", async ({
  page,
  portal,
  customer,
}) => {
  const { tickets, ticket } = new Screens(page, portal);
  await threeTickets(portal, customer);
  await tickets.open();
  for (const [id, count] of [
    ["show-all", "3"],
    ["show-open", "2"],
    ["show-waiting", "1"],
    ["show-solved", "1"],
  ]) {
    await expect(tickets.filter(id)).toContainText(count);
  }
  await tickets.filter("show-open").click();
  await expect(tickets.rows).toHaveText([/Rechnung/, /Opening hours/]);
  await expect(tickets.filter("show-open")).toHaveAttribute("aria-current", "true");
  await tickets.order.selectOption("newest");
  await expect(tickets.rows).toHaveText([/Opening hours/, /Rechnung/]);
  await tickets.type("refund");
  await expect.poll(() => new URL(page.url()).searchParams.get("q")).toBe("refund");
  await expect(tickets.rows).toHaveText([/Rechnung/]);
  await tickets.row("Rechnung").click();
  await expect(ticket.heading("Rechnung über Größe 42")).toBeVisible();
  await expect(tickets.search).toHaveValue("refund");
  // From the ticket to what was found; typing was no step; then the order, then the filter.
  await page.goBack();
  await expect(tickets.rows).toHaveText([/Rechnung/]);
  await expect(tickets.search).toHaveValue("refund");
  await page.goBack();
  await expect(tickets.search).toHaveValue("");
  await expect(tickets.rows).toHaveText([/Rechnung/, /Opening hours/]);
  await expect(tickets.order).toHaveValue("activity");
  await page.goBack();
  await expect(tickets.rows).toHaveCount(3);
  await expect(tickets.filter("show-all")).toHaveAttribute("aria-current", "true");
});

test("the slash leads to the field, Escape empties it, and what is written elsewhere is left alone", async ({
  page,
  portal,
  customer,
}) => {
  const { tickets, ticket } = new Screens(page, portal);
  const { waiting } = await threeTickets(portal, customer);
  await tickets.open();
  await page.keyboard.press("/");
  await expect(tickets.search).toBeFocused();
  await page.keyboard.type("print/er");
  await expect(tickets.search).toHaveValue("print/er");
  await page.keyboard.press("Escape");
  await expect(tickets.search).toHaveValue("");
  await expect(tickets.rows).toHaveCount(3);
  await expect(tickets.search).toBeFocused();
  await ticket.open(waiting.id);
  await ticket.composer.focus();
  await page.keyboard.type("24/7");
  await expect(ticket.composer).toHaveValue("24/7");
});

test("the list is as far down as it was when one comes back to a filter", async ({ page, portal, customer }) => {
  const { tickets } = new Screens(page, portal);
  await customer.opensMany(60, "Ticket");
  await tickets.open();
  await tickets.reachTheEnd(60);
  const list = page.locator(".list-scroll");
  const before = await list.evaluate((it) => it.scrollTop);
  expect(before).toBeGreaterThan(500);
  await tickets.filter("show-solved").click();
  await expect(tickets.noneShown).toBeVisible();
  await page.goBack();
  await expect(tickets.rows).toHaveCount(60);
  await expect.poll(() => list.evaluate((it) => it.scrollTop)).toBeGreaterThan(before - 300);
});
