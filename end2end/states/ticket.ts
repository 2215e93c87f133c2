// One ticket in each of its states.
import { expect } from "../support/fixtures";
import { text } from "../support/texts";
import { LONG_WORD } from "./list";
import type { Group, Stage } from "./stage";

const ANSWER =
  "Sorry about the wait. **Bold**, a [link](https://example.com) and `code`\n\n> quoted\n\n1. first\n2. second\n\n" +
  "| article | price |\n| - | - |\n| Cable | 12 € |\n\n```\nlpadmin -p floor2 -o job-sheets=none --and-a-rather-long-line\n```";

const MAIL = "It turns no more.\n\nOn Monday, John wrote:\n> Does the key with the blue ring turn?\n> And the other one?";

async function opened({ customer, screens: { ticket } }: Stage, subject: string, message = "Hello") {
  const made = await customer.opens(subject, message);
  await ticket.open(made.id);
  await expect(ticket.message(message.slice(0, 20))).toBeVisible();
  return made;
}

/** From the list, so that the ticket has to be fetched. */
async function fromList(stage: Stage, subject: string, failing: () => Promise<void>) {
  const { page, customer } = stage;
  const { tickets } = stage.screens;
  await customer.opens(subject, "Hello");
  await tickets.open();
  await expect(tickets.row(subject)).toBeVisible();
  await failing();
  await tickets.row(subject).click();
  await expect(page.locator(".detail[data-open]")).toBeVisible();
}

/** From the list, with what the server says of answering replaced: what Chatwoot says to it is tested beside the server. */
async function ruled(stage: Stage, subject: string, rule: unknown) {
  const answered = (answer: { changed?: object }) => Object.assign(answer.changed ?? {}, { reply: rule });
  await fromList(stage, subject, () => stage.altered("**/api/tickets/show", answered));
}

export const ticket: Group = {
  name: "ticket",
  signedIn: true,
  states: [
    {
      screen: "ticket",
      state: "thread",
      async reach(stage) {
        const { number } = await opened(stage, "Parcel #4411 has not arrived after nine days", "Can you find out?");
        await stage.portal.desk.answer(number, ANSWER);
        await expect(stage.screens.ticket.message("Bold")).toBeVisible();
      },
    },
    {
      screen: "ticket",
      state: "long words, much text, smileys, files",
      async reach(stage) {
        const { number } = await opened(stage, `Crash in ${LONG_WORD}.dll 🧑‍🔧`, `${LONG_WORD.repeat(5)} 👏👏🏽`);
        await stage.portal.desk.answer(number, "A sentence that says little. ".repeat(345));
        await stage.portal.desk.sendFiles(number, ["report.pdf", `${LONG_WORD}.txt`]);
        await expect(stage.screens.ticket.message("The files")).toBeVisible();
      },
    },
    {
      screen: "ticket",
      state: "loading",
      async reach(stage) {
        await fromList(stage, "On its way", () => stage.hold("**/api/tickets/show"));
        await expect(stage.page.locator(".thread .skeleton")).toBeVisible();
      },
    },
    {
      screen: "ticket",
      state: "could not load",
      async reach(stage) {
        await fromList(stage, "Out of reach", () => stage.context.setOffline(true));
        await expect(stage.page.getByText(text("ticket-failed-title"))).toBeVisible();
      },
    },
    {
      screen: "ticket",
      state: "not found",
      async reach({ page, portal, screens }) {
        await page.goto(`${portal.url}/tickets/6bdc3f4d-0bec-4515-a284-5d916fdde489`);
        await expect(screens.ticket.notFound).toBeVisible();
      },
    },
    {
      screen: "ticket",
      state: "new message below",
      async reach(stage) {
        const { number } = await opened(stage, "Reading");
        const lines = Array.from({ length: 25 }, (_, n) => `Line ${n + 1}\n\nand more\n\nand more`);
        await stage.portal.desk.answer(number, ...lines);
        await expect(stage.screens.ticket.message("Line 25")).toBeAttached();
        await stage.screens.ticket.scrollToTop();
        await stage.portal.desk.answer(number, "The news");
        await expect(stage.screens.ticket.newBelow).toBeVisible();
      },
    },
    {
      screen: "ticket",
      state: "solved",
      async reach(stage) {
        const { number } = await opened(stage, "Solved soon", "Please help");
        await stage.portal.desk.answer(number, "Done.");
        await stage.portal.desk.setStatus(number, "resolved");
        await expect(stage.screens.ticket.reopens).toBeVisible();
      },
    },
    {
      screen: "ticket",
      state: "closed for good",
      async reach(stage) {
        await ruled(stage, "Closed a year ago", "new_ticket");
        await expect(stage.page.getByRole("link", { name: text("reply-new-ticket") })).toBeVisible();
      },
    },
    {
      screen: "ticket",
      state: "answered by e-mail only",
      async reach(stage) {
        await ruled(stage, "Begun by e-mail", { by_email: "mailto:support@example.com?subject=Re%3A%20Begun" });
        await expect(stage.page.getByRole("link", { name: text("reply-write-email") })).toBeVisible();
      },
    },
    {
      screen: "ticket",
      state: "begun by e-mail",
      async reach({ page, portal, customer, screens: { tickets } }) {
        // It is asked for now and then what is new in such inboxes.
        const number = await portal.desk.mail(customer.address, `${customer.address}-seen`, "The key is stuck", MAIL);
        await portal.desk.answer(number, "Which key?");
        await portal.advance(31);
        await tickets.open();
        await tickets.row("The key is stuck").click();
        await expect(page.getByText(text("earlier-mails"))).toBeVisible();
        await expect(page.getByText(text("reply-mail"))).toBeVisible();
      },
    },
    {
      screen: "cancel",
      state: "dialog",
      async reach(stage) {
        await opened(stage, "A slip");
        await stage.screens.ticket.cancel.click();
        await expect(stage.screens.ticket.dialog).toBeVisible();
      },
    },
    {
      screen: "ticket",
      state: "just cancelled",
      async reach(stage) {
        await opened(stage, "Another slip");
        await stage.stay();
        await stage.screens.ticket.cancel.click();
        await stage.screens.ticket.confirmCancel.click();
        await expect(stage.screens.ticket.status).toHaveText(text("status-cancelled"));
        await expect(stage.page.locator(".notice[data-state]")).toBeVisible();
      },
    },
  ],
};

export const replies: Group = {
  name: "replies",
  signedIn: true,
  states: [
    {
      screen: "ticket",
      state: "reply waits for the help desk",
      async reach(stage) {
        const { ticket } = stage.screens;
        const { id } = await opened(stage, "While they are away");
        // Only what has surely not arrived can be taken back.
        await stage.portal.desk.weather("throttling");
        await ticket.reply("Written meanwhile");
        await expect(ticket.message("Written meanwhile")).toHaveAttribute("data-state", "sending");
        await stage.portal.advanceUntil(async () => {
          await ticket.open(id);
          await expect(ticket.takeBack(ticket.message("Written meanwhile"))).toBeVisible({ timeout: 1_000 });
        });
        await expect(ticket.takeBack(ticket.message("Written meanwhile"))).toBeVisible();
      },
    },
    {
      screen: "ticket",
      state: "reply waits for the network",
      async reach(stage) {
        await opened(stage, "In a tunnel");
        await stage.context.setOffline(true);
        await stage.screens.ticket.reply("Written in a tunnel");
        await expect(stage.screens.ticket.message("tunnel")).toContainText(text("message-offline"));
      },
    },
    {
      screen: "ticket",
      state: "reply refused",
      async reach(stage) {
        await opened(stage, "Not taken");
        await stage.screens.ticket.reply("Refused: fail: 422");
        const refused = stage.screens.ticket.message("fail: 422");
        await expect(refused).toHaveAttribute("data-state", "failed");
      },
    },
    {
      screen: "ticket",
      state: "reply too long",
      async reach(stage) {
        await opened(stage, "Too much");
        await stage.screens.ticket.composer.fill("too long ".repeat(3_000));
        await stage.screens.ticket.composer.press("Control+Enter");
        await expect(stage.screens.ticket.fault).toBeVisible();
      },
    },
    {
      screen: "ticket",
      state: "cancellation waits",
      async reach(stage) {
        const { ticket } = stage.screens;
        await opened(stage, "Rather not");
        await ticket.hasSent("Hello");
        await stage.portal.desk.weather("throttling");
        await ticket.cancel.click();
        await ticket.confirmCancel.click();
        await expect(ticket.keepsOpen).toBeVisible();
      },
    },
  ],
};
