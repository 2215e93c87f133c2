// Language: switched under one's hands, mails in it, and a new one from a folder.
import { A_NEW_ALLOWANCE } from "../support/customer";
import { expect, test } from "../support/fixtures";
import { dropLanguage } from "../support/languages";
import { codeIn } from "../support/mailbox";
import { Screens } from "../support/pages";
import { pattern, text } from "../support/texts";
import { reload } from "../support/ways";

test("switching keeps the page: what is typed, the caret, the focus, the scroll, with no navigation", async ({
  page,
  portal,
  customer,
}) => {
  await customer.signIn();
  const { ticket, account } = new Screens(page, portal);
  const inSpanish = new Screens(page, portal, "es");
  const { id, number } = await customer.opens("Halfway", "Hello");
  await portal.desk.answer(number, ...Array.from({ length: 30 }, (_, n) => `Line ${n + 1}\n\nand more`));
  await ticket.open(id);
  await expect(ticket.message("Line 30")).toBeInViewport();
  await ticket.composer.fill("Half a reply");
  await ticket.scrollToTop();
  await ticket.composer.evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(4, 6));
  const before = await ticket.placeOfThings();
  const navigations: string[] = [];
  page.on("framenavigated", (frame) => navigations.push(frame.url()));

  await account.chooseLanguage(text("language-name", "es"));

  await expect(page.locator("html")).toHaveAttribute("lang", "es");
  await expect(ticket.status).toHaveText(text("status-waiting-for-you", "es"));
  await expect(account.languages).toBeFocused();
  expect(await ticket.placeOfThings()).toEqual(before);
  expect(navigations).toEqual([]);
  await inSpanish.ticket.composer.focus();
  await page.keyboard.type("of");
  await expect(inSpanish.ticket.composer).toHaveValue("Halfof reply");
  await reload(page);
  await expect(page.locator("html")).toHaveAttribute("lang", "es");
});

test("a fault at a field is said anew in the language one switches to", async ({ page, portal }) => {
  const { signIn, account } = new Screens(page, portal);
  await signIn.open();
  await signIn.ask("no address");
  await expect(signIn.address).toHaveAccessibleDescription(/address/);
  await account.chooseLanguage(text("language-name", "es"));
  await expect(page.getByRole("textbox")).toHaveAccessibleDescription(text("error-not-an-address", "es"));
});

test("the mail comes in the language of the page that asked", async ({ page, portal, customer }) => {
  await portal.advance(A_NEW_ALLOWANCE);
  const { signIn, account } = new Screens(page, portal);
  await signIn.open();
  await account.chooseLanguage(text("language-name", "es"));
  await expect(page.locator("html")).toHaveAttribute("lang", "es");
  await page.getByRole("textbox").fill(customer.address);
  await page.getByRole("textbox").press("Enter");
  const mail = await portal.mailbox.arrival(customer.address);
  expect(mail.text).toContain(text("sign-in-code-lead", "es", "emails.ftl"));
  expect(mail.html).toMatch(/lang="es"/);
});

test.describe("in a browser that speaks Spanish", () => {
  test.use({ locale: "es-MX" });
  test("the page is Spanish from the start, dates too", async ({ page, portal, customer }) => {
    await customer.signIn("es");
    const { ticket } = new Screens(page, portal, "es");
    const { id } = await customer.opens("Fechas", "Hola");
    await ticket.open(id);
    await expect(page.locator("html")).toHaveAttribute("lang", "es");
    await expect(ticket.status).toHaveText(text("status-received", "es"));
  });
});

test.describe("in a browser that asks for a variety that there is not", () => {
  test.use({ locale: "pt-PT" });
  test("page and mail are in the same language otherwise", async ({ page, portal, customer }) => {
    await portal.advance(A_NEW_ALLOWANCE);
    const { signIn } = new Screens(page, portal, "pt-BR");
    await signIn.open();
    await expect(page.locator("html")).toHaveAttribute("lang", "pt-BR");
    await signIn.ask(customer.address);
    const mail = await portal.mailbox.arrival(customer.address);
    expect(mail.subject).toMatch(pattern("sign-in-subject", "pt-BR", "emails.ftl"));
  });
});

test.describe("in a browser that speaks Arabic", () => {
  test.use({ locale: "ar-EG" });
  test("all runs from right to left, page and mail, but addresses and what was written in English", async ({
    page,
    portal,
    customer,
  }) => {
    await portal.advance(A_NEW_ALLOWANCE);
    const { signIn, checkEmail, tickets, ticket } = new Screens(page, portal, "ar");
    await signIn.open();
    await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
    await signIn.ask(customer.address);
    await expect(checkEmail.heading).toBeVisible();
    const mail = await portal.mailbox.arrival(customer.address);
    expect(mail.subject).toMatch(pattern("sign-in-subject", "ar", "emails.ftl"));
    expect(mail.html).toContain('<table role="presentation" lang="ar" dir="rtl"');
    await checkEmail.enter(codeIn(mail));
    await expect(tickets.heading).toBeVisible();
    const { id } = await customer.opens("What is broken?", "The lamp (the blue one).");
    await tickets.open();
    // "You" before it is Arabic: were the whole line, its beginning would be cut off.
    await expect(tickets.row("What is broken?").getByText("The lamp")).toHaveCSS("direction", "ltr");
    await ticket.open(id);
    await expect(ticket.status).toHaveText(text("status-received", "ar"));
    await expect(ticket.message("The lamp").getByText("The lamp")).toHaveCSS("direction", "ltr");
    await expect(ticket.composer).toHaveCSS("direction", "rtl");
  });
});

test("a folder dropped beside the others is a language without a restart, and turns the page round", async ({
  page,
  portal,
  customer,
}) => {
  await customer.signIn();
  const { tickets, account } = new Screens(page, portal);
  await customer.opens("Mirrored", "Hello");
  dropLanguage(portal.locales, "qaa", { name: "اردو", direction: "rtl", texts: { "tickets-title": "درخواست‌ها" } });
  await portal.advance(2);
  await tickets.open();
  await account.chooseLanguage("اردو");
  await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
  await expect(page.getByRole("heading", { name: "درخواست‌ها" })).toBeVisible();
  await expect(tickets.row("Mirrored")).toBeVisible();
  const row = (await tickets.row("Mirrored").boundingBox())!;
  const width = page.viewportSize()!.width;
  expect(width - (row.x + row.width), "room on the right").toBeLessThan(row.x + 1);
  await reload(page);
  await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
});

test("words that a language does not have stand in English, in their own direction", async ({
  page,
  portal,
  customer,
}) => {
  await customer.signIn();
  dropLanguage(portal.locales, "qab", { name: "עברית", direction: "rtl", texts: {}, leaveOut: ["tickets-none"] });
  await portal.advance(2);
  const { tickets, account } = new Screens(page, portal);
  await tickets.open();
  await account.chooseLanguage("עברית");
  await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
  // Set apart, they keep their full stop at their end.
  const words = page.getByText("You will find our answer here.");
  await expect(words).toBeVisible();
  expect(await words.textContent()).toMatch(/^\u2068.*\.\u2069$/);
});

test("a language that cannot be had is not the one that is chosen", async ({ page, portal }) => {
  const { signIn, account } = new Screens(page, portal);
  await signIn.open();
  await page.route("**/locales/*.ftl*", (route) => route.abort());
  await account.open();
  await account.languages.selectOption({ label: text("language-name", "es") });
  await expect(page.locator(".notice")).toHaveText(text("language-failed"));
  await expect(account.languages).toHaveValue("en");
});
