// A page whose app does not load says so, instead of looking busy for ever.
import { expect, test } from "../support/fixtures";
import { Screens } from "../support/pages";
import { text } from "../support/texts";

for (const what of ["wasm", "js"]) {
  test(`a page whose ${what} does not load says so`, async ({ browser, contextOptions, portal }) => {
    // A context of its own: here the browser has something to complain of.
    const context = await browser.newContext(contextOptions);
    const page = await context.newPage();
    const refused: string[] = [];
    await page.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => {
        document.title = `refused ${event.effectiveDirective}`;
      });
    });
    await page.route(`**/*.${what}`, (route) => {
      refused.push(route.request().url());
      return route.abort();
    });
    await page.goto(`${portal.url}/sign-in`);
    await expect(page.getByRole("alert")).toContainText(text("page-failed"));
    await expect(page.locator(".skeleton")).toBeHidden();
    expect(refused.length).toBeGreaterThan(0);
    await expect(page).not.toHaveTitle(/refused/);
    await context.close();
  });
}

for (const what of ["app_bg", "app-", "split_door", "locales/en"]) {
  test(`a page that got no ${what} for a moment tries again by itself`, async ({ browser, contextOptions, portal }) => {
    const context = await browser.newContext(contextOptions);
    const page = await context.newPage();
    await page.clock.install();
    let broken = true;
    await page.route(
      (url) => url.pathname.includes(what),
      (route) => (broken ? route.abort() : route.continue()),
    );
    await page.goto(`${portal.url}/sign-in`);
    await expect(page.getByRole("alert")).toContainText(text("page-failed"));
    broken = false;
    await page.clock.fastForward(60_000);
    await expect(page.getByRole("heading", { name: text("sign-in-title") })).toBeVisible();
    await context.close();
  });
}

test("a page that never starts tries three times, and once more when there is a network again", async ({ browser, contextOptions, portal }) => {
  const context = await browser.newContext(contextOptions);
  const page = await context.newPage();
  await page.clock.install();
  let loaded = 0;
  page.on("domcontentloaded", () => (loaded += 1));
  await page.route("**/app_bg*", (route) => route.abort());
  const failed = page.getByRole("alert").filter({ hasText: text("page-failed") });
  await page.goto(`${portal.url}/sign-in`);
  for (const tries of [1, 2, 3, 4]) {
    await expect.poll(() => loaded).toBe(tries);
    await expect(failed).toBeVisible();
    await page.clock.fastForward(60_000);
  }
  await page.unrouteAll();
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await expect(page.getByRole("heading", { name: text("sign-in-title") })).toBeVisible();
  expect(loaded).toBe(5);
  await context.close();
});

test("a browser without what plain HTTP takes from it opens and sends all the same", async ({ page, portal, customer }) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(Crypto.prototype, "randomUUID");
  });
  await customer.signIn();
  const { ticket } = new Screens(page, portal);
  const { id } = await customer.opens("In the house", "Hello");
  await ticket.open(id);
  await ticket.reply("Over plain HTTP");
  await ticket.hasSent("Over plain HTTP");
});
