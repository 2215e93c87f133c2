// Takes the pictures: each state is reached once, and then shown in every look.
import { join } from "node:path";

import { groups } from "../states/all";
import { dress } from "../states/dress";
import { Stage } from "../states/stage";
import { test } from "../support/fixtures";
import { FOLDER, fileOf, looks } from "./pictures";

test.use({ faults: [503] });

for (const { name, signedIn, states } of groups) {
  test(name, async ({ page, context, portal, customer, elsewhere }) => {
    if (signedIn) await customer.signIn();
    const stage = new Stage(page, context, portal, customer, elsewhere);
    for (const { screen, state, reach } of states) {
      await test.step(`${screen}: ${state}`, async () => {
        const shown = (await reach(stage)) ?? page;
        await shown.mouse.move(0, 0);
        for (const look of looks) {
          await dress(shown, look);
          await shown.screenshot({ path: join(FOLDER, fileOf(screen, state, look)), animations: "disabled" });
        }
        if (shown !== page) await shown.close();
        await page.setViewportSize({ width: 1200, height: 800 });
        await stage.reset();
      });
    }
  });
}
