// Files to send: chosen, pasted, dropped; each with its way and its name; what arrives is what was chosen.
import type { Page, Route } from "@playwright/test";

import { expect, test } from "../support/fixtures";
import { dropLanguage } from "../support/languages";
import { png, words } from "../support/media";
import { Screens } from "../support/pages";
import { text } from "../support/texts";
import { reload, tabTo } from "../support/ways";

test.beforeEach(({ customer }) => customer.signIn());

/** Holds the files that are sent from now on, until they are let go. */
async function hold(page: Page): Promise<{ held: () => number; letGo: () => Promise<void> }> {
  const waiting: Route[] = [];
  let open = false;
  await page.route("**/uploads", (route) => {
    if (open) return route.continue();
    waiting.push(route);
  });
  return {
    held: () => waiting.length,
    letGo: async () => {
      open = true;
      // Who was taken away meanwhile is not there to go on.
      await Promise.all(waiting.splice(0).map((route) => route.continue().catch(() => undefined)));
    },
  };
}

test("files that are chosen go with the reply, byte for byte and in their order", async ({
  page,
  portal,
  customer,
}) => {
  const { ticket } = new Screens(page, portal);
  const { id, number } = await customer.opens("Here they are", "Hello");
  await ticket.open(id);
  await expect(ticket.files.limits).toHaveText(/10.* files.*10.* MB.*40.* MB/);
  await expect(ticket.files.add).toHaveAccessibleDescription(/10/);
  const sent = [png("tray.png"), words("Ñandú & co, 100 %.txt", "ünïcode"), png("second.png", 30, 30)];
  await ticket.files.add.setInputFiles(sent);
  for (const { name } of sent) await ticket.files.isThere(name);
  await expect(ticket.files.row("tray.png").locator("img")).toHaveJSProperty("naturalWidth", 640);
  await ticket.reply("Three of them");
  await ticket.hasSent("Three of them");
  await expect(ticket.files.rows).toHaveCount(0);
  const picture = ticket.message("Three of them").getByRole("img", { name: "tray.png" });
  await expect.poll(() => picture.evaluate((it: HTMLImageElement) => it.naturalWidth)).toBe(640);
  const arrived = await portal.desk.incomingFiles(number);
  expect(arrived.map(({ bytes }) => bytes.toString("hex"))).toEqual(sent.map(({ buffer }) => buffer.toString("hex")));
});

test("a reply may be files alone", async ({ page, portal, customer }) => {
  const { ticket } = new Screens(page, portal);
  const { id, number } = await customer.opens("No words", "Hello");
  await ticket.open(id);
  await expect(ticket.send).toBeDisabled();
  await ticket.files.add.setInputFiles(words("log.txt", "09:14 refused"));
  await ticket.files.isThere("log.txt");
  await ticket.send.click();
  await ticket.hasSent("log.txt");
  await expect.poll(async () => String((await portal.desk.incomingFiles(number))[0]?.bytes)).toBe("09:14 refused");
});

test("a picture that is pasted is added, and what is pasted as words stays words", async ({
  page,
  portal,
  customer,
}) => {
  const { ticket } = new Screens(page, portal);
  const { id } = await customer.opens("Pasted", "Hello");
  await ticket.open(id);
  await ticket.files.bring("paste", ticket.composer, [png("image.png", 20, 20)]);
  await ticket.files.isThere("image.png");
  await ticket.files.bring("paste", ticket.composer, [png("cells.png", 20, 20)], "A1 B1");
  await expect(ticket.files.rows).toHaveCount(1);
});

test("files are dropped anywhere on the ticket, which says so; elsewhere they do not take the page away", async ({
  page,
  portal,
  customer,
}) => {
  const { ticket, tickets } = new Screens(page, portal);
  const { id } = await customer.opens("Dropped", "Hello");
  await ticket.open(id);
  await ticket.files.bring("dragover", ticket.thread, [words("a.txt", "a")]);
  await expect(ticket.files.drop).toBeVisible();
  await ticket.files.bring("drop", tickets.heading, [words("a.txt", "a")]);
  await expect(ticket.files.drop).toBeHidden();
  await ticket.files.bring("dragover", ticket.thread, [words("b.txt", "b")]);
  await ticket.files.bring("drop", ticket.thread, [words("b.txt", "b"), words("c.txt", "c")]);
  await ticket.files.isThere("c.txt");
  await expect(ticket.files.rows).toHaveCount(2);
  await expect(ticket.files.drop).toBeHidden();
});

test("a file is taken away in the middle of its way, and the next one goes on", async ({ page, portal, customer }) => {
  const { ticket } = new Screens(page, portal);
  const { id, number } = await customer.opens("Not this one", "Hello");
  await ticket.open(id);
  const gate = await hold(page);
  await ticket.files.add.setInputFiles([words("wrong.txt", "wrong"), words("right.txt", "right")]);
  await expect(ticket.files.progress("wrong.txt")).toBeVisible();
  await expect.poll(gate.held).toBe(1);
  await ticket.files.remove("wrong.txt").click();
  await expect(ticket.files.row("wrong.txt")).toHaveCount(0);
  await expect(ticket.files.add).toBeFocused();
  await expect.poll(gate.held).toBe(2);
  await gate.letGo();
  await ticket.files.isThere("right.txt");
  await ticket.reply("Only one");
  await ticket.hasSent("Only one");
  expect((await portal.desk.incomingFiles(number)).map(({ bytes }) => String(bytes))).toEqual(["right"]);
});

test("R6 files are there after a reload and on another device, and are sent from there", async ({
  page,
  portal,
  customer,
  elsewhere,
}) => {
  const { ticket } = new Screens(page, portal);
  const { id, number } = await customer.opens("Half done", "Hello");
  await ticket.open(id);
  await ticket.files.add.setInputFiles([png("tray.png", 50, 50), words("log.txt", "kept")]);
  await ticket.files.isThere("log.txt");
  await reload(page);
  await ticket.files.isThere("tray.png");
  await expect(ticket.files.row("tray.png").locator("img")).toHaveJSProperty("naturalWidth", 50);
  await expect(page.getByText(text("draft-saved"))).toBeVisible();
  const phone = await elsewhere();
  await customer.signInToo(phone.context());
  const there = new Screens(phone, portal);
  await there.ticket.open(id);
  await there.ticket.files.isThere("log.txt");
  await there.ticket.reply("From the phone");
  await there.ticket.hasSent("From the phone");
  await expect(ticket.files.rows).toHaveCount(0);
  expect((await portal.desk.incomingFiles(number)).length).toBe(2);
});

test("Send waits for the files that are on their way, says so, and can be held back", async ({
  page,
  portal,
  customer,
}) => {
  const { ticket } = new Screens(page, portal);
  const { id, number } = await customer.opens("Wait for it", "Hello");
  await ticket.open(id);
  const gate = await hold(page);
  await ticket.files.add.setInputFiles(words("log.txt", "slow"));
  await expect.poll(gate.held).toBe(1);
  await ticket.composer.fill("With a slow file");
  await page.keyboard.press("Control+Enter");
  await expect(ticket.files.waits).toBeVisible();
  await page.keyboard.press("Control+Enter");
  await expect(ticket.files.waits).toBeHidden();
  await page.keyboard.press("Control+Enter");
  await expect(ticket.files.waits).toBeVisible();
  await gate.letGo();
  await ticket.hasSent("With a slow file");
  await expect(ticket.files.rows).toHaveCount(0);
  await expect.poll(async () => (await portal.desk.incomingFiles(number)).length).toBe(1);
  expect(await portal.desk.incoming(number)).toHaveLength(2);
});

test("a new ticket is opened with files, and its message may be they alone", async ({ page, portal }) => {
  const { newTicket, ticket } = new Screens(page, portal);
  await newTicket.open();
  await newTicket.subject.fill("See the picture");
  await newTicket.files.add.setInputFiles(png("broken.png", 70, 70));
  await newTicket.files.isThere("broken.png");
  await reload(page);
  await newTicket.files.isThere("broken.png");
  await newTicket.send.click();
  await expect(ticket.heading("See the picture")).toBeVisible();
  await ticket.hasSent("");
  const picture = ticket.thread.getByRole("img", { name: "broken.png" });
  await expect.poll(() => picture.evaluate((it: HTMLImageElement) => it.naturalWidth)).toBe(70);
  const [made] = await portal.desk.conversationsAbout("See the picture");
  await expect.poll(async () => (await portal.desk.incomingFiles(made.id)).length).toBe(1);
});

test("files are added, tried again and taken away by keyboard alone", async ({ page, portal, customer }) => {
  const { ticket } = new Screens(page, portal);
  const { id } = await customer.opens("By keyboard", "Hello");
  // Listened for early, so that the browser hands it over for sure.
  const chosen = page.waitForEvent("filechooser");
  await ticket.open(id);
  await ticket.composer.focus();
  await tabTo(page, ticket.files.add);
  await page.keyboard.press("Enter");
  await (await chosen).setFiles([words("one.txt", "one"), words("two.txt", "two")]);
  await ticket.files.isThere("two.txt");
  await expect(page.locator("#announcer")).toContainText("two.txt");
  await tabTo(page, ticket.files.remove("one.txt"), "Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(ticket.files.rows).toHaveCount(1);
  await expect(ticket.files.add).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await expect(ticket.composer).toBeFocused();
  await page.keyboard.type("By keyboard");
  await page.keyboard.press("Control+Enter");
  await ticket.hasSent("By keyboard");
});

test("on a narrow screen, written from right to left, nothing sticks out", async ({ page, portal, customer }) => {
  const { ticket, account } = new Screens(page, portal);
  dropLanguage(portal.locales, "fa", { name: "فارسی", direction: "rtl", texts: {} });
  const { id, number } = await customer.opens("Narrow", "Hello");
  await portal.desk.sendMade(number, [png("one.png"), png("two.png")]);
  await ticket.open(id);
  await account.chooseLanguage("فارسی");
  await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
  await account.close();
  await page.setViewportSize({ width: 320, height: 640 });
  const long = words("a name that is much longer than a narrow screen has room for.txt", "x");
  await ticket.files.add.setInputFiles([long, words("empty.txt", "")]);
  await ticket.files.isThere("a name");
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth);
  await expect.poll(wide).toBe(320);
  await expect(ticket.files.remove("a name")).toBeInViewport({ ratio: 1 });
  await ticket.thread.getByRole("button", { name: "one.png" }).click();
  expect(await ticket.viewer.width()).toBeLessThanOrEqual(320);
  // The next one is where reading goes.
  await page.keyboard.press("ArrowLeft");
  await expect(ticket.viewer.picture).toHaveAttribute("alt", "two.png");
  await expect(ticket.viewer.close).toBeInViewport({ ratio: 1 });
  expect(await wide()).toBe(320);
});
