// What is quick because nothing is waited for; how long things take is measured elsewhere (`cargo xtask bench`).
import type { Page } from "@playwright/test";

import { expect, test } from "../support/fixtures";
import { png } from "../support/media";
import { Screens } from "../support/pages";

/** Something on the page moved. */
interface Shift {
  value: number;
  sources: { node?: Node; previousRect: DOMRect; currentRect: DOMRect }[];
}

test("a ticket that one has seen opens at once, whatever the network does", async ({ page, portal, customer }) => {
  const { tickets, ticket } = new Screens(page, portal);
  await customer.signIn();
  await customer.opens("The first ticket", "It is late.");
  await customer.opens("The second ticket", "It is broken.");
  await tickets.open();
  for (const [subject, words] of [
    ["The first ticket", "It is late."],
    ["The second ticket", "It is broken."],
  ]) {
    await tickets.row(subject).click();
    await expect(ticket.message(words)).toBeVisible();
  }
  // From here on no call is answered.
  let held = 0;
  await page.route("**/api/**", () => {
    held += 1;
  });
  await tickets.row("The first ticket").click();
  await expect(ticket.heading("The first ticket")).toBeVisible();
  await expect(ticket.message("It is late.")).toBeVisible();
  await expect(ticket.composer).toBeVisible();
  await expect(page.locator(".detail .skeleton")).toHaveCount(0);
  await expect.poll(() => held).toBeGreaterThan(0);
});

test("what is on its way has no shape for 200 ms, and has one then", async ({ page, portal, customer }) => {
  const { tickets } = new Screens(page, portal);
  await customer.signIn();
  await customer.opens("The first ticket", "It is late.");
  await tickets.open();
  await page.route("**/api/tickets/show", () => {});
  await tickets.row("The first ticket").click();
  await expect(page.locator(".detail .skeleton")).toBeAttached();
  // In one go: when the part that shows tickets comes, its own takes this one's place.
  const seen = await page.evaluate(() => {
    const element = document.querySelector(".detail .skeleton")!;
    return [199, 200].map((milliseconds) => {
      for (const animation of element.getAnimations()) {
        animation.pause();
        animation.currentTime = milliseconds;
      }
      const { visibility, opacity } = getComputedStyle(element);
      return visibility === "visible" && opacity !== "0";
    });
  });
  expect(seen).toEqual([false, true]);
});

/** What moves on the page from its beginning, as the browser sees it. */
async function watchWhatMoves(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const moved: string[] = [];
    Object.assign(window, { moved });
    new PerformanceObserver((list) => {
      for (const { value, sources } of list.getEntries() as unknown as Shift[])
        moved.push(...sources.map(({ node, previousRect: { x, y }, currentRect: to }) =>
          `${node?.parentElement?.outerHTML.slice(0, 200)}: from ${x} ${y} to ${to.x} ${to.y}, ${value}`));
    }).observe({ type: "layout-shift", buffered: true });
  });
  return () => page.evaluate(() => (window as unknown as { moved: string[] }).moved);
}

test("nothing moves when a page comes, nor when its pictures and its logo do", async ({ page, portal, customer }) => {
  const { tickets, ticket } = new Screens(page, portal);
  await customer.signIn();
  const { id, number } = await customer.opens("The tray", "This is how it looks.");
  await portal.desk.sendMade(number, [png("tray.png", 640, 400)]);
  const moved = await watchWhatMoves(page);
  const isThere = (image: HTMLImageElement) => image.complete && image.naturalWidth > 0;
  await tickets.open();
  await expect(tickets.row("The tray")).toBeVisible();
  await expect.poll(() => page.locator(".brand-logo").evaluate(isThere)).toBe(true);
  expect(await moved()).toEqual([]);
  await ticket.open(id);
  const picture = ticket.thread.getByRole("img", { name: "tray.png" });
  await expect(picture).toBeVisible();
  await expect.poll(() => picture.evaluate(isThere)).toBe(true);
  expect(await moved()).toEqual([]);
});

test("a long ticket is there from its end, and nothing moves when the rest comes", async ({ page, portal, customer }) => {
  const { ticket } = new Screens(page, portal);
  await customer.signIn();
  const { id, number } = await customer.opens("A long story", "Once upon a time");
  await portal.desk.answer(number, ...Array.from({ length: 60 }, (_, n) => `Part ${n + 1} of the story`));
  const moved = await watchWhatMoves(page);
  // What comes with the page is its end.
  let answer = () => {};
  const held = new Promise<void>((resolve) => (answer = resolve));
  await page.route("**/api/tickets/show", async (route) => {
    await held;
    await route.continue();
  });
  await ticket.open(id);
  const last = ticket.message("Part 60 of the story");
  await expect(last).toBeInViewport();
  await expect(ticket.composer).toBeVisible();
  await expect(ticket.message("Once upon a time")).toHaveCount(0);
  const place = await last.boundingBox();
  answer();
  await expect(page.locator(".thread .message")).toHaveCount(61);
  await expect(last).toBeInViewport();
  expect(await last.boundingBox()).toEqual(place);
  expect(await moved()).toEqual([]);
});
