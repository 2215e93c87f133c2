// What cannot be seen in a system's own few colours: things to press without an edge, drawings and dots in the colour they stand on, words too.
import type { Page } from "@playwright/test";

/** What is wrong on the page as it is shown, in words; also what has the focus and does not show it. */
export async function unseen(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    type Colour = [number, number, number, number];
    const brush = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", {
      willReadFrequently: true,
    })!;
    const read = (colour: string): Colour => {
      brush.clearRect(0, 0, 1, 1);
      brush.fillStyle = colour;
      brush.fillRect(0, 0, 1, 1);
      return [...brush.getImageData(0, 0, 1, 1).data] as Colour;
    };
    const light = ([r, g, b]: Colour) => {
      const [x, y, z] = [r, g, b].map((it) => (it <= 10 ? it / 3294 : ((it / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * x + 0.7152 * y + 0.0722 * z;
    };
    /** How far two colours are apart, as a ratio; what cannot be seen through is nothing. */
    const apart = (one: string, other: string) => {
      const [a, b] = [read(one), read(other)];
      if (a[3] < 128) return 1;
      const [high, low] = [light(a), light(b)].sort((x, y) => y - x);
      return (high + 0.05) / (low + 0.05);
    };
    const ground = (element: Element | null): string => {
      for (let at = element; at; at = at.parentElement) {
        // A ground of its own shape lies behind the words.
        const behind = getComputedStyle(at, "::before");
        const isBehind = behind.content !== "none" && behind.zIndex === "-1";
        const { backgroundColor } = isBehind ? behind : getComputedStyle(at);
        if (read(backgroundColor)[3] >= 128) return backgroundColor;
      }
      return "Canvas";
    };
    const named = (element: Element) =>
      `${element.tagName.toLowerCase()}.${element.classList} "${(element.getAttribute("aria-label") ?? element.textContent ?? "").trim().slice(0, 30)}"`;
    const isSeen = (element: Element) => {
      const { width, height } = element.getBoundingClientRect();
      return width > 1 && height > 1 && element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    };
    const hasEdge = (element: Element, behind: string) => {
      const style = getComputedStyle(element);
      return ["border-top", "border-bottom", "border-left", "border-right", "outline"].some(
        (side) =>
          style.getPropertyValue(`${side}-style`) !== "none" &&
          parseFloat(style.getPropertyValue(`${side}-width`)) >= 1 &&
          apart(style.getPropertyValue(`${side}-color`), behind) >= 3,
      );
    };
    const isUnderlined = (element: Element) =>
      [element, ...element.querySelectorAll("*")].some((it) => getComputedStyle(it).textDecorationLine.includes("underline"));
    const found: string[] = [];
    const within = document.querySelector("dialog[open]") ?? document.body;

    for (const element of within.querySelectorAll("a[href], button, input, select, textarea")) {
      if (!isSeen(element)) continue;
      const style = getComputedStyle(element);
      const behind = ground(element.parentElement);
      // What is written in may have its edge, and its ring, around it.
      const box = element.closest(".composer-box");
      const isBoxed = element.tagName === "TEXTAREA" && box != null && hasEdge(box, ground(box.parentElement));
      const isLink = element.tagName === "A" && style.color !== getComputedStyle(element.parentElement!).color;
      const isNative = style.appearance !== "none" && element.matches("[type=checkbox], [type=radio], select");
      const isFilled = apart(style.backgroundColor, behind) >= 3;
      if (!(isBoxed || isLink || isNative || isFilled || hasEdge(element, behind) || isUnderlined(element)))
        found.push(`no edge: ${named(element)}`);
    }
    for (const element of within.querySelectorAll("*")) {
      if (!isSeen(element)) continue;
      const style = getComputedStyle(element);
      for (const part of [null, "::before", "::after"]) {
        const drawn = getComputedStyle(element, part);
        if (part && drawn.content === "none") continue;
        const isDrawing = drawn.maskImage !== "none" || (part && drawn.borderRadius === "50%" && parseFloat(drawn.width) < 12);
        const behind = ground(part ? element : element.parentElement);
        if (isDrawing && apart(drawn.backgroundColor, behind) < 3)
          found.push(`unseen drawing: ${named(element)}${part ?? ""} in ${named(element.parentElement!)}`);
      }
      const hasWords = [...element.childNodes].some((it) => it.nodeType === Node.TEXT_NODE && it.textContent!.trim());
      if (hasWords && apart(style.color, ground(element)) < 4.5)
        found.push(`unseen words: ${named(element)} ${style.color} on ${ground(element)}`);
    }
    const focused = document.activeElement;
    if (focused?.matches(":focus-visible") && !focused.matches("[tabindex='-1'], body")) {
      const rings = [focused, focused.nextElementSibling, focused.parentElement, focused.closest(".composer-box")].filter((it) => it != null);
      const isRung = rings.some((it) => {
        const style = getComputedStyle(it);
        return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && apart(style.outlineColor, ground(it.parentElement)) >= 3;
      });
      if (!isRung) found.push(`no ring: ${named(focused)}`);
    }
    return found;
  });
}
