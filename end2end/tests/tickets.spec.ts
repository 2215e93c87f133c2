// The list and a ticket: what is not there, what comes by itself, what must never show.
import { expect, test } from "../support/fixtures";
import { Screens } from "../support/pages";
import { text } from "../support/texts";
import { visit } from "../support/ways";

const NOBODYS = "6bdc3f4d-0bec-4515-a284-5d916fdde489";

test.beforeEach(({ customer }) => customer.signIn());

test("a customer with no tickets is told so, and how to open one", async ({ page, portal }) => {
  const { tickets } = new Screens(page, portal);
  await tickets.open();
  await expect(tickets.none).toBeVisible();
  await expect(tickets.newTicket).toBeVisible();
});

test("a ticket that there never was, or cannot be, is not found, and the way back is there", async ({ page, portal }) => {
  const { ticket, tickets } = new Screens(page, portal);
  for (const id of [NOBODYS, "1042"]) {
    await visit(page, `${portal.url}/tickets/${id}`);
    await expect(ticket.notFound).toBeVisible();
    await expect(page).toHaveTitle(new RegExp(`^${text("ticket-missing-title")}`));
    await ticket.backFromNowhere.click();
    await expect(tickets.heading).toBeVisible();
  }
});

test("an address that is no page says so and leads back", async ({ page, portal }) => {
  await visit(page, `${portal.url}/tickets/1042/replies`);
  await expect(page.getByRole("heading", { name: text("not-found-title") })).toBeVisible();
});

test("private notes and activity show neither in the thread nor in the list", async ({ page, portal, customer }) => {
  const { tickets, ticket } = new Screens(page, portal);
  const { id, number } = await customer.opens("A quiet question", "Anybody there?");
  await portal.desk.note(number, "SECRET of the house");
  await portal.desk.setStatus(number, "resolved");
  await portal.desk.setStatus(number, "open");
  await portal.desk.answer(number, "Somebody is.");
  await ticket.open(id);
  await expect(ticket.message("Somebody is.")).toBeVisible();
  await expect(page.getByText(/SECRET|was resolved by|was marked/)).toHaveCount(0);
  await tickets.open();
  await expect(tickets.row("A quiet question")).toContainText("Somebody is.");
  await expect(page.getByText("SECRET")).toHaveCount(0);
  expect(await page.content()).not.toContain("SECRET");
});

test("what an agent writes as markup is text, and a dangerous link is none", async ({ page, portal, customer }) => {
  const { ticket } = new Screens(page, portal);
  const { id, number } = await customer.opens("Markup", "Hello");
  await portal.desk.answer(
    number,
    '<img src=x onerror="boom()"> <script>boom()</script> [click](javascript:boom()) ![p](https://tracker.example/p.gif)',
  );
  await ticket.open(id);
  await expect(ticket.message("<script>")).toBeVisible();
  await expect(ticket.thread.locator("script, img, [href^=javascript]")).toHaveCount(0);
});

test("the newest activity comes first, and moves up by itself", async ({ page, portal, customer }) => {
  const { tickets } = new Screens(page, portal);
  const first = await customer.opens("The first one", "Hello");
  await portal.advance(2);
  await customer.opens("The second one", "Hello");
  await tickets.open();
  await expect(tickets.rows).toHaveText([/The second one/, /The first one/]);
  // Chatwoot counts in seconds.
  await portal.advance(2);
  await portal.desk.answer(first.number, "Here I am.");
  await expect(tickets.rows).toHaveText([/The first one/, /The second one/]);
  await expect(tickets.unread("The first one")).toBeVisible();
});

test("sixty tickets are all there, however long the list", async ({ page, portal, customer }) => {
  const { tickets } = new Screens(page, portal);
  await customer.opensMany(60, "Ticket");
  await tickets.open();
  await tickets.reachTheEnd(60);
  await expect(tickets.row("Ticket 1 of 60")).toBeVisible();
});

test("of a long list only what is near is in the page, and it is gone through and come back to like any other", async ({
  page,
  portal,
  customer,
}) => {
  const { tickets, ticket } = new Screens(page, portal);
  await customer.opensMany(230, "Number");
  await tickets.open();
  // Whatever comes behind it, and however long the list becomes by it: what one looks at stays.
  const height = () => page.locator(".rows").evaluate((rows) => rows.scrollHeight);
  const pane = page.locator(".list-scroll");
  const showsRows = () =>
    pane.evaluate((list) => {
      const { left, top, width, height } = list.getBoundingClientRect();
      return document.elementFromPoint(left + width / 2, top + height / 2)?.closest(".row") != null;
    });
  await expect(tickets.more).toBeVisible();
  while (await tickets.more.isVisible()) {
    const before = await height();
    await pane.evaluate((list) => list.scrollTo(0, list.scrollHeight));
    await expect.poll(height).toBeGreaterThan(before);
    await expect.poll(showsRows).toBe(true);
  }
  await expect(tickets.more).toBeHidden();
  await expect(async () => {
    await tickets.rows.last().scrollIntoViewIfNeeded();
    const below = (list: Element) => list.scrollHeight - list.scrollTop - list.clientHeight;
    expect(await pane.evaluate(below)).toBeLessThan(2);
  }).toPass();
  expect(await tickets.rows.count()).toBeLessThan(150);
  // On paper there is no room for rows that are not there.
  const room = () => page.locator(".rows").evaluate((rows) => parseFloat(getComputedStyle(rows).paddingBlockStart));
  expect(await room()).toBeGreaterThan(0);
  await page.emulateMedia({ media: "print" });
  expect(await room()).toBe(0);
  await page.emulateMedia({ media: "screen" });
  const last = tickets.rows.last();
  const which = page.locator(".rows > li").last();
  await expect(which).toHaveAttribute("aria-posinset", "230");
  await expect(which).toHaveAttribute("aria-setsize", "230");
  const place = await last.boundingBox();
  const subject = await last.locator(".row-subject bdi, .row-subject").first().textContent();
  await last.click();
  await expect(ticket.heading(subject!)).toBeVisible();
  expect(await tickets.row(subject!).boundingBox()).toEqual(place);
  await last.focus();
  for (let n = 0; n < 100; n += 1) {
    await page.keyboard.press("Shift+Tab");
    // Nobody is faster than what he looks at for a hundred rows.
    if (n % 10 === 9) await expect(page.locator(".row:focus")).toBeInViewport();
  }
  await expect(last).not.toContainText(subject!);
});

test("what has the focus in the list keeps it, however much comes in before it", async ({ page, portal, customer }) => {
  const { tickets } = new Screens(page, portal);
  await customer.opens("An old one", "Hello");
  await tickets.open();
  await tickets.row("An old one").focus();
  await customer.opensMany(3, "Number");
  await expect(tickets.rows).toHaveCount(4);
  await expect(tickets.row("An old one")).toBeFocused();
});

test("a thread of a hundred messages is complete from the first one", async ({ page, portal, customer }) => {
  const { ticket } = new Screens(page, portal);
  const { id, number } = await customer.opens("A long story", "Once upon a time");
  await portal.desk.answer(number, ...Array.from({ length: 100 }, (_, n) => `Part ${n + 1} of the story`));
  await ticket.open(id);
  await expect(ticket.message("Part 100 of the story")).toBeInViewport();
  await ticket.reachBackTo("Once upon a time");
  await expect(ticket.message("Part 1 of the story")).toHaveCount(1);
});

test("a ticket solved by the team says so, and that a reply reopens it", async ({ page, portal, customer }) => {
  const { ticket } = new Screens(page, portal);
  const { id, number } = await customer.opens("Solved soon", "Please help");
  await portal.desk.answer(number, "Done.");
  await ticket.open(id);
  await portal.desk.setStatus(number, "resolved");
  await expect(ticket.status).toHaveText("Solved");
  await expect(ticket.reopens).toBeVisible();
  await expect(ticket.cancel).toBeHidden();
});

test("a message that comes while one reads further up is announced, and one press shows it", async ({
  page,
  portal,
  customer,
}) => {
  const { ticket } = new Screens(page, portal);
  const { id, number } = await customer.opens("Reading", "Hello");
  await portal.desk.answer(number, ...Array.from({ length: 30 }, (_, n) => `Line ${n + 1}\n\nand more\n\nand more`));
  await ticket.open(id);
  await expect(ticket.message("Line 30")).toBeInViewport();
  await ticket.scrollToTop();
  await portal.desk.answer(number, "The news");
  await expect(ticket.newBelow).toBeVisible();
  await expect(ticket.message("The news")).not.toBeInViewport();
  await ticket.newBelow.click();
  await expect(ticket.message("The news")).toBeInViewport();
});

test("more than 99 unread tickets are no longer counted in the title", async ({ page, portal, customer }) => {
  const { overview, tickets } = new Screens(page, portal);
  await customer.opens("One of many", "Hello");
  let unread = 99;
  await page.route("**/api/tickets/list", async (route) => {
    const response = await route.fetch();
    const list = await response.json();
    // What was not changed since is not sent again.
    if (list.changed) list.changed.unread = unread;
    await route.fulfill({ response, json: list });
  });
  for (const [count, title] of [
    [99, /^\(99\) /],
    [100, /^\(99\+\) /],
  ] as const) {
    unread = count;
    // The account's page does not bring the list along: it is asked for.
    await overview.open();
    await page.locator(".brand").click();
    await expect(tickets.row("One of many")).toBeVisible();
    await expect(page).toHaveTitle(title);
  }
});
