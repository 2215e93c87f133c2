// The list of tickets in each of its states.
import { expect } from "../support/fixtures";
import { text } from "../support/texts";
import type { Group, Stage } from "./stage";

export const LONG_WORD = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz";

/** From the account, whose page does not bring the list along. */
async function fromAccount({ page, screens: { overview } }: Stage) {
  await overview.open();
  await page.locator(".brand").click();
}

async function open({ screens: { tickets } }: Stage, query = "") {
  await tickets.open(query);
  await expect(tickets.filling).toBeHidden();
}

export const list: Group = {
  name: "list",
  signedIn: true,
  states: [
    {
      screen: "tickets",
      state: "none yet",
      async reach({ screens: { tickets } }) {
        await tickets.open();
        await expect(tickets.none).toBeVisible();
      },
    },
    {
      screen: "tickets",
      state: "none with this filter",
      async reach(stage) {
        await stage.customer.opens("Nothing is solved", "Hello");
        await open(stage, "?show=solved");
        await expect(stage.screens.tickets.noneShown).toBeVisible();
      },
    },
    {
      screen: "tickets",
      state: "rows",
      async reach(stage) {
        const { customer, portal } = stage;
        await portal.desk.setStatus((await customer.opens("How do I export my data?", "Hello")).number, "resolved");
        const cancelled = await customer.opens("Duplicate order", "Sorry, this one twice");
        await customer.call("tickets/cancel", { ticket: cancelled.id, key: crypto.randomUUID() });
        await customer.opens(`Crash in ${LONG_WORD}.dll`, "It crashes\n\n> at the end");
        const asked = await customer.opens("Invoice shows the wrong VAT number 🧾", "Hello 👩🏽‍💻");
        await portal.desk.answer(asked.number, "Could you send us the number as it should stand there?");
        const spoken = await customer.opens("Parcel #4411 has not arrived", "Hello");
        await portal.desk.answer(spoken.number, "I am looking.");
        await customer.call("tickets/reply", { ticket: spoken.id, key: crypto.randomUUID(), text: "Thank you" });
        await open(stage);
        await expect(stage.screens.tickets.unread("Invoice shows")).toBeVisible();
        await expect(stage.screens.tickets.rows).toHaveCount(6);
      },
    },
    {
      screen: "tickets",
      state: "found",
      async reach(stage) {
        await open(stage, "?q=number");
        await expect(stage.screens.tickets.found.first()).toBeVisible();
      },
    },
    {
      screen: "tickets",
      state: "nothing found",
      async reach(stage) {
        await open(stage, "?q=nothinghasthis");
        await expect(stage.screens.tickets.noneFound).toBeVisible();
      },
    },
    {
      screen: "tickets",
      state: "loading",
      async reach(stage) {
        await stage.hold("**/api/tickets/list");
        await fromAccount(stage);
        await expect(stage.page.locator(".list .skeleton")).toBeVisible();
      },
    },
    {
      screen: "tickets",
      state: "filling",
      async reach(stage) {
        await stage.altered("**/api/tickets/list", (list) => Object.assign(list.changed ?? list, { filling: true, rows: [], total: 0 }));
        await fromAccount(stage);
        await expect(stage.screens.tickets.filling).toBeVisible();
      },
    },
    {
      screen: "tickets",
      state: "could not load",
      async reach(stage) {
        await stage.page.route("**/api/tickets/list", (route) => route.abort());
        await fromAccount(stage);
        await expect(stage.page.getByText(text("tickets-failed-title"))).toBeVisible();
      },
    },
    {
      screen: "tickets",
      state: "offline",
      async reach(stage) {
        await open(stage);
        await stage.context.setOffline(true);
        await stage.page.evaluate(() => dispatchEvent(new Event("online")));
        await expect(stage.page.locator(".list").getByText(text("offline-line"))).toBeVisible();
      },
    },
    {
      screen: "tickets",
      state: "the help desk is away",
      async reach(stage) {
        await open(stage);
        await stage.portal.desk.weather("down503");
        await stage.portal.advance(60);
        await expect(stage.screens.tickets.age).toBeVisible();
      },
    },
  ],
};
