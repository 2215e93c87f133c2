// The agents' desk of the demo, as an agent uses it.
import { expect, type Locator, type Page } from "@playwright/test";

import type { Portal } from "./portal";

export class DeskPage {
  readonly field: Locator;
  readonly isNote: Locator;
  /** Whom the agent sees typing. */
  readonly typing: Locator;

  private constructor(private readonly page: Page) {
    this.field = page.getByRole("textbox", { name: "Answer" });
    this.isNote = page.getByRole("checkbox", { name: "Private note" });
    this.typing = page.locator("#typing");
  }

  /** Opens a conversation there. */
  static async open(page: Page, portal: Portal, conversation: number): Promise<DeskPage> {
    await page.goto(portal.desk.page(conversation));
    const desk = new DeskPage(page);
    await expect(desk.field).toBeVisible();
    return desk;
  }

  /** How far an answer is, as the agent sees it. */
  status(words: string) {
    return this.page.locator("#thread .outgoing").filter({ hasText: words }).locator(".status");
  }

  message(words: string) {
    return this.page.locator("#thread li").filter({ hasText: words });
  }

  /** Types without sending. */
  async types(words: string) {
    await this.field.pressSequentially(words);
  }

  async send() {
    await this.page.getByRole("button", { name: "Send", exact: true }).click();
  }
}
