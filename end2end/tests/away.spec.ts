// Mail when away: who has not seen an answer gets it by mail, whose link leads to the ticket, and who wants none ends it by one press.
import { faults } from "../support/axe";
import { expect, test } from "../support/fixtures";
import { addressIn, linkIn, type Mail } from "../support/mailbox";
import { Screens } from "../support/pages";
import type { Portal } from "../support/portal";
import { reload, visit } from "../support/ways";

/** Lets time pass until the mail about an answer is there that nobody saw. */
async function mailed(portal: Portal, address: string): Promise<Mail> {
  const mails = () => portal.mailbox.answersTo(address);
  await portal.advanceUntil(() => expect.poll(mails, { timeout: 1_000 }).toHaveLength(1));
  return (await portal.mailbox.answersTo(address))[0];
}

test("answers that nobody sees come in one mail, without notes, and its link opens the ticket after sign-in", async ({
  portal,
  customer,
  elsewhere,
}) => {
  await customer.signIn();
  const { id, number } = await customer.opens("A lamp that flickers", "Since Tuesday.");
  await portal.desk.note(number, "She rang before, be kind.");
  await portal.desk.answer(number, "Try **one** bulb.", "Or two.", "Or [the manual](https://example.com/manual).");
  expect(await portal.mailbox.answersTo(customer.address)).toHaveLength(0);
  const mail = await mailed(portal, customer.address);
  expect(mail.subject).toBe(`A lamp that flickers (#${number})`);
  expect(mail.text).toContain("There are 3 new answers");
  for (const words of ["Try one bulb.", "Or two.", "the manual <https://example.com/manual>"])
    expect(mail.text).toContain(words);
  expect(mail.text).not.toContain("be kind");
  expect(mail.html).toContain("<strong>one</strong>");

  const other = await elsewhere();
  const { signIn, checkEmail, ticket } = new Screens(other, portal);
  await visit(other, addressIn(mail, "ticket"));
  await expect(signIn.address).toBeVisible();
  await expect(other.getByText("A lamp that flickers")).toHaveCount(0);
  const before = (await portal.mailbox.to(customer.address)).length;
  await signIn.ask(customer.address);
  await expect(checkEmail.heading).toBeVisible();
  await visit(other, linkIn(await portal.mailbox.arrival(customer.address, before + 1)));
  await expect(other).toHaveURL(`${portal.url}/tickets/${id}`);
  await expect(ticket.heading("A lamp that flickers")).toBeVisible();
  await expect(ticket.message("Or two.")).toBeVisible();
});

test("whoever has it on the screen gets none", async ({ page, portal, customer }) => {
  await customer.signIn();
  const read = await customer.opens("Read at once", "Hello");
  const unread = await customer.opens("Read by nobody", "Hello");
  const { ticket } = new Screens(page, portal);
  await ticket.open(read.id);
  const seen = page.waitForResponse((answer) => answer.url().endsWith("/api/tickets/seen") && answer.ok());
  await portal.desk.answer(read.number, "On the screen.");
  await expect(ticket.message("On the screen.")).toBeVisible();
  await seen;
  await portal.desk.answer(unread.number, "In the mailbox.");
  // The other one's would have gone first.
  const mail = await mailed(portal, customer.address);
  expect(mail.subject).toContain("Read by nobody");
  expect(mail.text).not.toContain("On the screen.");
});

test("one press in a mail program ends them, and the account brings them back", async ({ page, portal, customer }) => {
  await customer.signIn();
  const { number } = await customer.opens("One press", "Hello");
  await portal.desk.answer(number, "First.");
  const mail = await mailed(portal, customer.address);
  const pressed = await fetch(addressIn(mail, "a"), {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: "List-Unsubscribe=One-Click",
  });
  expect(pressed.status).toBe(200);

  const { overview } = new Screens(page, portal);
  await overview.open();
  await expect(overview.mails).not.toBeChecked();
  const stored = page.waitForResponse((answer) => answer.url().endsWith("/api/tickets/mails") && answer.ok());
  await overview.mails.check();
  await stored;
  await reload(page);
  await expect(overview.mails).toBeChecked();
});

test("the page in the mail has one button, which can be taken back, and so has the ticket", async ({
  page,
  portal,
  customer,
}) => {
  await customer.signIn();
  const { id, number } = await customer.opens("This ticket only", "Hello");
  await portal.desk.answer(number, "First.");
  const mail = await mailed(portal, customer.address);
  const off = page.getByRole("button", { name: "Switch these mails off" });
  const on = page.getByRole("button", { name: "Switch these mails on" });
  await page.goto(addressIn(mail, "t"));
  await expect(off).toBeVisible();
  await expect(page.getByRole("button")).toHaveCount(1);
  expect(await faults(page)).toEqual([]);
  await off.click();
  await expect(page.getByText("You get no mails about this ticket.")).toBeVisible();
  await on.click();
  await expect(off).toBeVisible();
  await off.click();
  await expect(on).toBeVisible();

  const { ticket } = new Screens(page, portal);
  await ticket.open(id);
  await expect(ticket.mails).not.toBeChecked();
  const stored = page.waitForResponse((answer) => answer.url().endsWith("/api/tickets/mails") && answer.ok());
  await ticket.mails.check();
  await stored;
  await page.goto(addressIn(mail, "t"));
  await expect(off).toBeVisible();
});
