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
