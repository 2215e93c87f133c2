// WCAG 2.2 AA on every screen in every state. Each state is reached once and then seen in five looks, in which every pair of theme, direction,
// width and size of text comes up: in each axe finds nothing, nothing is narrower than a finger, and nothing has to be pushed sideways.
import type { Page } from "@playwright/test";

import { groups } from "../states/all";
import { DESKTOP, described, dress, NARROW, type Dress } from "../states/dress";
import { Stage } from "../states/stage";
import { faults } from "../support/axe";
import { expect, test } from "../support/fixtures";

/** Five looks in which each two of the four choices meet in all four ways. */
const LOOKS: Dress[] = [
  { theme: "light", direction: "ltr", size: DESKTOP, text: 100 },
  { theme: "light", direction: "rtl", size: NARROW, text: 200 },
  { theme: "dark", direction: "ltr", size: NARROW, text: 200 },
  { theme: "dark", direction: "rtl", size: DESKTOP, text: 200 },
  { theme: "dark", direction: "rtl", size: NARROW, text: 100 },
];

/** What depends on how a page looks; the rest is looked for in one look, another one from state to state. */
const OF_LOOKS = ["color-contrast", "target-size", "scrollable-region-focusable", "link-in-text-block"];

/** A finger's width, pixels. */
const FINGER = 44;

/** What is too small to be pressed, or reaches out of the window. Links in sentences may be as high as these are. */
async function hasRoom(page: Page, where: string) {
  const found = await page.evaluate((finger) => {
    const shown = (element: Element) => element.checkVisibility({ opacityProperty: false, visibilityProperty: true });
    const told = (element: Element) => element.outerHTML.slice(0, 120);
    let looked = 0;
    const modal = document.querySelector("dialog[open]");
    const pressed = "a[href], button, input, select, textarea, summary, [role=button], [role=link]";
    const small = [...(modal ?? document).querySelectorAll(pressed)].flatMap((element) => {
      if (!shown(element) || element.closest(".prose, .skip, .summary, .visually-hidden")) return [];
      looked += 1;
      // A box to tick is pressed by its words too.
      const target = element.matches("[type=checkbox]") ? (element.closest("label") ?? element) : element;
      const { width, height } = target.getBoundingClientRect();
      return width + 0.5 < finger || height + 0.5 < finger ? [`${width} × ${height}: ${told(element)}`] : [];
    });
    const read = "h1, h2, p, label, button, .badge, .bubble, .row, .input";
    const beyond = [...document.querySelectorAll(read)].flatMap((element) => {
      if (!shown(element) || element.closest(".table, pre, .skip, .visually-hidden")) return [];
      const { left, right, width } = element.getBoundingClientRect();
      return width > 1 && (left < -0.5 || right > innerWidth + 0.5) ? [`${left} to ${right}: ${told(element)}`] : [];
    });
    return { looked, small, beyond, wide: Math.max(0, document.documentElement.scrollWidth - innerWidth) };
  }, FINGER);
  expect.soft(found, where).toEqual({ looked: expect.any(Number), small: [], beyond: [], wide: 0 });
  return found.looked;
}

test.use({ faults: [503] });

for (const { name, signedIn, states } of groups) {
  test.describe(name, () => {
    // So long for each state: a busy machine takes ten times what one at rest does.
    test.describe.configure({ timeout: states.length * 40_000 });

    test("every state", async ({ page, context, portal, customer, elsewhere }) => {
      if (signedIn) await customer.signIn();
      const stage = new Stage(page, context, portal, customer, elsewhere);
      for (const [nth, { screen, state, bare, reach }] of states.entries()) {
        await test.step(`${screen}: ${state}`, async () => {
          const shown = (await reach(stage)) ?? page;
          for (const look of LOOKS) {
            const where = `${screen}: ${state}, ${described(look)}`;
            await dress(shown, look);
            const looked = await hasRoom(shown, where);
            // Before the app is there is no heading yet, and axe itself is a script.
            if (bare) continue;
            expect.soft(looked, `${where}, things to press`).toBeGreaterThan(0);
            const rules = look === LOOKS[nth % LOOKS.length] ? undefined : OF_LOOKS;
            expect.soft(await faults(shown, rules), where).toEqual([]);
          }
          if (shown !== page) await shown.close();
          await dress(page, LOOKS[0]);
          await stage.reset();
        });
      }
    });
  });
}
