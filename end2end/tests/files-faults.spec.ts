// Files that cannot be sent now, or at all: each says why where it stands, and none is lost or left out behind one's back.
import { writeFileSync } from "node:fs";

import { A_NEW_ALLOWANCE } from "../support/customer";
import { expect, test } from "../support/fixtures";
import { codeIn } from "../support/mailbox";
import { png, words } from "../support/media";
import { Screens } from "../support/pages";
import { text } from "../support/texts";

test.beforeEach(({ customer }) => customer.signIn());
test.afterEach(({ portal }) => portal.desk.weather("well"));

test.describe("a fault of the server", () => {
  test.use({ faults: [503] });

  test("is said at the file, and the file can be tried again", async ({ page, portal, customer }) => {
    const { ticket } = new Screens(page, portal);
    const { id } = await customer.opens("Again", "Hello");
    await ticket.open(id);
    const fault = { status: 503, contentType: "application/json", body: '{"unavailable":{"reference":"k7qf"}}' };
    await page.route("**/uploads", (route) => route.fulfill(fault), { times: 1 });
    await ticket.files.add.setInputFiles(words("log.txt", "one"));
    await expect(ticket.files.row("log.txt")).toContainText("k7qf");
    await expect(ticket.files.stuck).toBeVisible();
    // Nothing is left out behind one's back.
    await ticket.composer.fill("With a file");
    await ticket.send.click();
    await expect(ticket.composer).toHaveValue("With a file");
    await ticket.files.again("log.txt").click();
    await ticket.files.isThere("log.txt");
    await ticket.send.click();
    await ticket.hasSent("With a file");
  });
});

test("what cannot be sent says why, at the file", async ({ page, portal, customer }, info) => {
  const { ticket } = new Screens(page, portal);
  const { id } = await customer.opens("Refused", "Hello");
  await ticket.open(id);
  // From the disk: so many bytes take the tests long to hand over.
  const made = { "large.bin": Buffer.alloc(10 * 1024 * 1024 + 1), "empty.txt": "", "holiday.png": `\x7fELF${"\0".repeat(200)}` };
  const files = Object.entries({ ...made, "fine.txt": "fine" }).map(([name, content]) => {
    const path = info.outputPath(name);
    writeFileSync(path, content);
    return path;
  });
  await ticket.files.add.setInputFiles(files);
  await expect(ticket.files.row("large.bin")).toContainText(/too large/);
  await expect(ticket.files.row("large.bin").getByRole("progressbar")).toBeHidden();
  await expect(ticket.files.row("empty.txt")).toContainText(text("error-file-empty"));
  await expect(ticket.files.row("holiday.png")).toContainText(text("error-file-program"));
  await ticket.files.isThere("fine.txt");
  for (const name of ["large.bin", "empty.txt", "holiday.png"]) await ticket.files.remove(name).click();
  await ticket.reply("One was fine");
  await ticket.hasSent("One was fine");
});

test("ten files are the most, and an eleventh finds a place when one goes", async ({ page, portal, customer }) => {
  const { ticket } = new Screens(page, portal);
  const { id, number } = await customer.opens("Ten", "Hello");
  await ticket.open(id);
  const eleven = Array.from({ length: 11 }, (_, nth) => words(`part-${nth + 1}.txt`, `part ${nth + 1}`));
  await ticket.files.add.setInputFiles(eleven);
  await expect(ticket.files.row("part-11.txt")).toContainText(/10/);
  for (const { name } of eleven.slice(0, 10)) await ticket.files.isThere(name);
  await ticket.files.remove("part-3.txt").click();
  await ticket.files.again("part-11.txt").click();
  await ticket.files.isThere("part-11.txt");
  await ticket.reply("All ten");
  await ticket.hasSent("All ten");
  const arrived = (await portal.desk.incomingFiles(number)).map(({ bytes }) => String(bytes));
  expect(arrived).toEqual([1, 2, 4, 5, 6, 7, 8, 9, 10, 11].map((nth) => `part ${nth}`));
});

test("a file that finds no connection goes on by itself when there is one", async ({
  page,
  portal,
  customer,
  context,
}) => {
  const { ticket } = new Screens(page, portal);
  const { id } = await customer.opens("In a tunnel", "Hello");
  await ticket.open(id);
  await context.setOffline(true);
  await ticket.files.add.setInputFiles(words("log.txt", "late"));
  await expect(ticket.files.row("log.txt")).toContainText(text("file-offline"));
  await context.setOffline(false);
  await ticket.files.isThere("log.txt");
});

test("a session that ends while files are added ends nothing of theirs", async ({ page, portal, customer }) => {
  const { ticket, sessionOver } = new Screens(page, portal);
  const { id } = await customer.opens("Half an hour", "Hello");
  await ticket.open(id);
  await ticket.files.add.setInputFiles(words("before.txt", "before"));
  await ticket.files.isThere("before.txt");
  await expect(page.getByText(text("draft-saved"))).toBeVisible();
  const mails = (await portal.mailbox.to(customer.address)).length;
  await portal.advance(A_NEW_ALLOWANCE);
  await ticket.files.bring("drop", ticket.thread, [words("after.txt", "after")]);
  await expect(sessionOver.dialog).toBeVisible();
  await expect(sessionOver.kept).toBeVisible();
  await sessionOver.askForCode();
  await sessionOver.enter(codeIn(await portal.mailbox.arrival(customer.address, mails + 1)));
  await expect(sessionOver.dialog).toBeHidden();
  await ticket.files.isThere("before.txt");
  await ticket.files.isThere("after.txt");
});

test("what is taken back before it was sent gives its files back", async ({ page, portal, customer }) => {
  const { ticket } = new Screens(page, portal);
  const { id, number } = await customer.opens("Back again", "Hello");
  await ticket.open(id);
  await expect(ticket.message("Hello")).toBeVisible();
  await portal.desk.weather("down503");
  // What may have arrived cannot be taken back; what waits behind it can.
  await ticket.reply("Already on its way");
  await expect(ticket.message("Already on its way")).toHaveAttribute("data-state", "sending");
  await ticket.files.add.setInputFiles(png("tray.png", 60, 60));
  await ticket.files.isThere("tray.png");
  await ticket.reply("Too early");
  const message = ticket.message("Too early");
  await expect(message.getByRole("img", { name: "tray.png" })).toBeVisible();
  await portal.advanceUntil(() => expect(ticket.takeBack(message)).toBeVisible({ timeout: 1_000 }));
  await ticket.takeBack(message).click();
  await expect(ticket.composer).toHaveValue("Too early");
  await ticket.files.isThere("tray.png");
  await portal.desk.weather("well");
  await portal.advanceUntil(() => ticket.hasSent("Already on its way", 1_000));
  await ticket.send.click();
  await portal.advanceUntil(() => ticket.hasSent("Too early", 1_000));
  expect(await portal.desk.incoming(number)).toHaveLength(3);
  expect(await portal.desk.incomingFiles(number)).toHaveLength(1);
});

test("what one customer chose is gone when he leaves", async ({ page, portal, customer }) => {
  const { ticket, account, signIn } = new Screens(page, portal);
  const { id } = await customer.opens("Leaving", "Hello");
  await ticket.open(id);
  await ticket.files.add.setInputFiles(png("private.png", 60, 60));
  await ticket.files.isThere("private.png");
  const address = (await ticket.files.row("private.png").locator("img").getAttribute("src"))!;
  expect(address).toMatch(/^blob:/);
  const look = (address: string) =>
    new Promise((done) => {
      const picture = new Image();
      picture.onload = () => done("there");
      picture.onerror = () => done("gone");
      picture.src = address;
    });
  expect(await page.evaluate(look, address)).toBe("there");
  await account.signOut();
  await expect(signIn.heading).toBeVisible();
  expect(await page.evaluate(look, address)).toBe("gone");
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain("private.png");
});
