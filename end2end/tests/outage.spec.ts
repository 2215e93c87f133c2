// Chatwoot is gone for ten minutes: the customer goes on, and then everything arrives, once and in order.
import { expect, test } from "../support/fixtures";
import { Screens } from "../support/pages";
import { pattern } from "../support/texts";

test.beforeEach(({ customer }) => customer.signIn());
test.afterEach(({ portal }) => portal.desk.weather("well"));

const STEPS = 20;
const STEP_SECONDS = 30;

test("how old things are is said by the time of day, and by the day too when that is another", async ({
  page,
  portal,
  customer,
}) => {
  const { tickets } = new Screens(page, portal);
  const { id } = await customer.opens("Before the storm", "Hello");
  await portal.desk.weather("down503");
  let at = 0;
  await portal.advanceUntil(async () => {
    const shown = JSON.parse(await customer.reads(id)) as { changed: { freshness: { as_of?: number } } };
    at = shown.changed.freshness.as_of ?? 0;
    expect(at).toBeGreaterThan(0);
  });
  await page.clock.setFixedTime(at);
  await tickets.open();
  await expect(page.locator(".list").getByText(pattern("as-of-today"))).toHaveText(/ \u2068\d\d:\d\d\u2069;/);
  await page.clock.setFixedTime(at + 86_400_000);
  await tickets.open();
  await expect(page.locator(".list").getByText(pattern("as-of-line"))).toHaveText(/ 20\d\d .*\d\d:\d\d\u2069;/);
});

for (const weather of ["down503", "hanging"]) {
  test(`R4: ten minutes of ${weather} hold nobody up, and what was written arrives in order`, async ({
    page,
    portal,
    customer,
    elsewhere,
  }) => {
    const { tickets, ticket, newTicket } = new Screens(page, portal);
    const { id, number } = await customer.opens("Before the storm", "Hello");
    await customer.opens("Another one", "Hello there");
    await ticket.open(id);
    await ticket.hasSent("Hello");

    await portal.desk.weather(weather);
    await ticket.reply("First in the storm");
    await expect(ticket.message("First in the storm")).toHaveAttribute("data-state", "sending");
    await ticket.reply("Second in the storm");
    await ticket.reply("Third in the storm");
    await expect(ticket.message("Third in the storm")).toHaveAttribute("data-state", "sending");

    // A new ticket is taken, and has a page of its own at once.
    await newTicket.open();
    await newTicket.subject.fill("Lightning struck");
    await newTicket.message.fill("The roof is open");
    await newTicket.send.click();
    await expect(ticket.heading("Lightning struck")).toBeVisible();
    const opened = page.url().split("/").pop()!;

    for (let step = 0; step < STEPS; step += 1) await portal.advance(STEP_SECONDS);

    // Lists and tickets are shown with their age, after a reload and elsewhere too; nobody is signed out.
    await tickets.open();
    await expect(tickets.age).toBeVisible({ timeout: 30_000 });
    await expect(tickets.row("Lightning struck")).toBeVisible();
    const other = await elsewhere();
    await customer.signInToo(other.context());
    const there = new Screens(other, portal);
    await there.ticket.open(id);
    await expect(there.ticket.message("Third in the storm")).toHaveAttribute("data-state", "sending");

    // What waits is the customer's: he takes it back there, and it is gone here.
    await there.ticket.takeBack(there.ticket.message("Third in the storm")).click();
    await expect(there.ticket.composer).toHaveValue("Third in the storm");
    await expect(there.ticket.message("Third in the storm")).toHaveCount(0);
    await ticket.open(id);
    await expect(ticket.message("Second in the storm")).toBeVisible();
    await expect(ticket.message("Third in the storm")).toHaveCount(0);

    await portal.desk.weather("well");
    await portal.advanceUntil(() => ticket.hasSent("Second in the storm", 1_000));
    expect(await portal.desk.incoming(number)).toEqual([
      expect.stringContaining("Hello"),
      "First in the storm",
      "Second in the storm",
    ]);
    const lightning = await portal.desk.conversationOf(opened);
    const inLightning = () => portal.desk.incoming(lightning.id);
    await expect.poll(inLightning).toEqual([expect.stringContaining("The roof is open")]);
    await ticket.hasSent("First in the storm");
  });
}
