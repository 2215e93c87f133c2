// The account, and what can come over every screen.
import { expect } from "../support/fixtures";
import { text } from "../support/texts";
import type { Group, Stage } from "./stage";

async function typing({ customer, screens: { ticket } }: Stage) {
  const { id } = await customer.opens("Interrupted", "Hello");
  await ticket.open(id);
  await ticket.composer.fill("A long and careful answer");
}

async function endSession(stage: Stage) {
  await typing(stage);
  await stage.customer.call("session/sign-out", {});
  await expect(stage.screens.sessionOver.dialog).toBeVisible();
}

export const account: Group = {
  name: "account",
  signedIn: true,
  states: [
    {
      screen: "account",
      state: "menu",
      async reach({ screens: { tickets, account } }) {
        await tickets.open();
        await account.open();
      },
    },
    {
      screen: "account",
      state: "page",
      async reach({ screens: { overview }, customer, elsewhere }) {
        await customer.signInToo((await elsewhere()).context());
        await overview.open();
        await expect(overview.sessions).toHaveCount(2);
      },
    },
    {
      screen: "account",
      state: "forget dialog",
      async reach({ screens: { overview } }) {
        await overview.open();
        await overview.openForget.click();
        await expect(overview.dialog).toBeVisible();
      },
    },
    {
      screen: "anywhere",
      state: "a new version is ready",
      async reach(stage) {
        const events = { status: 200, contentType: "text/event-stream", body: "event: version\ndata: another\n\n" };
        await stage.page.route("**/live", (route) => route.fulfill(events));
        await typing(stage);
        await expect(stage.page.getByText(text("outdated"))).toBeVisible();
      },
    },
    {
      screen: "anywhere",
      state: "session over",
      async reach(stage) {
        await endSession(stage);
        await expect(stage.screens.sessionOver.kept).toBeVisible();
      },
    },
    {
      screen: "anywhere",
      state: "session over, code asked for",
      async reach(stage) {
        await stage.customer.signIn();
        await endSession(stage);
        await stage.screens.sessionOver.askForCode();
      },
    },
  ],
};
