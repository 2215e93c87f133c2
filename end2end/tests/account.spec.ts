// The account: where one is signed in, ending that, and being forgotten.
import { chromium } from "../support/chromium";
import { A_NEW_ALLOWANCE, Customer } from "../support/customer";
import { expect, test } from "../support/fixtures";
import { codeIn, linkIn } from "../support/mailbox";
import { Screens } from "../support/pages";
import { text } from "../support/texts";
import { visit } from "../support/ways";

test("the menu leads to the account, which lists this browser and the others", async ({
  page,
  portal,
  customer,
  elsewhere,
}) => {
  await customer.signIn();
  const { tickets, account, overview } = new Screens(page, portal);
  await customer.signInToo((await elsewhere()).context());
  await tickets.open();
  await account.openOverview();
  await expect(overview.heading).toBeFocused();
  await expect(page).toHaveTitle(new RegExp(text("account-title")));
  await expect(page.locator(".overview .facts")).toContainText(customer.address);
  await expect(overview.sessions).toHaveCount(2);
  await expect(overview.here).toHaveCount(1);
  await expect(overview.ends).toHaveCount(1);
  await expect(overview.sessions.first()).toContainText(/Chrom.*Linux/);
});

test("s10 a session that is ended elsewhere says so at once, keeps the text, and goes on after a code", async ({
  page,
  portal,
  customer,
  elsewhere,
}) => {
  await customer.signIn();
  const { id } = await customer.opens("Interrupted", "Hello");
  const there = await elsewhere();
  await customer.signInToo(there.context());
  const other = new Screens(there, portal);
  await other.ticket.open(id);
  await other.ticket.composer.fill("Half a sentence");
  const { overview } = new Screens(page, portal);
  await overview.open();
  await overview.ends.click();
  // It is told, since it asks nobody by itself for longer than is waited for here; the second is the server's to keep.
  await expect(other.sessionOver.dialog).toBeVisible();
  await expect(overview.sessions).toHaveCount(1);
  await expect(overview.endOthers).toBeHidden();
  const mails = (await portal.mailbox.to(customer.address)).length;
  await portal.advance(A_NEW_ALLOWANCE);
  await other.sessionOver.askForCode();
  await other.sessionOver.enter(codeIn(await portal.mailbox.arrival(customer.address, mails + 1)));
  await expect(other.sessionOver.dialog).toBeHidden();
  await expect(other.ticket.composer).toHaveValue("Half a sentence");
});

test("the account shows what agents call one, and changes it for them too, unless that is too long", async ({
  page,
  portal,
  customer,
}) => {
  await customer.signIn();
  await customer.opens("Printer", "It burns");
  const { overview } = new Screens(page, portal);
  await overview.open();
  await expect(overview.name).toHaveValue("Grace Hopper");
  await overview.name.fill("x".repeat(101));
  await overview.saveName.click();
  await expect(overview.nameFault).toContainText("100");
  await expect(overview.name).toBeFocused();
  await overview.name.fill("  Grace\u202e B. M. Hopper ");
  await expect(overview.nameFault).toBeHidden();
  await overview.saveName.click();
  await expect(overview.nameSaved).toBeVisible();
  await expect(overview.name).toHaveValue("Grace B. M. Hopper");
  await expect.poll(() => portal.desk.nameOf(customer.address)).toBe("Grace B. M. Hopper");
  await page.reload();
  await expect(overview.name).toHaveValue("Grace B. M. Hopper");
});

test("as long as one's name has not come there is none to save", async ({ page, portal, customer }) => {
  await customer.signIn();
  await customer.opens("Printer", "It burns");
  const { overview } = new Screens(page, portal);
  let release = () => {};
  const isReleased = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/api/session/profile", async (route) => {
    await isReleased;
    await route.continue();
  });
  await overview.open();
  await expect(overview.saveName).toHaveAttribute("aria-disabled", "true");
  await overview.name.press("Enter");
  release();
  await expect(overview.name).toHaveValue("Grace Hopper");
  await expect(overview.saveName).toHaveAttribute("aria-disabled", "false");
  await expect(overview.nameSaved).toBeHidden();
});

test("all others are ended with one press", async ({ page, portal, customer, elsewhere }) => {
  await customer.signIn();
  const others = [await elsewhere(), await elsewhere()];
  for (const other of others) {
    await customer.signInToo(other.context());
    await new Screens(other, portal).tickets.open();
  }
  const { overview } = new Screens(page, portal);
  await overview.open();
  await expect(overview.sessions).toHaveCount(3);
  await overview.endOthers.click();
  await expect(overview.sessions).toHaveCount(1);
  for (const other of others) await expect(new Screens(other, portal).sessionOver.dialog).toBeVisible();
  await overview.signOut.click();
  await expect(new Screens(page, portal).signIn.address).toBeVisible();
});

test("s1 after a robot that presses every button one gets in by the code, sees its session and ends it", async ({
  page,
  portal,
  customer,
  elsewhere,
}) => {
  await portal.advance(A_NEW_ALLOWANCE);
  const { signIn, checkEmail, tickets, overview } = new Screens(page, portal);
  await signIn.open();
  await signIn.ask(customer.address);
  await expect(checkEmail.heading).toBeVisible();
  const mail = await portal.mailbox.arrival(customer.address);
  const robot = await elsewhere();
  const pressed = new Screens(robot, portal);
  await visit(robot, linkIn(mail));
  await pressed.confirm.press.click();
  await expect(pressed.tickets.heading).toBeVisible();
  // The press elsewhere lets no waiting tab in.
  await expect(checkEmail.heading).toBeVisible();
  await checkEmail.paste(codeIn(mail));
  await expect(tickets.heading).toBeVisible();
  await overview.open();
  await expect(overview.sessions).toHaveCount(2);
  await overview.ends.click();
  await expect(overview.sessions).toHaveCount(1);
  await expect(pressed.sessionOver.dialog).toBeVisible();
  await visit(robot, linkIn(mail));
  await expect(pressed.confirm.spent).toBeVisible();
});

test("forgetting says what goes and what stays, waits for what is on its way, and leaves nothing", async ({
  page,
  portal,
  customer,
  elsewhere,
}) => {
  await customer.signIn();
  await customer.opens("Kept by the company", "Hello");
  const there = await elsewhere();
  await customer.signInToo(there.context());
  const other = new Screens(there, portal);
  await other.tickets.open();
  const { overview, newTicket, signIn, tickets } = new Screens(page, portal);
  await newTicket.open();
  await newTicket.subject.fill("A draft");
  await overview.open();
  await overview.openForget.click();
  await expect(overview.dialog).toContainText(text("forget-goes-copies"));
  await expect(overview.dialog).toContainText(text("forget-stays"));
  await overview.keep.click();
  await expect(overview.dialog).toBeHidden();
  await portal.desk.weather("down503");
  const late = await customer.call("tickets/open", {
    new: { key: "31111111-2222-4333-8444-555555555555", subject: "On its way", message: "Hello" },
  });
  await overview.openForget.click();
  await overview.forget.click();
  await expect(overview.fault).toHaveText(text("error-still-sending"));
  await portal.desk.weather("well");
  const ticket = (await late.json()) as string;
  await portal.advanceUntil(async () => {
    const made = async () => (await portal.desk.conversationsAbout("On its way")).map((it) => it.additional_attributes);
    await expect.poll(made, { timeout: 1_000 }).toContainEqual(expect.objectContaining({ portal_ticket: ticket }));
  });
  // Until the portal has heard so too.
  await portal.advance(1);
  await overview.forget.click();
  await expect(page.getByText(text("forget-done"))).toBeVisible();
  await expect(signIn.address).toBeVisible();
  await expect(signIn.address).toHaveValue("");
  await expect(other.sessionOver.dialog).toBeVisible();
  const left = await page.evaluate(() => [...Object.entries(localStorage), ...Object.entries(sessionStorage)]);
  expect(left).toEqual([]);
  await customer.signIn();
  await tickets.open();
  await expect(tickets.row("Kept by the company")).toBeVisible();
  await expect(tickets.row("On its way")).toBeVisible();
});

test("s11 Back after signing out shows nothing, in no way", async ({ page, portal, customer }) => {
  await customer.signIn();
  const { id } = await customer.opens("Not for the next", "Secret words");
  const { ticket, tickets, account, signIn } = new Screens(page, portal);
  await tickets.open();
  await tickets.row("Not for the next").click();
  await expect(ticket.message("Secret words")).toBeVisible();
  await ticket.composer.fill("A draft of mine");
  await account.signOut();
  await expect(signIn.address).toBeVisible();
  for (let back = 0; back < 2; back += 1) {
    await page.goBack();
    await expect(signIn.address).toBeVisible();
    await expect(page.locator("body")).not.toContainText(/Not for the next|Secret words|A draft of mine/);
  }
  await visit(page, `${portal.url}/tickets/${id}`);
  await expect(signIn.address).toBeVisible();
  const left = await page.evaluate(() => [...Object.values(localStorage), ...Object.values(sessionStorage)]);
  expect(left.join()).not.toMatch(/Secret|draft|example\.com/);
  // Nor does the browser's own cache have any of it.
  const kept = await page.evaluate(async () => {
    const found: string[] = [];
    for (const address of performance.getEntriesByType("resource").map((entry) => entry.name).concat(location.href)) {
      const answer = await fetch(address, { cache: "only-if-cached", mode: "same-origin" }).catch(() => undefined);
      if (answer?.ok && /Secret words|Not for the next/.test(await answer.text())) found.push(address);
    }
    return found;
  });
  expect(kept).toEqual([]);
});

test("s11 a page that the browser kept whole shows nothing either once one has signed out elsewhere", async ({
  portal,
  playwright,
  contextOptions,
}) => {
  // Playwright turns off what real browsers do on the way back.
  const ignoreDefaultArgs = ["--disable-back-forward-cache"];
  const browser = await playwright.chromium.launch({ ...chromium(), ignoreDefaultArgs });
  const context = await browser.newContext(contextOptions);
  const page = await context.newPage();
  const customer = await Customer.known(portal, context);
  await customer.signIn();
  const { id } = await customer.opens("Not for the next", "Secret words");
  const { ticket, signIn } = new Screens(page, portal);
  await ticket.open(id);
  await expect(ticket.message("Secret words")).toBeVisible();
  await page.goto("about:blank");
  await customer.call("session/sign-out", {});
  await page.goBack();
  await expect(signIn.address).toBeVisible();
  await expect(page.locator("body")).not.toContainText("Secret words");
  await browser.close();
});
