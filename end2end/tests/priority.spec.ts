// How urgent a ticket is: asked and shown where the operator wants that, and nowhere else.
import { AxeBuilder } from "@axe-core/playwright";

import { Customer } from "../support/customer";
import { expect, test } from "../support/fixtures";
import { Screens } from "../support/pages";
import { Portal } from "../support/portal";
import { text } from "../support/texts";
import { reload } from "../support/ways";

test("who is asked says how urgent it is, and sees what agents make of it without a reload", async ({
  page,
  context,
}) => {
  const portal = await Portal.start([], { PRIORITY: "ask" });
  try {
    const customer = await Customer.known(portal, context);
    await customer.signIn();
    const { newTicket, ticket, tickets } = new Screens(page, portal);
    await newTicket.open();
    await expect(newTicket.priority).toHaveValue("");
    await newTicket.priority.selectOption({ label: text("priority-urgent") });
    await newTicket.subject.fill("Smoke in the server room");
    await newTicket.message.fill("It smells of resin");
    // It belongs to the draft.
    await expect(page.getByText(text("draft-saved"))).toBeVisible();
    await reload(page);
    await expect(newTicket.subject).toHaveValue("Smoke in the server room");
    await expect(newTicket.priority).toHaveValue("urgent");
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    expect(violations).toEqual([]);

    await newTicket.send.click();
    await expect(ticket.heading("Smoke in the server room")).toBeVisible();
    await expect(ticket.priority).toHaveText(text("priority-urgent"));
    await ticket.hasSent("It smells of resin");
    const id = page.url().split("/").pop()!;
    const there = async () => (await portal.desk.conversationOf(id)).priority;
    await expect.poll(there).toBe("urgent");
    expect(await portal.desk.conversationsAbout("Smoke in the server room")).toHaveLength(1);

    const { id: number } = await portal.desk.conversationOf(id);
    await portal.desk.setPriority(number, "low");
    await expect(ticket.priority).toHaveText(text("priority-low"));
    await tickets.open();
    await expect(tickets.priority("Smoke in the server room")).toHaveText(text("priority-low"));
    await portal.desk.setPriority(number, null);
    await expect(tickets.priority("Smoke in the server room")).toHaveCount(0);
    // What was chosen for one ticket is not chosen for the next.
    await newTicket.open();
    await expect(newTicket.priority).toHaveValue("");
  } finally {
    await portal.stop();
  }
});

test("where it is off nobody is asked, and what agents set is shown nowhere", async ({ page, portal, customer }) => {
  await customer.signIn();
  const { newTicket, ticket, tickets } = new Screens(page, portal);
  const { id, number } = await customer.opens("As it always was", "Hello");
  await newTicket.open();
  await expect(newTicket.priority).toHaveCount(0);
  await portal.desk.setPriority(number, "urgent");
  // What comes after it has come.
  await portal.desk.answer(number, "We are on it");
  await ticket.open(id);
  await expect(ticket.message("We are on it")).toBeVisible();
  await expect(ticket.priority).toHaveCount(0);
  await tickets.open();
  await expect(tickets.row("As it always was")).toBeVisible();
  await expect(tickets.priority("As it always was")).toHaveCount(0);
});
