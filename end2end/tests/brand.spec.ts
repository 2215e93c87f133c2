// Whatever colour the operator's brand has, everything on the screen can be read: contrasts of the real stylesheet, as Chromium computes them.
import { expect, test } from "../support/fixtures";
import { Screens } from "../support/pages";

/** WCAG 2.2: text 4.5 to 1, what is no text 3 to 1. */
const PAIRS = [
  { of: "a primary button's words", ink: "--on-accent", ground: "--accent", least: 4.5 },
  { of: "the same, pointed at", ink: "--on-accent", ground: "--accent-hover", least: 4.5 },
  { of: "a link on a card", ink: "--accent", ground: "--surface", least: 4.5 },
  { of: "a link on the page", ink: "--accent", ground: "--canvas", least: 4.5 },
  { of: "a link on what is sunken", ink: "--accent", ground: "--sunken", least: 4.5 },
  { of: "the chosen filter", ink: "--accent", ground: "--accent-tint", least: 4.5 },
  { of: "words in one's own bubble", ink: "--ink", ground: "--accent-tint", least: 4.5 },
  { of: "quiet words in the open row", ink: "--ink-muted", ground: "--accent-tint", least: 4.5 },
  { of: "the ring around what has the focus", ink: "--accent", ground: "--surface", least: 3 },
  { of: "the ring in the open row", ink: "--accent", ground: "--accent-tint", least: 3 },
];

/** Every hue as it is, weaker, and as a grey has it: what BRAND_COLOR can come to (server/src/config/brand.rs). */
const CHROMAS = [1, 0.5, 0];

for (const theme of ["light", "dark"] as const) {
  test(`contrasts hold at every hue, ${theme}`, async ({ page, portal }) => {
    await page.emulateMedia({ colorScheme: theme });
    await new Screens(page, portal).signIn.open();
    const { worst, looked } = await page.evaluate(
      ({ pairs, chromas }) => {
        const root = document.documentElement;
        const probe = document.body.appendChild(document.createElement("div"));
        const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true })!;
        const luminance = (token: string) => {
          probe.style.color = `var(${token})`;
          canvas.fillStyle = getComputedStyle(probe).color;
          canvas.fillRect(0, 0, 1, 1);
          const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((byte) => {
            const value = byte / 255;
            return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
          });
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const worst = new Map<string, { contrast: number; hue: number; chroma: number }>();
        let looked = 0;
        for (const chroma of chromas) {
          for (let hue = 0; hue < 360; hue += 1) {
            root.style.setProperty("--brand-hue", String(hue));
            root.style.setProperty("--brand-chroma", String(chroma));
            const tokens = new Set(pairs.flatMap(({ ink, ground }) => [ink, ground]));
            const bright = new Map([...tokens].map((token) => [token, luminance(token)]));
            for (const { of, ink, ground } of pairs) {
              const [light, dark] = [bright.get(ink)!, bright.get(ground)!].sort((a, b) => b - a);
              const contrast = (light + 0.05) / (dark + 0.05);
              if (contrast < (worst.get(of)?.contrast ?? Infinity)) worst.set(of, { contrast, hue, chroma });
              looked += 1;
            }
          }
        }
        return { worst: [...worst], looked };
      },
      { pairs: PAIRS, chromas: CHROMAS },
    );
    expect(looked).toBe(PAIRS.length * CHROMAS.length * 360);
    for (const [of, { contrast, hue, chroma }] of worst) {
      const { least } = PAIRS.find((pair) => pair.of === of)!;
      expect.soft(contrast, `${of}, ${theme}, hue ${hue}, chroma ${chroma}`).toBeGreaterThanOrEqual(least);
    }
  });
}
