// The portal is stopped and started again, as for an upgrade, under a page that a customer has open.
import { Customer } from "../support/customer";
import { expect, test } from "../support/fixtures";
import { Operated } from "../support/operated";
import { Screens } from "../support/pages";
import { Portal } from "../support/portal";
import { text } from "../support/texts";

/** What a proxy says when nobody serves behind it. */
const BAD_GATEWAY = { status: 502, contentType: "text/html", body: "<h1>502 Bad Gateway</h1>" };

test("R10: an open page outlives a restart: it says so, what is written meanwhile is sent once, nobody is signed out, and news comes again", async ({
  page,
  context,
}) => {
  const demo = await Portal.start();
  const portal = await Operated.beside(demo);
  try {
    const customer = await Customer.known(portal, context);
    await customer.signIn();
    const { id, number } = await customer.opens("Open while you work", "Hello");
    const { ticket, sessionOver } = new Screens(page, portal);
    await ticket.open(id);
    await portal.desk.answer(number, "Before the restart");
    await expect(ticket.message("Before the restart")).toBeVisible();

    expect(await portal.stop()).toBe(0);
    await expect(ticket.unreachable).toBeVisible();
    await ticket.reply("Written while nobody served");
    await expect(ticket.message("while nobody served")).toContainText(text("message-offline"));
    await ticket.composer.fill("Not sent yet");

    await portal.start();
    await expect(ticket.unreachable).toBeHidden({ timeout: 30_000 });
    await ticket.hasSent("while nobody served", 30_000);
    await expect.poll(() => portal.desk.incoming(number)).toContain("Written while nobody served");
    await expect(ticket.composer).toHaveValue("Not sent yet");
    await expect(sessionOver.dialog).toBeHidden();
    // The page is the one that was open: nobody loaded it anew.
    await portal.desk.answer(number, "After the restart");
    await expect(ticket.message("After the restart")).toBeVisible();
    await expect(ticket.message("Before the restart")).toBeVisible();
    const written = await portal.desk.incoming(number);
    expect(written.filter((words) => words === "Written while nobody served")).toHaveLength(1);
  } finally {
    await portal.remove();
    await demo.stop();
  }
});

test.describe("behind a proxy", () => {
  test.use({ faults: [502] });

  test("R10: what a proxy answers in place of a stopped portal keeps nothing from being sent once it is back", async ({
    page,
    portal,
    customer,
  }) => {
    await customer.signIn();
    const { id, number } = await customer.opens("Behind a proxy", "Hello");
    const { ticket } = new Screens(page, portal);
    await ticket.open(id);
    await page.route("**/api/tickets/reply", (route) => route.fulfill(BAD_GATEWAY));
    await ticket.reply("Written meanwhile");
    await expect(ticket.message("Written meanwhile")).toHaveAttribute("data-state", "failed");
    await page.unroute("**/api/tickets/reply");
    await ticket.hasSent("Written meanwhile", 30_000);
    await expect.poll(() => portal.desk.incoming(number)).toEqual([expect.stringContaining("Hello"), "Written meanwhile"]);
  });

  test("R10: a stream that a proxy refused in place of a stopped portal is soon asked for again", async ({ page, context }) => {
    const demo = await Portal.start();
    const portal = await Operated.beside(demo);
    try {
      const customer = await Customer.known(portal, context);
      await customer.signIn();
      const { id, number } = await customer.opens("Behind a proxy", "Hello");
      const { ticket } = new Screens(page, portal);
      await ticket.open(id);
      await portal.desk.answer(number, "Before the restart");
      await expect(ticket.message("Before the restart")).toBeVisible();

      const refused = page.waitForResponse((answer) => answer.url().endsWith("/live") && answer.status() === 502);
      await page.route("**/live", (route) => route.fulfill(BAD_GATEWAY));
      await portal.stop();
      await refused;
      await portal.start();
      const given = page.waitForResponse((answer) => answer.url().endsWith("/live") && answer.ok(), { timeout: 45_000 });
      await page.unroute("**/live");
      await given;
      await portal.desk.answer(number, "After the restart");
      await expect(ticket.message("After the restart")).toBeVisible();
    } finally {
      await portal.remove();
      await demo.stop();
    }
  });
});
