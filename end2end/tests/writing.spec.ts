// Writing: what one writes can be seen as the support team will see it, and tickets like the one that is begun are at hand.
import { expect, test } from "../support/fixtures";
import { Screens } from "../support/pages";
import { text } from "../support/texts";

test.beforeEach(({ customer }) => customer.signIn());

test("a reply is seen as agents will see it, before and after it is sent", async ({ page, portal, customer }) => {
  const { ticket } = new Screens(page, portal);
  const { id, number } = await customer.opens("In form", "Hello");
  await ticket.open(id);
  await expect(ticket.preview).toBeHidden();
  await ticket.composer.fill("It is **urgent**:\n\n- one\n- two <b>three</b>");
  await ticket.preview.click();
  await expect(ticket.preview).toHaveAttribute("aria-pressed", "true");
  await expect(ticket.previewed.locator("strong")).toHaveText("urgent");
  await expect(ticket.previewed.getByRole("listitem")).toHaveText(["one", "two <b>three</b>"]);
  await expect(ticket.composer).toBeHidden();
  await ticket.preview.click();
  await expect(ticket.composer).toHaveValue(/\*\*urgent\*\*/);
  await ticket.preview.click();
  await ticket.send.click();
  await ticket.hasSent("urgent");
  await expect(ticket.composer).toBeVisible();
  await expect(ticket.message("urgent").locator("strong")).toHaveText("urgent");
  await expect(ticket.message("urgent").getByRole("listitem")).toHaveCount(2);
  // What agents have is what was typed.
  expect((await portal.desk.incoming(number))[1]).toBe("It is **urgent**:\n\n- one\n- two <b>three</b>");
});

test("tickets like the new one are shown while its subject is typed, and looking at one loses nothing", async ({
  page,
  portal,
  customer,
}) => {
  const { newTicket, ticket } = new Screens(page, portal);
  await customer.opens("Printer shows only stripes", "Hello");
  await customer.opens("Printer is out of paper", "Hello");
  await customer.opens("Something else", "Hello");
  await newTicket.open();
  await newTicket.subject.pressSequentially("The printer prints nothing");
  await expect(newTicket.similar).toHaveCount(2);
  await expect(page.getByText(text("similar-title"))).toBeVisible();
  // The field keeps the focus.
  await expect(newTicket.subject).toBeFocused();
  await newTicket.message.fill("It was fine yesterday");
  await newTicket.similar.filter({ hasText: "stripes" }).click();
  await expect(ticket.heading("Printer shows only stripes")).toBeVisible();
  await page.goBack();
  await expect(newTicket.subject).toHaveValue("The printer prints nothing");
  await expect(newTicket.message).toHaveValue("It was fine yesterday");
  await newTicket.subject.fill("Quokka");
  await expect(newTicket.similar).toHaveCount(0);
});

test("how many characters are left is said to readers now and then, and that there are too many", async ({
  page,
  portal,
  customer,
}) => {
  const { ticket } = new Screens(page, portal);
  const { id } = await customer.opens("At length", "Hello");
  await ticket.open(id);
  const said = page.locator("#announcer");
  await ticket.composer.fill("x".repeat(19_600));
  await expect(said).toHaveText(/400\D* characters left/);
  await page.keyboard.insertText("x");
  await expect(page.locator("#reply-count")).toHaveText(/399\D* characters left/);
  await expect(said).toHaveText(/400\D* characters left/);
  await page.keyboard.insertText("x".repeat(400));
  await expect(said).toHaveText(/1\D* character too long/);
});
