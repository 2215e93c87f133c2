// A page that was out of sight, or on a machine that slept: what it shows is right again at once, though no event told it.
import type { Page } from "@playwright/test";

import { expect, test } from "../support/fixtures";
import { Screens } from "../support/pages";

interface Sight {
  visibilityState: DocumentVisibilityState;
}

/** Lets no event arrive: the stream is asked for and never answered. */
async function withoutStream(page: Page) {
  await page.route("**/portal/live", () => new Promise<never>(() => {}));
}

/** What a browser does when one goes to another tab, or comes back. */
async function turn(page: Page, visibilityState: DocumentVisibilityState) {
  await page.evaluate((state) => {
    (window as unknown as { sight: Sight }).sight.visibilityState = state;
    document.dispatchEvent(new Event("visibilitychange"));
  }, visibilityState);
}

test("who comes back to the tab sees what happened meanwhile, and nothing was asked while nobody looked", async ({
  page,
  portal,
  customer,
}) => {
  await customer.signIn();
  const { id, number } = await customer.opens("In another tab", "Hello");
  await withoutStream(page);
  await page.addInitScript(() => {
    const sight: Sight = { visibilityState: "visible" };
    Object.assign(window, { sight });
    Object.defineProperty(document, "visibilityState", { get: () => sight.visibilityState });
    Object.defineProperty(document, "hidden", { get: () => sight.visibilityState === "hidden" });
  });
  await page.clock.install();
  const { ticket, tickets } = new Screens(page, portal);
  await ticket.open(id);
  await expect(ticket.message("Hello")).toBeVisible();
  await turn(page, "hidden");
  await portal.desk.answer(number, "While you were away");
  let asked = 0;
  page.on("request", (request) => (asked += Number(request.url().endsWith("/api/tickets/show"))));
  await page.clock.runFor(60_000);
  expect(asked).toBe(0);
  await expect(ticket.message("While you were away")).toHaveCount(0);
  // From here on no timer helps.
  await page.clock.pauseAt(Date.now() + 3_600_000);
  await turn(page, "visible");
  await expect.poll(() => asked).toBeGreaterThan(0);
  await expect(ticket.message("While you were away")).toBeVisible();
  await expect(tickets.row("In another tab")).toContainText("While you were away");
});

test("on a machine that slept, the page is right as soon as it wakes", async ({ page, portal, customer }) => {
  await customer.signIn();
  const { id, number } = await customer.opens("Overnight", "Hello");
  await withoutStream(page);
  await page.clock.install();
  const { ticket } = new Screens(page, portal);
  await ticket.open(id);
  await expect(ticket.message("Hello")).toBeVisible();
  await page.clock.pauseAt(Date.now() + 10_000);
  await portal.desk.answer(number, "Written at night");
  await expect(ticket.message("Written at night")).toHaveCount(0);
  await page.clock.fastForward("08:00:00");
  await expect(ticket.message("Written at night")).toBeVisible();
});
