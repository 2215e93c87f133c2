// A phone's width is enough for whatever people write: nothing is cut off, nothing has to be pushed sideways but code and tables.
import { expect, test } from "../support/fixtures";
import { Screens } from "../support/pages";

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
