// What every screen of the portal has for the tests: its page, its language, and the ways to find things by their words.
import type { Locator, Page } from "@playwright/test";

import { pattern, text } from "./texts";

export class Screen {
  constructor(
    protected readonly page: Page,
    protected readonly url: string,
    protected readonly language: string,
  ) {}

  protected text(id: string): string {
    return text(id, this.language);
  }

  protected pattern(id: string): RegExp {
    return pattern(id, this.language);
  }

  protected button(id: string, within: Page | Locator = this.page): Locator {
    return within.getByRole("button", { name: this.text(id), exact: true });
  }

  protected link(id: string, within: Page | Locator = this.page): Locator {
    return within.getByRole("link", { name: this.text(id), exact: true });
  }

  protected title(id: string): Locator {
    return this.page.getByRole("heading", { name: this.text(id), exact: true });
  }
}
