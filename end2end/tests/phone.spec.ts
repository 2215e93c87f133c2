// What a phone adds: two screens and its Back, a keyboard over the page, round corners, being kept among the apps, no network.
import type { Page } from "@playwright/test";

import { expect, test } from "../support/fixtures";
import { Screens } from "../support/pages";
import { text } from "../support/texts";

test("the list and a ticket are two screens, and Back leads from one to the other", async ({
  page,
  portal,
  customer,
}) => {
  await customer.signIn();
  const { tickets, ticket } = new Screens(page, portal);
  await customer.opens("On a phone", "Hello");
  await tickets.open();
  await tickets.row("On a phone").click();
  await expect(ticket.composer).toBeVisible();
  await expect(tickets.row("On a phone")).toBeHidden();
  await page.goBack();
  await expect(tickets.row("On a phone")).toBeVisible();
  await expect(ticket.composer).toBeHidden();
  await page.goForward();
  await expect(ticket.composer).toBeVisible();
});

test("the way back in the page is the browser's own where one came from the list", async ({
  page,
  portal,
  customer,
  context,
}) => {
  await customer.signIn();
  const { tickets, ticket } = new Screens(page, portal);
  const { id } = await customer.opens("There and back", "Hello");
  await tickets.open();
  await tickets.row("There and back").click();
  await expect(ticket.composer).toBeVisible();
  await ticket.backToList();
  await expect(tickets.row("There and back")).toBeFocused();
  // It was left behind, and is not met again on the way back.
  await page.goForward();
  await expect(ticket.composer).toBeVisible();
  // From a mail's link there is nothing to go back to.
  const tab = await context.newPage();
  const there = new Screens(tab, portal);
  await there.ticket.open(id);
  await there.ticket.backToList();
  await expect(there.tickets.row("There and back")).toBeVisible();
  await tab.goBack();
  await expect(there.ticket.composer).toBeVisible();
});

/** As a browser does that lays its keyboard over the page: what is seen shrinks, the page does not. */
async function layKeyboard(page: Page, height: number) {
  await page.evaluate((height) => {
    Object.defineProperty(visualViewport!, "height", { value: innerHeight - height, configurable: true });
    visualViewport!.dispatchEvent(new Event("resize"));
  }, height);
}

test("a keyboard that is laid over the page never covers the composer", async ({ page, portal, customer }) => {
  await customer.signIn();
  const { ticket } = new Screens(page, portal);
  const { id } = await customer.opens("Typing", "Hello");
  await ticket.open(id);
  await ticket.composer.click();
  await layKeyboard(page, 340);
  const bottom = () => ticket.send.evaluate((button) => button.getBoundingClientRect().bottom);
  await expect.poll(bottom).toBeLessThanOrEqual(844 - 340);
  await expect(ticket.message("Hello")).toBeInViewport();
  await layKeyboard(page, 0);
  await expect.poll(bottom).toBeGreaterThan(844 - 340);
});

test("pressing Send leaves the keyboard where it is", async ({ page, portal, customer }) => {
  await customer.signIn();
  const { ticket } = new Screens(page, portal);
  const { id } = await customer.opens("Several in a row", "Hello");
  await ticket.open(id);
  await ticket.composer.fill("One");
  await ticket.composer.evaluate((area) => {
    area.addEventListener("blur", () => area.setAttribute("data-left", ""));
  });
  await ticket.send.tap();
  await expect(ticket.message("One")).toBeVisible();
  await expect(ticket.composer).toHaveValue("");
  await expect(ticket.composer).toBeFocused();
  await expect(ticket.composer).not.toHaveAttribute("data-left");
});

test("what one writes without a network stays in sight, with what is said of it", async ({
  page,
  portal,
  customer,
  context,
}) => {
  await customer.signIn();
  const { ticket } = new Screens(page, portal);
  const { id, number } = await customer.opens("In a tunnel", "Hello");
  await portal.desk.answer(number, Array.from({ length: 40 }, (_, n) => `Line ${n + 1}`).join("\n\n"));
  await ticket.open(id);
  await expect(ticket.message("Line 40")).toBeInViewport();
  await context.setOffline(true);
  await ticket.composer.fill("Written in a tunnel");
  await ticket.send.click();
  const said = ticket.message("Written in a tunnel").getByText(text("message-offline"));
  await expect(said).toBeVisible();
  await expect(page.getByRole("article").getByText(text("offline-line"))).toBeVisible();
  await expect(said).toBeInViewport({ ratio: 1 });
  await context.setOffline(false);
  await expect(said).toBeHidden();
  await expect(ticket.message("Written in a tunnel")).toBeInViewport({ ratio: 1 });
});

test("nothing lies below a notch or the bar at the bottom", async ({ page, portal, customer, context }) => {
  await customer.signIn();
  const { ticket } = new Screens(page, portal);
  const { id } = await customer.opens("Round corners", "Hello");
  const devtools = await context.newCDPSession(page);
  await devtools.send("Emulation.setSafeAreaInsetsOverride", { insets: { top: 47, left: 44, right: 44, bottom: 34 } });
  await ticket.open(id);
  const room = async () =>
    page.evaluate(() => {
      const [brand, send, head] = [".brand", ".composer .button", ".ticket-head h1"].map((name) =>
        document.querySelector(name)!.getBoundingClientRect(),
      );
      const [right, bottom] = [innerWidth - 44, innerHeight - 34];
      return [brand.top >= 47, brand.left >= 44, head.left >= 44, send.right <= right, send.bottom <= bottom];
    });
  await expect.poll(room).toEqual([true, true, true, true, true]);
});

test("a phone on its side scrolls the whole list, and comes back to the same place", async ({
  page,
  portal,
  customer,
}) => {
  await customer.signIn();
  const { tickets, ticket } = new Screens(page, portal);
  await customer.opensMany(12, "Sideways");
  await page.setViewportSize({ width: 740, height: 340 });
  await tickets.open();
  await expect(tickets.rows).toHaveCount(12);
  const row = tickets.row("Sideways 3 of 12");
  await row.scrollIntoViewIfNeeded();
  await expect(row).toBeInViewport();
  const place = await row.evaluate((element) => element.getBoundingClientRect().top);
  await row.click();
  await expect(ticket.heading("Sideways 3 of 12")).toBeVisible();
  await page.goBack();
  await expect(row).toBeInViewport();
  await expect.poll(() => row.evaluate((element) => element.getBoundingClientRect().top)).toBeCloseTo(place, -1);
});

test("the manifest is the operator's, and everything it names is there", async ({ page, portal }) => {
  await new Screens(page, portal).signIn.open();
  const address = await page.locator("link[rel=manifest]").getAttribute("href");
  const manifest = (await (await page.request.get(new URL(address!, portal.url).href)).json()) as {
    name: string;
    start_url: string;
    icons: { src: string; type: string }[];
  };
  expect(manifest.name).toBe("Acme Support");
  expect(manifest.icons.length).toBeGreaterThan(0);
  for (const { src, type } of manifest.icons) {
    const icon = await page.request.get(`${portal.url}/${src}`);
    expect([icon.status(), icon.headers()["content-type"]], src).toEqual([200, type]);
  }
  expect(new URL(manifest.start_url, `${portal.url}/`).href).toBe(`${portal.url}/tickets`);
});

/** Until the worker has the page for when there is no network. */
async function workerIsReady(page: Page) {
  await page.evaluate(async () => (await navigator.serviceWorker.ready).active !== null);
}

test("without a network a page says so, and the customer's comes when there is one again", async ({
  page,
  portal,
  customer,
  context,
}) => {
  await customer.signIn();
  const { tickets } = new Screens(page, portal);
  await customer.opens("Out of reach", "Hello");
  await tickets.open();
  await workerIsReady(page);
  await context.setOffline(true);
  await page.goto(`${portal.url}/tickets`);
  await expect(page.getByRole("alert")).toContainText(text("page-failed"));
  await expect(page.getByText("Out of reach")).toHaveCount(0);
  await page.getByRole("link", { name: text("page-load-again") }).click();
  await expect(page.getByRole("alert")).toContainText(text("page-failed"));
  await context.setOffline(false);
  await expect(tickets.row("Out of reach")).toBeVisible();
});

test("s11 what the worker keeps is nobody's: two files, the same for everybody, whatever was looked at", async ({
  page,
  portal,
  customer,
  context,
}) => {
  await customer.signIn();
  const { ticket, tickets, overview, account, signIn } = new Screens(page, portal);
  const { id } = await customer.opens("Secret subject", "Secret words");
  await tickets.open();
  await workerIsReady(page);
  // Pages that the worker has had in its hands, and a day without network.
  await ticket.open(id);
  await overview.open();
  await context.setOffline(true);
  await page.goto(`${portal.url}/tickets/${id}`);
  await expect(page.getByRole("alert")).toBeVisible();
  await context.setOffline(false);
  await expect(ticket.message("Secret words")).toBeVisible();
  await tickets.open();
  const kept = () =>
    page.evaluate(async () => {
      const all = await Promise.all(
        (await caches.keys()).map(async (name) => {
          const cache = await caches.open(name);
          const requests = await cache.keys();
          return Promise.all(
            requests.map(async ({ url }) => ({ url, text: await (await cache.match(url))!.text() })),
          );
        }),
      );
      return all.flat();
    });
  for (const state of ["signed in", "signed out"]) {
    const files = await kept();
    expect(files.map(({ url }) => new URL(url).pathname.replace(/[^/]+\.css/, "*.css")).sort(), state).toEqual([
      "/portal/assets/*.css",
      "/portal/offline",
    ]);
    for (const { url, text } of files) {
      expect(text, url).not.toMatch(/Secret|grace|first-view/);
      expect(text.length, url).toBeGreaterThan(500);
    }
    if (state === "signed in") {
      await account.signOut();
      await expect(signIn.address).toBeVisible();
    }
  }
});

test("a toast on a phone hides neither the title, nor the composer, nor what it says beforehand", async ({ page, portal, customer }) => {
  await customer.signIn();
  const { ticket } = new Screens(page, portal);
  const { id } = await customer.opens("A slip", "Hello");
  await ticket.open(id);
  await ticket.cancel.click();
  await ticket.confirmCancel.click();
  const toast = page.getByRole("status").filter({ hasText: text("cancel-done") });
  await expect(toast).toBeVisible();
  // All at one moment and at once, as soon as it has come to rest: it stays for some seconds only, of real time.
  const places = await ticket.reopens.evaluate(async (note) => {
    const [toast, title] = [".notice[data-state]", ".ticket-head h1"].map((it) => document.querySelector(it)!);
    await Promise.all(toast.getAnimations().map((animation) => animation.finished));
    return [title, toast, note].map((it) => it.getBoundingClientRect()).map(({ top, bottom }) => ({ top, bottom }));
  });
  const [title, over, below] = places;
  expect(below.bottom).toBeGreaterThan(below.top);
  expect(over.top).toBeGreaterThan(title.bottom);
  expect(over.bottom).toBeLessThanOrEqual(below.top);
});
