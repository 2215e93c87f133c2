// A phone's width is enough for whatever people write: nothing is cut off, nothing has to be pushed sideways but code and tables.
import { expect, test } from "../support/fixtures";
import { Screens } from "../support/pages";
import { LANGUAGES } from "../support/texts";
import { visit } from "../support/ways";

test("code, tables, long words and long addresses stay within their bubbles", async ({ page, portal, customer }) => {
  await customer.signIn();
  const { ticket } = new Screens(page, portal);
  const long = "Donaudampfschifffahrt".repeat(12);
  const { id, number } = await customer.opens(long.slice(0, 150), `My file is ${long}`);
  await portal.desk.answer(
    number,
    `\`\`\`\nlet answer = ask(${long});\n\`\`\``,
    "| one | two | three | four | five | six |\n| - | - | - | - | - | - |\n| fairly | many | columns | for a | phone | screen |",
    `See https://example.com/${long}?and=more for the rest`,
  );
  await ticket.open(id);
  await expect(ticket.message("for the rest")).toBeVisible();
  const edges = await page.evaluate(() => {
    const beyond = (element: Element) => {
      const { left, right } = element.getBoundingClientRect();
      return left < 0 || right > window.innerWidth + 0.5 ? [element.outerHTML.slice(0, 120)] : [];
    };
    const elements = document.querySelectorAll("h1, .bubble, .composer, .top-bar *, .ticket-facts > *");
    return { beyond: [...elements].flatMap(beyond), page: document.documentElement.scrollWidth - window.innerWidth };
  });
  expect(edges).toEqual({ beyond: [], page: 0 });
});

test("in no language do words stick out of the narrowest phone, or lose their end in what is pressed", async ({
  page,
  portal,
  customer,
}) => {
  await page.setViewportSize({ width: 320, height: 640 });
  const tooWide = () =>
    page.evaluate(() => {
      const elements = document.querySelectorAll("h1, h2, p, dt, dd, label, legend, button, .button, .badge, nav a");
      const words = [...elements].filter((element) => {
        const { left, right, width } = element.getBoundingClientRect();
        const cut = element.matches("button, .button, .badge, nav a") && element.scrollWidth > element.clientWidth + 1;
        return width > 1 && (left < -0.5 || right > innerWidth + 0.5 || cut);
      });
      return words.map((element) => element.outerHTML.slice(0, 120));
    });
  const fits = async (what: string) => expect.poll(tooWide, what).toEqual([]);
  const speaks = (language: string) => expect(page.locator("html")).toHaveAttribute("lang", language);
  for (const language of LANGUAGES) {
    await customer.call("session/language", { language });
    const { signIn } = new Screens(page, portal, language);
    await signIn.open();
    await speaks(language);
    await fits(`${language}: sign-in`);
  }
  await customer.signIn();
  const { id, number } = await customer.opens("Narrow", "Hello");
  await portal.desk.answer(number, "Good morning");
  for (const language of LANGUAGES) {
    await customer.call("session/language", { language });
    const { account } = new Screens(page, portal, language);
    for (const path of ["tickets", `tickets/${id}`, "tickets/new", "account"]) {
      await visit(page, `${portal.url}/${path}`);
      await speaks(language);
      await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
      await fits(`${language}: ${path}`);
    }
    await account.open();
    await fits(`${language}: menu`);
  }
});
