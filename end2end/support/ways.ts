// Ways to get somewhere: to a page whose app has started, by keyboard to something on it.
import { expect, type Locator, type Page } from "@playwright/test";

/** Presses a key until this has the focus. */
export async function tabTo(page: Page, target: Locator, key = "Tab") {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  await expect(target).toBeFocused();
}

/** Goes to a page of the portal's. */
export async function visit(page: Page, address: string) {
  await page.goto(address);
  await hasStarted(page);
}

/** Loads the page anew. */
export async function reload(page: Page) {
  await page.reload();
  await hasStarted(page);
}

/** The app is loaded and compiled, and has drawn its frame: work for the processor, which others may keep busy. */
async function hasStarted(page: Page) {
  await expect(page.locator("#announcer")).toBeAttached({ timeout: 60_000 });
}

/** The next answer to such a call comes, but is held back until it is let go. */
export async function hold(page: Page, calls: string): Promise<{ came: Promise<void>; letGo: () => void }> {
  let letGo = () => {};
  const gone = new Promise<void>((resolve) => (letGo = resolve));
  const came = new Promise<void>((resolve) => {
    void page.route(
      calls,
      async (route) => {
        const response = await route.fetch();
        resolve();
        await gone;
        await route.fulfill({ response });
      },
      { times: 1 },
    );
  });
  return { came, letGo };
}
