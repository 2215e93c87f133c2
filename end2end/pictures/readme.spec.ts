// The two pictures of the README: the list beside a ticket on a desktop, a ticket on a phone.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { Customer } from "../support/customer";
import { expect, test } from "../support/fixtures";
import { Screens } from "../support/pages";

const DOCS = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), "docs");
const SUBJECT = "The printer on floor 2 says PC LOAD LETTER";

const pictures = [
  { name: "portal", viewport: { width: 1200, height: 760 } },
  { name: "phone", viewport: { width: 390, height: 760 } },
];

for (const { name, viewport } of pictures) {
  test.describe(name, () => {
    test.use({ viewport });
    test(`docs/${name}.png`, async ({ page, portal, context }) => {
      await Customer.of(portal, context, "ada@example.com").signIn();
      const { tickets, ticket } = new Screens(page, portal);
      await tickets.open();
      await expect(tickets.filling).toBeHidden();
      const [scanner] = await portal.desk.conversationsAbout("Scanner sends empty pages");
      await portal.desk.answer(scanner.id, "The tray looks fine. Could you try it with the lid closed?");
      await expect(tickets.unread("Scanner sends empty pages")).toBeVisible();
      await tickets.row(SUBJECT).click();
      await expect(ticket.message("That is a known one")).toBeInViewport();
      await expect(tickets.unread(SUBJECT)).toBeHidden();
      await page.mouse.move(0, 0);
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      await page.screenshot({ path: join(DOCS, `${name}.png`), animations: "disabled" });
    });
  });
}
