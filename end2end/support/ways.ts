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

/** The next such call is held back until it is let go: when it is answered, or before it is asked. */
export async function hold(
  page: Page,
  calls: string,
  when: "asked" | "answered" = "answered",
): Promise<{ came: Promise<void>; letGo: () => void }> {
  let letGo = () => {};
  const gone = new Promise<void>((resolve) => (letGo = resolve));
  const came = new Promise<void>((resolve) => {
    void page.route(
      calls,
      async (route) => {
        const response = when === "answered" ? await route.fetch() : undefined;
        resolve();
        await gone;
        await (response ? route.fulfill({ response }) : route.continue());
      },
      { times: 1 },
    );
  });
  return { came, letGo };
}
