// What axe finds wrong on a page.
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** A line for each place with a fault, by all rules or by these only. */
export async function faults(page: Page, rules?: string[]): Promise<string[]> {
  // It is a long script: half the time would go into loading it into the same page again.
  const isThere = await page.evaluate(() => "axe" in window);
  const axe = new AxeBuilder({ page, axeSource: isThere ? ";" : undefined })
    .setLegacyMode()
    .options({ resultTypes: ["violations"] });
  const { violations } = await (rules ? axe.withRules(rules) : axe).analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}: ${node.html}\n${node.failureSummary}`),
  );
}
