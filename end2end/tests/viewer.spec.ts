// Looking at files: pictures large, by keyboard and pointer; sound in place; a PDF in a tab of its own; what cannot be shown is still a name and a link.
import type { CDPSession } from "@playwright/test";

import type { Customer } from "../support/customer";
import { expect, test } from "../support/fixtures";
import { png, wav, words, type Made } from "../support/media";
import { Screens } from "../support/pages";
import type { Portal } from "../support/portal";
import { reload } from "../support/ways";

test.beforeEach(({ customer }) => customer.signIn());

/** A ticket in which an agent has sent these. */
async function withFiles({ portal, customer }: { portal: Portal; customer: Customer }, files: Made[]): Promise<string> {
  const { id, number } = await customer.opens("With files", "Please send them.");
  await portal.desk.sendMade(number, files);
  return id;
}

const THREE = [png("first.png"), words("notes.txt", "no picture"), png("second.png", 300, 900), png("third.png", 40, 40)];

test("the pictures of a ticket are gone through by keyboard, and the focus returns", async ({
  page,
  portal,
  customer,
}) => {
  const { ticket } = new Screens(page, portal);
  const { viewer } = ticket;
  await ticket.open(await withFiles({ portal, customer }, THREE));
  const picture = ticket.thread.getByRole("button", { name: "second.png" });
  await picture.focus();
  await page.keyboard.press("Enter");
  await expect(viewer.dialog).toHaveAccessibleName(/second\.png.*2.* of .*3/);
  await expect(viewer.picture).toHaveAttribute("alt", "second.png");
  await page.keyboard.press("ArrowRight");
  await expect(viewer.picture).toHaveAttribute("alt", "third.png");
  await expect(viewer.next).toBeDisabled();
  await page.keyboard.press("ArrowRight");
  await expect(viewer.count).toHaveText(/3.* of .*3/);
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await expect(viewer.picture).toHaveAttribute("alt", "first.png");
  await expect(viewer.previous).toBeDisabled();
  await page.keyboard.press("Escape");
  await expect(viewer.dialog).toBeHidden();
  await expect(picture).toBeFocused();
});

test("a picture fits the screen, and grows by key, wheel and double click around the pointer", async ({
  page,
  portal,
  customer,
}) => {
  const { ticket } = new Screens(page, portal);
  const { viewer } = ticket;
  await ticket.open(await withFiles({ portal, customer }, [png("tall.png", 2_000, 3_000)]));
  await ticket.thread.getByRole("button", { name: "tall.png" }).click();
  const fits = await viewer.width();
  const stage = (await viewer.stage.boundingBox())!;
  expect(Math.abs((fits * 3_000) / 2_000 - stage.height)).toBeLessThan(2);
  await page.keyboard.press("+");
  await expect.poll(() => viewer.width()).toBeGreaterThan(fits * 1.4);
  await page.keyboard.press("-");
  await expect.poll(() => viewer.width()).toBeCloseTo(fits, 0);
  // What is under the pointer stays under it.
  const box = (await viewer.picture.boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height * 0.25];
  await page.mouse.move(x, y);
  for (let turns = 0; turns < 4; turns += 1) await page.mouse.wheel(0, -200);
  await expect.poll(() => viewer.width()).toBeGreaterThan(stage.width);
  const offBy = async () => {
    const large = (await viewer.picture.boundingBox())!;
    return Math.max(Math.abs((x - large.x) / large.width - 0.5), Math.abs((y - large.y) / large.height - 0.25));
  };
  await expect.poll(offBy).toBeLessThan(0.05);
  // Arrows and a drag move what is larger than its place.
  const left = await viewer.stage.evaluate((it) => it.scrollLeft);
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => viewer.stage.evaluate((it) => it.scrollLeft)).toBeGreaterThan(left);
  const top = await viewer.stage.evaluate((it) => it.scrollTop);
  await page.mouse.down();
  await page.mouse.move(x - 30, y - 90, { steps: 3 });
  await page.mouse.up();
  await expect.poll(() => viewer.stage.evaluate((it) => it.scrollTop)).toBeGreaterThan(top + 50);
  await page.keyboard.press("0");
  await expect.poll(() => viewer.width()).toBeCloseTo(fits, 0);
  await page.mouse.dblclick(x, y);
  await expect.poll(() => viewer.width()).toBeGreaterThan(fits * 2);
  await page.mouse.dblclick(x, y);
  await expect.poll(() => viewer.width()).toBeCloseTo(fits, 0);
});

test("a small picture is not blown up, and can be saved under its name", async ({ page, portal, customer }) => {
  const { ticket } = new Screens(page, portal);
  const { viewer } = ticket;
  await ticket.open(await withFiles({ portal, customer }, [png("dot.png", 40, 40)]));
  await ticket.thread.getByRole("button", { name: "dot.png" }).click();
  await expect.poll(() => viewer.width()).toBe(40);
  await expect(viewer.next).toHaveCount(0);
  const saved = page.waitForEvent("download");
  await viewer.download.click();
  expect((await saved).suggestedFilename()).toBe("dot.png");
  await viewer.close.click();
  await expect(viewer.dialog).toBeHidden();
});

test("sound is played in place, from where one wants", async ({ page, portal, customer }) => {
  const { ticket } = new Screens(page, portal);
  await ticket.open(await withFiles({ portal, customer }, [wav("voice.wav")]));
  const sound = ticket.thread.locator("audio");
  await expect(sound).toHaveAttribute("preload", "none");
  await expect(sound).toHaveAccessibleName("voice.wav");
  // Nothing is fetched before one asks for it.
  expect(await sound.evaluate((it: HTMLAudioElement) => it.readyState)).toBe(0);
  const heard = await sound.evaluate(async (it: HTMLAudioElement) => {
    const ready = new Promise((done) => it.addEventListener("loadedmetadata", done));
    it.load();
    it.preload = "metadata";
    await ready;
    const there = new Promise((done) => it.addEventListener("seeked", done));
    it.currentTime = 20;
    await there;
    return [it.duration, it.currentTime];
  });
  expect(heard).toEqual([30, 20]);
  await expect(ticket.thread.getByRole("link", { name: /voice\.wav/ })).toHaveAttribute("download", "voice.wav");
});

test("a picture that is none, or cannot be loaded, is a name and a link", async ({ page, portal, customer }) => {
  const { ticket } = new Screens(page, portal);
  const { viewer } = ticket;
  await ticket.open(await withFiles({ portal, customer }, [png("good.png"), png("lost.png", 300, 300)]));
  await expect(ticket.thread.getByRole("button", { name: "lost.png" })).toBeVisible();
  await page.route("**/files/**", (route) => route.abort());
  await ticket.thread.getByRole("button", { name: "good.png" }).click();
  await expect(viewer.dialog.getByRole("alert")).toBeVisible();
  await expect(viewer.dialog.getByRole("link")).toHaveCount(2);
  await page.keyboard.press("Escape");
  await reload(page);
  await expect(ticket.thread.getByRole("link", { name: /lost\.png/ })).toHaveAttribute("download", "lost.png");
});

test("a PDF opens in a tab of its own", async ({ page, portal, customer }) => {
  const { ticket } = new Screens(page, portal);
  const pdf = { name: "paper.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4\n%%EOF\n") };
  await ticket.open(await withFiles({ portal, customer }, [pdf]));
  const link = ticket.thread.getByRole("link", { name: /paper\.pdf/ });
  await expect(link).toHaveAttribute("target", "_blank");
  const address = new URL((await link.getAttribute("href"))!, portal.url).href;
  const answer = await page.context().request.get(address);
  expect(answer.headers()["content-disposition"]).toMatch(/^inline/);
  // In a sandbox Chromium shows no PDF.
  expect(answer.headers()["content-security-policy"]).not.toContain("sandbox");
});

test.describe("on a touch screen", () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });

  /** Fingers go from here to there, side by side. */
  async function swipe(devtools: CDPSession, [from, to]: readonly [number, number], fingers = 1) {
    const at = (x: number) => Array.from({ length: fingers }, (_, id) => ({ x, y: 400 + 60 * id, id }));
    const send = (type: "touchStart" | "touchMove" | "touchEnd", touchPoints: { x: number; y: number; id: number }[]) =>
      devtools.send("Input.dispatchTouchEvent", { type, touchPoints });
    await send("touchStart", at(from).slice(0, 1));
    if (fingers > 1) await send("touchStart", at(from));
    for (let step = 1; step <= 5; step += 1) await send("touchMove", at(from + ((to - from) * step) / 5));
    await send("touchEnd", []);
  }

  for (const [direction, ahead, back] of [
    ["ltr", [300, 100], [100, 300]],
    ["rtl", [100, 300], [300, 100]],
  ] as const) {
    test(`a finger that goes sideways leads to the next picture, and moves one that is enlarged (${direction})`, async ({
      page,
      portal,
      customer,
      context,
    }) => {
      const { ticket } = new Screens(page, portal);
      const { viewer } = ticket;
      await ticket.open(await withFiles({ portal, customer }, THREE));
      await page.evaluate((direction) => (document.documentElement.dir = direction), direction);
      const devtools = await context.newCDPSession(page);
      await ticket.thread.getByRole("button", { name: "first.png" }).click();
      const shown = (name: string) => expect(viewer.picture).toHaveAttribute("alt", name);
      await shown("first.png");
      await swipe(devtools, ahead);
      await shown("second.png");
      // Neither two fingers nor a short way: the next one alone leads on.
      await swipe(devtools, ahead, 2);
      await swipe(devtools, [200, 220]);
      await swipe(devtools, [200, 180]);
      await swipe(devtools, ahead);
      await shown("third.png");
      await swipe(devtools, back);
      await shown("second.png");
      await viewer.width();
      for (let press = 0; press < 4; press += 1) await viewer.larger.click();
      const place = () => viewer.stage.evaluate((stage) => stage.scrollLeft);
      await expect.poll(() => viewer.stage.evaluate((it) => it.scrollWidth > it.clientWidth)).toBe(true);
      const before = await place();
      await swipe(devtools, ahead);
      await expect.poll(async () => Math.abs((await place()) - before)).toBeGreaterThan(50);
      await shown("second.png");
      await viewer.close.click();
      await expect(viewer.dialog).toBeHidden();
    });
  }
});
