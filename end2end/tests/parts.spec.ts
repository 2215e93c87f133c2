// The app comes in parts: nobody waits for one that he does not see, and one that cannot be had is said and had later.
import type { Page } from "@playwright/test";

import { expect, test } from "../support/fixtures";
import { png } from "../support/media";
import { Screens } from "../support/pages";
import { text } from "../support/texts";

/** Files of parts, as the bundle names them. */
const PARTS = /\/assets\/(split|chunk)_\w+-[0-9a-f]{16}\.wasm$/;
const THREAD = /\/assets\/split_thread-[0-9a-f]{16}\.wasm$/;
const DESK = /\/assets\/split_desk-[0-9a-f]{16}\.wasm$/;
const LIST = /\/assets\/split_list-[0-9a-f]{16}\.wasm$/;
const DOOR = /\/assets\/split_door-[0-9a-f]{16}\.wasm$/;

/** Every part that the page asks for from now on. */
function asked(page: Page): string[] {
  const parts: string[] = [];
  page.on("request", (request) => {
    if (PARTS.test(request.url())) parts.push(request.url());
  });
  return parts;
}

/** Holds these files back until what is given back is called. */
async function hold(page: Page, files: RegExp): Promise<() => void> {
  let release = () => {};
  const isReleased = new Promise<void>((resolve) => (release = resolve));
  await page.route(files, async (route) => {
    await isReleased;
    await route.continue();
  });
  return release;
}

/** Takes this route away once the page has tried each part at leisure: the last of them is there, and none comes by itself. */
async function canBeHad(page: Page, files: RegExp, last: Promise<unknown>) {
  await last;
  await page.unroute(files);
}

test("the page to sign in waits for no other part, and has them loaded at leisure", async ({ page, portal }) => {
  const { signIn } = new Screens(page, portal);
  const release = await hold(page, /\/assets\/split_(list|thread|desk)-/);
  const parts = asked(page);
  const desk = page.waitForResponse(DESK);
  await signIn.open();
  release();
  expect((await desk).status()).toBe(200);
  expect(parts.some((part) => LIST.test(part))).toBe(true);
});

test("the list waits for no other part, and has them loaded at leisure", async ({ page, portal, customer }) => {
  const { tickets } = new Screens(page, portal);
  await customer.signIn();
  await customer.opens("Where is my order?", "It is late.");
  const release = await hold(page, /\/assets\/split_(thread|desk|door)-/);
  const door = page.waitForResponse(DOOR);
  await tickets.open();
  await expect(tickets.rows).toHaveCount(1);
  release();
  expect((await door).status()).toBe(200);
});

test("a ticket's page has what reads it fetched early, each part once, and is read before one can write", async ({
  page,
  portal,
  customer,
}) => {
  const { ticket } = new Screens(page, portal);
  await customer.signIn();
  const { id } = await customer.opens("Where is my order?", "It is late.");
  const release = await hold(page, /\/assets\/split_(desk|door)-/);
  const parts = asked(page);
  const answer = await page.goto(`${portal.url}/tickets/${id}`);
  await expect(ticket.heading("Where is my order?")).toBeVisible();
  await expect(ticket.message("It is late.")).toBeVisible();
  const place = await page.locator(".thread").boundingBox();
  expect(new Set(parts).size).toBe(parts.length);
  const early = parts.filter((part) => THREAD.test(part));
  expect(early).toHaveLength(1);
  expect(await answer?.text()).toContain(new URL(early[0]).pathname);
  release();
  await expect(ticket.composer).toBeVisible();
  expect(await page.locator(".thread").boundingBox()).toEqual(place);
  await ticket.composer.fill("It came.");
  await ticket.send.click();
  await expect(ticket.message("It came.")).toBeVisible();
});

test("what writes replies can be had later, and one writes then", async ({
  page,
  portal,
  customer,
}) => {
  const { ticket } = new Screens(page, portal);
  await customer.signIn();
  const { id } = await customer.opens("Where is my order?", "It is late.");
  await page.route(DESK, (route) => route.abort());
  const last = page.waitForResponse(DOOR);
  await page.goto(`${portal.url}/tickets/${id}`);
  await expect(ticket.message("It is late.")).toBeVisible();
  await expect(page.getByRole("alert").getByText(text("part-failed-title"))).toBeVisible();
  await canBeHad(page, DESK, last);
  await page.getByRole("button", { name: text("try-again") }).click();
  await ticket.composer.fill("It came.");
  await ticket.send.click();
  await expect(ticket.message("It came.")).toBeVisible();
});

test("a ticket is cancelled once what asks whether it shall be can be had", async ({ page, portal, customer }) => {
  const { ticket } = new Screens(page, portal);
  await customer.signIn();
  const { id } = await customer.opens("Where is my order?", "It is late.");
  await page.route(DESK, (route) => route.abort());
  const last = page.waitForResponse(DOOR);
  await page.goto(`${portal.url}/tickets/${id}`);
  await expect(page.getByRole("alert").getByText(text("part-failed-title"))).toBeVisible();
  await ticket.cancel.click();
  await expect(page.locator(".notice")).toHaveText(text("error-offline"));
  await expect(page.locator("dialog[open]")).toHaveCount(0);
  await canBeHad(page, DESK, last);
  await ticket.cancel.click();
  await expect(ticket.keep).toBeVisible();
});

test("who presses before the part is there sees that it was heard, and gets what was pressed last", async ({
  page,
  portal,
  customer,
}) => {
  const { ticket } = new Screens(page, portal);
  await customer.signIn();
  const { id, number } = await customer.opens("Where is my order?", "It is late.");
  await portal.desk.sendMade(number, [png("parcel.png", 300, 300)]);
  const release = await hold(page, DESK);
  await page.goto(`${portal.url}/tickets/${id}`);
  const picture = ticket.thread.getByRole("button", { name: "parcel.png" });
  await picture.click();
  await expect(picture).toHaveAttribute("aria-busy", "true");
  await expect(page.locator("#announcer")).toHaveText(text("loading"));
  await ticket.cancel.click();
  await expect(ticket.cancel).toBeDisabled();
  await expect(page.locator("dialog[open]")).toHaveCount(0);
  release();
  // Of both the one that was pressed last.
  await ticket.keep.click();
  await expect(page.locator("dialog[open]")).toHaveCount(0);
  await expect(ticket.cancel).toBeEnabled();
  await expect(picture).not.toHaveAttribute("aria-busy");
  await picture.click();
  await expect(ticket.viewer.picture).toHaveAttribute("alt", "parcel.png");
});

test("a picture whose viewer cannot be had says so, and is shown when it is pressed again", async ({
  page,
  portal,
  customer,
}) => {
  const { ticket } = new Screens(page, portal);
  await customer.signIn();
  const { id, number } = await customer.opens("Where is my order?", "It is late.");
  await portal.desk.sendMade(number, [png("parcel.png", 300, 300)]);
  await page.route(DESK, (route) => route.abort());
  const last = page.waitForResponse(DOOR);
  await page.goto(`${portal.url}/tickets/${id}`);
  const picture = ticket.thread.getByRole("button", { name: "parcel.png" });
  await picture.click();
  await expect(page.locator(".notice")).toHaveText(text("error-offline"));
  await expect(picture).not.toHaveAttribute("aria-busy");
  await canBeHad(page, DESK, last);
  await expect(page.locator("dialog[open]")).toHaveCount(0);
  await picture.click();
  await expect(ticket.viewer.picture).toHaveAttribute("alt", "parcel.png");
});

test("a part that cannot be loaded is said, and loaded when one asks again", async ({ page, portal, customer }) => {
  const { tickets, ticket } = new Screens(page, portal);
  await customer.signIn();
  await customer.opens("Where is my order?", "It is late.");
  await page.route(THREAD, (route) => route.abort());
  const last = page.waitForResponse(DOOR);
  await tickets.open();
  await tickets.rows.first().click();
  await expect(page.getByRole("alert").getByText(text("part-failed-title"))).toBeVisible();
  await canBeHad(page, THREAD, last);
  await page.getByRole("button", { name: text("try-again") }).click();
  await expect(ticket.heading("Where is my order?")).toBeVisible();
});

test("where the server has another version by then, asking again loads the page anew", async ({
  page,
  portal,
  customer,
}) => {
  const { tickets, ticket } = new Screens(page, portal);
  await customer.signIn();
  await customer.opens("Where is my order?", "It is late.");
  await page.route("**/live", (route) =>
    route.fulfill({ contentType: "text/event-stream", body: "event: version\ndata: another\n\n" }),
  );
  await page.route(THREAD, (route) => route.fulfill({ status: 404 }));
  const last = page.waitForResponse(DOOR);
  await tickets.open();
  await expect(page.getByText(text("outdated"))).toBeVisible();
  await tickets.rows.first().click();
  await expect(page.getByRole("alert").getByText(text("part-failed-title"))).toBeVisible();
  await canBeHad(page, THREAD, last);
  const anew = page.waitForEvent("load");
  await page.getByRole("button", { name: text("try-again") }).click();
  await anew;
  await expect(ticket.heading("Where is my order?")).toBeVisible();
});

test("a page whose own part cannot be loaded says so, as for the app itself", async ({ page, portal, customer }) => {
  await customer.signIn();
  await page.route(LIST, (route) => route.abort());
  await page.goto(`${portal.url}/tickets`);
  await expect(page.getByRole("alert")).toContainText(text("page-failed"));
});
