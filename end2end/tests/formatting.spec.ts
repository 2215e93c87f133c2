// Formatting: buttons and keys put the marks that agents see right, the browser can undo them, and the field grows with what is written.
import type { Locator } from "@playwright/test";

import { expect, test } from "../support/fixtures";
import { Screens } from "../support/pages";
import { text } from "../support/texts";
import { tabTo } from "../support/ways";

test.beforeEach(({ customer }) => customer.signIn());

/** Selects the first place of some words. */
async function select(field: Locator, words: string) {
  await field.focus();
  await field.evaluate((element, words) => {
    const area = element as HTMLTextAreaElement;
    const at = area.value.indexOf(words);
    area.setSelectionRange(at, at + words.length);
  }, words);
}

test("buttons and keys format a reply, are undone like typing, and agents get what was seen", async ({
  page,
  portal,
  customer,
}) => {
  const { ticket } = new Screens(page, portal);
  const { id, number } = await customer.opens("In form", "Hello");
  await ticket.open(id);
  const { composer, toolbar } = ticket;
  await composer.click();
  await composer.pressSequentially("It is urgent and odd");
  await select(composer, "urgent");
  await toolbar.bold.click();
  await expect(composer).toHaveValue("It is **urgent** and odd");
  await expect(composer).toBeFocused();
  await page.keyboard.press("Control+z");
  await expect(composer).toHaveValue("It is urgent and odd");
  await select(composer, "urgent");
  await page.keyboard.press("Control+b");
  await expect(composer).toHaveValue("It is **urgent** and odd");
  // Pressed again it is taken off.
  await page.keyboard.press("Control+b");
  await expect(composer).toHaveValue("It is urgent and odd");
  await page.keyboard.press("Control+b");
  await select(composer, "odd");
  await page.keyboard.press("Control+i");
  await page.keyboard.press("End");
  await page.keyboard.type(", see ");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("this");
  await expect(composer).toHaveValue("It is **urgent** and *odd*, see [this](https://)");
  await select(composer, "https://");
  await page.keyboard.type("https://example.com/a");
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await page.keyboard.type("one");
  await toolbar.list.click();
  await page.keyboard.press("Enter");
  await toolbar.list.click();
  await page.keyboard.type("run ls");
  await select(composer, "ls");
  await toolbar.code.click();
  const all = "It is **urgent** and *odd*, see [this](https://example.com/a)\n- one\n- run `ls`";
  await expect(composer).toHaveValue(all);
  await ticket.preview.click();
  await expect(ticket.previewed.locator("strong")).toHaveText("urgent");
  await expect(toolbar.bar).toBeHidden();
  await ticket.preview.click();
  await ticket.send.click();
  await ticket.hasSent("urgent");
  const sent = ticket.message("urgent");
  await expect(sent.locator("strong")).toHaveText("urgent");
  await expect(sent.locator("em")).toHaveText("odd");
  await expect(sent.getByRole("link", { name: "this" })).toHaveAttribute("href", "https://example.com/a");
  await expect(sent.getByRole("listitem")).toHaveText(["one", "run ls"]);
  await expect(sent.locator("code")).toHaveText("ls");
  expect((await portal.desk.incoming(number))[1]).toBe(all);
});

test("in a new ticket too, and what is formatted is in the draft", async ({ page, portal }) => {
  const { newTicket } = new Screens(page, portal);
  await newTicket.open();
  await newTicket.message.click();
  await newTicket.message.pressSequentially("It burns");
  await select(newTicket.message, "burns");
  await newTicket.toolbar.bold.click();
  await expect(newTicket.message).toHaveValue("It **burns**");
  await page.keyboard.press("Control+z");
  await expect(newTicket.message).toHaveValue("It burns");
  await select(newTicket.message, "burns");
  await page.keyboard.press("Control+i");
  await newTicket.subject.fill("Fire");
  await newTicket.send.click();
  const { ticket } = new Screens(page, portal);
  await expect(ticket.message("It burns").locator("em")).toHaveText("burns");
});

test("the buttons are one stop of the Tab key, and arrows go from one to the next", async ({
  page,
  portal,
  customer,
}) => {
  const { ticket } = new Screens(page, portal);
  const { id } = await customer.opens("By hand", "Hello");
  await ticket.open(id);
  const { composer, toolbar } = ticket;
  await composer.click();
  await page.keyboard.type("word");
  await select(composer, "word");
  await tabTo(page, toolbar.bold);
  await page.keyboard.press("ArrowRight");
  await expect(toolbar.italic).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await expect(toolbar.code).toBeFocused();
  await page.keyboard.press("Home");
  await page.keyboard.press("Tab");
  for (const one of await toolbar.all.all()) await expect(one).not.toBeFocused();
  await tabTo(page, toolbar.bold, "Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(composer).toHaveValue("**word**");
  await expect(composer).toBeFocused();
  for (const one of await toolbar.all.all()) {
    const box = (await one.boundingBox())!;
    expect([box.width, box.height]).toEqual([44, 44]);
  }
});

test("the field grows with what is written, to a bound, and is small again when that is sent", async ({
  page,
  portal,
  customer,
}) => {
  const { ticket } = new Screens(page, portal);
  const { id } = await customer.opens("Longer and longer", "Hello");
  await ticket.open(id);
  const box = page.locator(".grow");
  const height = () => box.evaluate((element) => element.clientHeight);
  const beyond = () => box.evaluate((element) => element.scrollHeight - element.clientHeight);
  const lines = (count: number) => Array.from({ length: count }, (_, n) => `Line ${n + 1}`).join("\n");
  await ticket.composer.fill("One line");
  const small = await height();
  let last = small;
  for (const count of [2, 4, 6]) {
    await ticket.composer.fill(lines(count));
    await expect.poll(height, `${count} lines`).toBeGreaterThan(last);
    // All of it is seen.
    expect(await beyond()).toBe(0);
    last = await height();
  }
  await ticket.composer.fill(lines(60));
  const room = await page.locator(".workspace").evaluate((it) => it.clientHeight);
  const most = Math.min(256, room * 0.28);
  const isHighest = async () => Math.abs((await height()) - most) < 1;
  await expect.poll(isHighest).toBe(true);
  expect(await beyond()).toBeGreaterThan(0);
  await expect(ticket.message("Hello")).toBeInViewport();
  await expect(ticket.send).toBeInViewport();
  await ticket.composer.fill("x".repeat(2_000));
  await expect.poll(isHighest).toBe(true);
  await ticket.composer.fill("One line");
  await expect.poll(height).toBe(small);
  await ticket.composer.fill(lines(6));
  await ticket.send.click();
  await ticket.hasSent("Line 6");
  await expect.poll(height).toBe(small);
});

test("the keys for a format are called as on the keyboard that one has", async ({ page, portal, customer }) => {
  const { id } = await customer.opens("Keys", "Hello");
  const { ticket, account } = new Screens(page, portal);
  await ticket.open(id);
  const bold = page.locator("[data-format=bold]");
  await expect(bold).toHaveAttribute("title", /Ctrl\+\u2068?B/);
  await account.chooseLanguage(text("language-name", "de"));
  await expect(bold).toHaveAttribute("title", /Strg\+\u2068?B/);
  await account.close();
  await account.chooseLanguage(text("language-name", "en"));
  await page.addInitScript(() => Object.defineProperty(navigator, "platform", { get: () => "MacIntel" }));
  await ticket.open(id);
  await expect(bold).toHaveAttribute("title", /⌘\u2068?B/);
});
