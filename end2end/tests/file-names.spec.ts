// Files with names that were made to mislead: the browser saves each under the one name that the page shows.
import { expect, test } from "../support/fixtures";
import { Screens } from "../support/pages";

const NAMES = [
  `say "hi".txt`,
  "one; filename=two.exe",
  "new\nline.txt",
  "tab\there.txt",
  "gpj\u202Eexe.txt",
  "..\\..\\win.ini",
  "../../etc/passwd",
  "C:evil.txt",
  "<script>alert(1)</script>.html",
  "100% %22sure%22 %2e%2e%2f.txt",
  "Größe – 日本語 – שלום 😀.pdf",
  "'single' `back` $(touch x) & done.sh",
  `${"long ".repeat(60)}.txt`,
  "...",
  " .hidden ",
  "CON.txt",
];

test("a8 the browser reads every name back as one name, and as the page shows it", async ({ page, portal, customer }) => {
  await customer.signIn();
  const { ticket } = new Screens(page, portal);
  const { id, number } = await customer.opens("Files with odd names", "Please send them.");
  await portal.desk.sendFiles(number, NAMES);
  await ticket.open(id);
  const links = ticket.thread.locator("a.file");
  await expect(links).toHaveCount(NAMES.length);
  for (let nth = 0; nth < NAMES.length; nth += 1) {
    const link = links.nth(nth);
    const shown = (await link.locator(".file-name").textContent())!;
    expect(shown, NAMES[nth]).not.toMatch(/[\/\\\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]|^\.|^$/);
    expect([...shown].length, NAMES[nth]).toBeLessThanOrEqual(120);
    // Once by the link, and once by the header alone, which counts where a link has no word of its own.
    const saved = page.waitForEvent("download");
    await link.click();
    const byLink = (await saved).suggestedFilename();
    // What is opened in a tab of its own is saved by this browser, and its tab goes again: a press meanwhile may be lost.
    await expect.poll(() => page.context().pages().length).toBe(1);
    // In a page of its own: one that is on its way elsewhere loses what is pressed in it.
    const address = new URL((await link.getAttribute("href"))!, portal.url).href;
    const other = await page.context().newPage();
    const opened = other.waitForEvent("download");
    await other.goto(address).catch(() => "what is saved is no page");
    const byHeader = (await opened).suggestedFilename();
    await other.close();
    for (const name of [byLink, byHeader]) {
      expect(name, NAMES[nth]).not.toMatch(/[\/\\\u0000-\u001f\u202a-\u202e]|^\.|^$/);
      // What Windows minds Chromium takes away by itself.
      expect(name.replaceAll("_", ""), NAMES[nth]).toBe(shown.replaceAll(/[_~]/g, "").replaceAll(/\s+/g, " "));
    }
  }
});
