// A system's own few colours, on every screen in every state: edges, drawings, dots, words and the ring of the focus are seen, whatever look is chosen
// in the portal.
import { groups } from "../states/all";
import { Stage } from "../states/stage";
import { expect, test } from "../support/fixtures";
import { unseen } from "../support/forced";
import { png } from "../support/media";
import { Screens } from "../support/pages";
import { text } from "../support/texts";

/** The system's colours are light or dark, and the portal's look is the other one. */
const SYSTEMS = [
  { colorScheme: "light", theme: "dark" },
  { colorScheme: "dark", theme: "light" },
] as const;

test.use({ faults: [503] });

for (const { name, signedIn, states } of groups) {
  test.describe(name, () => {
    test.describe.configure({ timeout: states.length * 40_000 });

    test("everything is seen in every state", async ({ page, context, portal, customer, elsewhere }) => {
      if (signedIn) await customer.signIn();
      const stage = new Stage(page, context, portal, customer, elsewhere);
      for (const { screen, state, reach } of states) {
        await test.step(`${screen}: ${state}`, async () => {
          const shown = (await reach(stage)) ?? page;
          for (const { colorScheme, theme } of SYSTEMS) {
            await shown.emulateMedia({ forcedColors: "active", colorScheme, reducedMotion: "reduce" });
            await shown.evaluate((theme) => document.documentElement.setAttribute("data-theme", theme), theme);
            expect.soft(await unseen(shown), `${screen}: ${state}, ${colorScheme}`).toEqual([]);
          }
          await shown.emulateMedia({ forcedColors: "none", colorScheme: "light" });
          if (shown !== page) await shown.close();
          await stage.reset();
        });
      }
    });
  });
}

test("what has the focus shows it, wherever one goes by keyboard", async ({ page, portal, customer }) => {
  await customer.signIn();
  const { ticket } = new Screens(page, portal);
  await customer.opens("Another", "Hello");
  const { id, number } = await customer.opens("By keyboard", "Hello");
  await portal.desk.sendMade(number, [png("seen.png")]);
  await ticket.open(id);
  await ticket.composer.fill("So that all can be pressed");
  for (const { colorScheme, theme } of SYSTEMS) {
    await page.emulateMedia({ forcedColors: "active", colorScheme });
    await page.evaluate((theme) => {
      document.documentElement.setAttribute("data-theme", theme);
      (document.activeElement as HTMLElement).blur();
    }, theme);
    for (let presses = 0; presses < 30; presses += 1) {
      await page.keyboard.press("Tab");
      expect.soft(await unseen(page), `${colorScheme}, after ${presses + 1} presses`).toEqual([]);
    }
  }
});

test("a drawing on the button that is to be pressed is seen, and so is a button that is pressed", async ({
  page,
  portal,
  customer,
}) => {
  await customer.signIn();
  await page.emulateMedia({ forcedColors: "active" });
  const { ticket, account } = new Screens(page, portal);
  const { id } = await customer.opens("Not yet", "Hello");
  await ticket.open(id);
  await ticket.composer.fill("**Seen**");
  const look = () => ticket.preview.evaluate((it) => getComputedStyle(it, "::before").backgroundColor);
  const before = await look();
  await ticket.preview.click();
  await expect(ticket.preview).toHaveAttribute("aria-pressed", "true");
  expect(await look()).not.toBe(before);
  expect(await unseen(page)).toEqual([]);
  await page.route("**/api/session/sign-out", (route) => route.abort());
  await account.signOut();
  await expect(page.getByRole("dialog", { name: text("unended-title") })).toBeVisible();
  expect(await unseen(page)).toEqual([]);
});
