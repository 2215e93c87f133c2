// Signing in by mail: what goes wrong, and the one way that goes right.
import { A_NEW_ALLOWANCE, Customer } from "../support/customer";
import { expect, test } from "../support/fixtures";
import { codeIn, linkIn } from "../support/mailbox";
import { Screens } from "../support/pages";
import { pattern, text } from "../support/texts";
import { reload, visit } from "../support/ways";

test.beforeEach(({ portal }) => portal.advance(A_NEW_ALLOWANCE));

test("an address that is none is refused at the field, and what was typed stays", async ({ page, portal }) => {
  const { signIn } = new Screens(page, portal);
  await signIn.open();
  for (const typed of ["", "grace", "grace@", "a@b@c.example", "grace hopper@example.com"]) {
    await signIn.ask(typed);
    await expect(signIn.address).toHaveAttribute("aria-invalid", "true");
    await expect(signIn.address).toHaveAccessibleDescription(/address/i);
    await expect(signIn.address).toHaveValue(typed);
    await expect(signIn.address).toBeFocused();
    await expect(page.getByRole("alert").filter({ hasText: /address/i })).toBeVisible();
  }
});

test("a fault at a field is read out, and again when it is the same", async ({ page, portal }) => {
  const { signIn } = new Screens(page, portal);
  await signIn.open();
  // What readers do: they speak what comes into a live region.
  await page.evaluate(() => {
    const spoken: string[] = [];
    Object.assign(window, { spoken });
    new MutationObserver((changes) => {
      for (const node of changes.flatMap((change) => [...change.addedNodes])) {
        const element = node instanceof Element ? node : node.parentElement;
        if (element?.closest("[role=alert]") && node.textContent) spoken.push(node.textContent);
      }
    }).observe(document.body, { childList: true, subtree: true });
  });
  const spoken = () => page.evaluate(() => (window as unknown as { spoken: string[] }).spoken);
  const words = text("error-empty-address");
  await signIn.ask("");
  await expect.poll(spoken).toEqual([words]);
  await signIn.ask("");
  await expect.poll(spoken).toEqual([words, words]);
  await signIn.ask("grace");
  await expect.poll(spoken).toEqual([words, words, text("error-not-an-address")]);
});

test("an address nobody knows gets the same screen and no mail", async ({ page, portal, customer }) => {
  const { signIn, checkEmail } = new Screens(page, portal);
  const stranger = `nobody.${customer.address}`;
  await signIn.open();
  await signIn.ask(stranger);
  await expect(checkEmail.heading).toBeVisible();
  await expect(page.getByText(stranger).first()).toBeVisible();
  await signIn.open();
  await signIn.ask(customer.address);
  await expect(checkEmail.heading).toBeVisible();
  await portal.mailbox.arrival(customer.address);
  expect(await portal.mailbox.to(stranger)).toEqual([]);
});

test("a wrong code counts down, and the right one still signs in", async ({ page, portal, customer }) => {
  const { signIn, checkEmail, tickets } = new Screens(page, portal);
  await signIn.open();
  await signIn.ask(customer.address);
  const right = codeIn(await portal.mailbox.arrival(customer.address));
  await checkEmail.enter("2222-2222");
  await expect(checkEmail.code).toHaveAccessibleDescription(/4/);
  await checkEmail.enter("3333-3333");
  await expect(checkEmail.code).toHaveAccessibleDescription(/3/);
  await checkEmail.enter(` ${right.toLowerCase().replace("-", " ")} `);
  await expect(tickets.heading).toBeVisible();
});

test("five wrong codes end it, and the page says how to go on", async ({ page, portal, customer }) => {
  const { signIn, checkEmail, tickets } = new Screens(page, portal);
  await signIn.open();
  await signIn.ask(customer.address);
  const mail = await portal.mailbox.arrival(customer.address);
  const [right, link] = [codeIn(mail), linkIn(mail)];
  for (const left of [4, 3, 2, 1]) {
    await checkEmail.enter("2222-2222");
    await expect(checkEmail.code).toHaveAccessibleDescription(new RegExp(`${left}`));
    await expect(page.getByRole("alert").filter({ hasText: `${left}` })).toBeVisible();
  }
  await checkEmail.enter("2222-2222");
  await expect(checkEmail.code).toHaveAccessibleDescription(/link in the mail still works.*send another mail/);
  await checkEmail.enter(right);
  await expect(checkEmail.problem).toBeVisible();
  await expect(checkEmail.otherAddress).toBeVisible();
  await visit(page, link);
  await expect(tickets.heading).toBeVisible();
});

test("a code signs in only the browser that asked", async ({ page, portal, customer, elsewhere }) => {
  const { signIn } = new Screens(page, portal);
  await signIn.open();
  await signIn.ask(customer.address);
  const code = codeIn(await portal.mailbox.arrival(customer.address));
  const thief = new Screens(await elsewhere(), portal);
  await thief.signIn.open();
  await thief.signIn.ask(`thief.${customer.address}`);
  await thief.checkEmail.enter(code);
  await expect(thief.checkEmail.code).toHaveAccessibleDescription(/4/);
});

test("a scanner that opens the link and runs its scripts uses nothing up", async ({
  page,
  portal,
  customer,
  elsewhere,
}) => {
  const { signIn, tickets } = new Screens(page, portal);
  await signIn.open();
  await signIn.ask(customer.address);
  const link = linkIn(await portal.mailbox.arrival(customer.address));
  for (let time = 0; time < 3; time += 1) {
    const scanner = await elsewhere();
    await visit(scanner, link);
    await expect(new Screens(scanner, portal).confirm.press).toBeVisible();
  }
  await visit(page, link);
  await expect(tickets.heading).toBeVisible();
});

test("in another browser the link asks first, and says whose mailbox and which device", async ({
  page,
  portal,
  customer,
  elsewhere,
}) => {
  const { signIn } = new Screens(page, portal);
  await signIn.open();
  await signIn.ask(customer.address);
  const link = linkIn(await portal.mailbox.arrival(customer.address));
  const phone = await elsewhere();
  const other = new Screens(phone, portal);
  await visit(phone, link);
  await expect(other.confirm.facts).toContainText(customer.address);
  await expect(other.confirm.facts).toContainText(/Chrom.*Linux/);
  await expect(other.tickets.heading).toBeHidden();
  await other.confirm.press.click();
  await expect(other.tickets.heading).toBeVisible();
});

test("a page that asks first asks again after a reload, and keeps the link no longer than needed", async ({
  page,
  portal,
  customer,
  elsewhere,
}) => {
  const { signIn } = new Screens(page, portal);
  await signIn.open();
  await signIn.ask(customer.address);
  const link = linkIn(await portal.mailbox.arrival(customer.address));
  const token = new URL(link).hash.slice(1);
  const phone = await elsewhere();
  const sent: string[] = [];
  phone.on("request", (request) => sent.push(request.url()));
  const other = new Screens(phone, portal);
  await visit(phone, link);
  await expect(other.confirm.press).toBeVisible();
  await reload(phone);
  await expect(other.confirm.facts).toContainText(customer.address);
  await expect(phone).toHaveURL(`${portal.url}/sign-in/link`);
  // Left …
  const kept = () => phone.evaluate(() => Object.values(sessionStorage).join());
  expect(await kept()).toContain(token);
  await other.signIn.open();
  await expect.poll(kept).not.toContain(token);
  // … or used.
  await visit(phone, link);
  await other.confirm.press.click();
  await expect(other.tickets.heading).toBeVisible();
  expect(await kept()).not.toContain(token);
  expect(sent.filter((url) => new URL(url).pathname.includes(token) || url.includes(`?${token}`))).toEqual([]);
});

test("a link that was used says so, and leads on to a new one", async ({ page, portal, customer }) => {
  const { signIn, tickets, confirm } = new Screens(page, portal);
  await signIn.open();
  await signIn.ask(customer.address);
  const link = linkIn(await portal.mailbox.arrival(customer.address));
  await visit(page, link);
  await expect(tickets.heading).toBeVisible();
  await customer.call("session/sign-out", {});
  await visit(page, link);
  await expect(confirm.spent).toBeVisible();
  await confirm.askAgain.click();
  await expect(signIn.address).toBeVisible();
});

test("a link that is too old says so, and leads on to a new one", async ({ page, portal, customer }) => {
  const { signIn, confirm } = new Screens(page, portal);
  await signIn.open();
  await signIn.ask(customer.address);
  const link = linkIn(await portal.mailbox.arrival(customer.address));
  await portal.advance(16 * 60);
  await visit(page, link);
  await expect(confirm.spent).toBeVisible();
  await confirm.askAgain.click();
  await expect(signIn.address).toBeVisible();
});

test("whoever gets no mail is helped, and may ask again after a while", async ({ page, portal, customer }) => {
  const { signIn, checkEmail } = new Screens(page, portal);
  await signIn.open();
  await signIn.ask(customer.address);
  await expect(checkEmail.again).toBeDisabled();
  await page.getByText(text("no-mail-title")).click();
  await expect(page.getByText(text("no-mail-spam"))).toBeVisible();
  await checkEmail.otherAddress.click();
  await expect(signIn.address).toHaveValue(customer.address);
});

test("a link opened while somebody else is signed in asks first", async ({ page, portal, customer, elsewhere }) => {
  await customer.signIn();
  const { confirm, tickets } = new Screens(page, portal);
  const asking = new Screens(await elsewhere(), portal);
  const second = await Customer.known(portal, page.context());
  await asking.signIn.open();
  await asking.signIn.ask(second.address);
  const link = linkIn(await portal.mailbox.arrival(second.address));
  await visit(page, link);
  await expect(confirm.facts).toContainText(second.address);
  await expect(page.getByText(pattern("link-signed-in-as"))).toContainText(customer.address);
  await confirm.press.click();
  await expect(tickets.heading).toBeVisible();
});

test("a deep link survives signing in", async ({ page, portal, customer }) => {
  await customer.signIn();
  const ticket = await customer.opens("The one I was sent", "Hello");
  await customer.call("session/sign-out", {});
  const { signIn, checkEmail } = new Screens(page, portal);
  await visit(page, `${portal.url}/tickets/${ticket.id}`);
  await signIn.ask(customer.address);
  await checkEmail.enter(codeIn(await portal.mailbox.arrival(customer.address, 2)));
  await expect(page).toHaveURL(`${portal.url}/tickets/${ticket.id}`);
  await expect(page.getByRole("heading", { name: "The one I was sent" })).toBeVisible();
});
