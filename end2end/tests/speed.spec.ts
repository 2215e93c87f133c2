// What is quick because nothing is waited for; how long things take is measured elsewhere (`cargo xtask bench`).
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
  const skeleton = page.locator(".detail .skeleton");
  await expect(skeleton).toBeAttached();
  const shownAt = (milliseconds: number) =>
    skeleton.evaluate((element, at) => {
      for (const animation of element.getAnimations()) {
        animation.pause();
        animation.currentTime = at;
      }
      const { visibility, opacity } = getComputedStyle(element);
      return visibility === "visible" && opacity !== "0";
    }, milliseconds);
  expect(await shownAt(199)).toBe(false);
  expect(await shownAt(200)).toBe(true);
});

test("nothing moves when a page comes, nor when its pictures and its logo do", async ({ page, portal, customer }) => {
  const { tickets, ticket } = new Screens(page, portal);
  await customer.signIn();
  const { id, number } = await customer.opens("The tray", "This is how it looks.");
  await portal.desk.sendMade(number, [png("tray.png", 640, 400)]);
  await page.addInitScript(() => {
    const moved: string[] = [];
    Object.assign(window, { moved });
    new PerformanceObserver((list) => {
      for (const { value, sources } of list.getEntries() as unknown as Shift[])
        moved.push(...sources.map(({ node, previousRect: { x, y }, currentRect: to }) =>
          `${node?.parentElement?.outerHTML.slice(0, 200)}: from ${x} ${y} to ${to.x} ${to.y}, ${value}`));
    }).observe({ type: "layout-shift", buffered: true });
  });
  const moved = () => page.evaluate(() => (window as unknown as { moved: string[] }).moved);
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
