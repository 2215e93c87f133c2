// How a page can look: theme, direction, width and size of text, changed without loading it again.
import type { Page } from "@playwright/test";

export interface Dress {
  theme: "light" | "dark";
  direction: "ltr" | "rtl";
  size: { width: number; height: number };
  /** Size of text, percent. */
  text: 100 | 200;
}

export const NARROW = { width: 320, height: 640 };
export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 800 };

/** Lets the page look so. */
export async function dress(page: Page, { theme, direction, size, text }: Dress): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
  await page.setViewportSize(size);
  await page.evaluate(
    ([direction, text]) => {
      const root = document.documentElement;
      root.dir = direction;
      root.style.fontSize = text;
    },
    [direction, `${text}%`] as const,
  );
}

/** The name of a look. */
export function described({ theme, direction, size, text }: Dress): string {
  return `${theme} ${direction} ${size.width} ${text} %`;
}
