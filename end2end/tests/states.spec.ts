// What a screen shows while there is nothing to show: for a moment, for want of a network, of a newer page, or of what it runs on.
import { expect, test } from "../support/fixtures";
import { Screens } from "../support/pages";
import { text } from "../support/texts";

test.describe("signed in", () => {
  test.beforeEach(({ customer }) => customer.signIn());

  test("a skeleton is there at once and seen only after a fifth of a second", async ({ page, portal }) => {
    await page.route("**/api/tickets/list", () => new Promise<never>(() => {}));
    const { overview } = new Screens(page, portal);
    await overview.open();
    await page.locator(".brand").click();
    const skeleton = page.locator(".list .skeleton");
    await expect(skeleton).toBeVisible();
    await expect(page.locator(".list").getByText(text("loading"))).toBeAttached();
    const seen = await skeleton.evaluate((element) => {
      const [appearing] = element.getAnimations();
      appearing.pause();
      return [0, 199, 201].map((time) => {
        appearing.currentTime = time;
        return getComputedStyle(element).visibility;
      });
    });
    expect(seen).toEqual(["hidden", "hidden", "visible"]);
  });

  test("a list that could not be loaded says why, and one press loads it", async ({ page, portal, customer }) => {
    const { overview, tickets } = new Screens(page, portal);
    await customer.opens("Loaded at last", "Hello");
    await page.route("**/api/tickets/list", (route) => route.abort());
    await overview.open();
    await page.locator(".brand").click();
    const fault = page.getByRole("alert").filter({ hasText: text("tickets-failed-title") });
    await expect(fault).toContainText(text("error-offline"));
    await page.unrouteAll();
    await fault.getByRole("button", { name: text("try-again") }).click();
    await expect(tickets.row("Loaded at last")).toBeVisible();
    await expect(fault).toBeHidden();
  });

  test("a ticket that could not be loaded says why, and one press loads it", async ({ page, portal, customer }) => {
    const { ticket, tickets } = new Screens(page, portal);
    await customer.opens("Out of reach", "Hello");
    await tickets.open();
    await expect(tickets.row("Out of reach")).toBeVisible();
    await page.route("**/api/tickets/show", (route) => route.abort());
    await tickets.row("Out of reach").click();
    const fault = page.getByRole("alert").filter({ hasText: text("ticket-failed-title") });
    await expect(fault).toContainText(text("error-offline"));
    await page.unrouteAll();
    await fault.getByRole("button", { name: text("try-again") }).click();
    await expect(ticket.message("Hello")).toBeVisible();
  });

  test("offline the list stays and says how it stands, until the network is back", async ({
    page,
    portal,
    customer,
    context,
  }) => {
    const { tickets } = new Screens(page, portal);
    await customer.opens("Still here", "Hello");
    await tickets.open();
    await expect(tickets.row("Still here")).toBeVisible();
    await context.setOffline(true);
    await page.evaluate(() => dispatchEvent(new Event("online")));
    const line = page.locator(".list").getByRole("status").filter({ hasText: text("offline-line") });
    await expect(line).toBeVisible();
    await expect(tickets.row("Still here")).toBeVisible();
    await context.setOffline(false);
    await expect(line).toBeHidden();
  });

  test("a reply written offline stays and is no fault: said calmly, and in no alarming colour", async ({
    page,
    portal,
    customer,
    context,
  }) => {
    const { ticket } = new Screens(page, portal);
    const { id } = await customer.opens("Tunnel", "Hello");
    await ticket.open(id);
    await context.setOffline(true);
    await ticket.reply("Written in a tunnel");
    const words = ticket.message("in a tunnel").getByText(text("message-offline"));
    await expect(words).toBeVisible();
    await expect(ticket.message("in a tunnel")).not.toContainText(text("message-failed"));
    await expect(page.getByText(/offline/i).first()).toBeVisible();
    const [ink, quiet, danger] = await words.evaluate((element) => {
      const probe = document.body.appendChild(document.createElement("i"));
      const colour = (token: string) => {
        probe.style.color = `var(${token})`;
        return getComputedStyle(probe).color;
      };
      return [getComputedStyle(element).color, colour("--ink-muted"), colour("--danger")];
    });
    expect(ink).toBe(quiet);
    expect(ink).not.toBe(danger);
    await context.setOffline(false);
    await ticket.hasSent("Written in a tunnel");
  });

  test("what takes long to send says that it is kept", async ({ page, portal, customer }) => {
    const { ticket } = new Screens(page, portal);
    const { id } = await customer.opens("Slow", "Hello");
    await page.clock.install();
    await ticket.open(id);
    await page.route("**/api/tickets/reply", () => new Promise<never>(() => {}));
    await ticket.reply("On its way for long");
    const message = ticket.message("for long");
    await expect(message).toContainText(/sending…/);
    await expect(message).not.toContainText(/still sending/);
    await page.clock.fastForward(20_000);
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await expect(message).toContainText(/still sending/);
  });

  test("a new version says so, and loading it keeps what is typed", async ({ page, portal, customer }) => {
    const { ticket } = new Screens(page, portal);
    const { id } = await customer.opens("Upgraded", "Hello");
    await page.route("**/live", (route) =>
      route.fulfill({ contentType: "text/event-stream", body: "event: version\ndata: another\n\n" }),
    );
    await ticket.open(id);
    await ticket.composer.fill("Half an answer");
    const line = page.getByRole("status").filter({ hasText: text("outdated") });
    await expect(line).toBeVisible();
    await page.unrouteAll();
    await line.getByRole("button", { name: text("reload") }).click();
    await expect(line).toBeHidden();
    await expect(ticket.composer).toHaveValue("Half an answer");
  });
});

test("without JavaScript the page says what it needs, and shows nothing that is never filled", async ({
  browser,
  portal,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${portal.url}/sign-in`);
  const words = page.locator("noscript p");
  await expect(words).toHaveText(text("page-needs-script"));
  await expect(words).toBeVisible();
  await expect(page.locator(".skeleton")).toBeHidden();
  await expect(page.locator(".top-bar")).toBeHidden();
  await context.close();
});
