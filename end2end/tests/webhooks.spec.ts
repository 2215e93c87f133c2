// Webhooks that come twice, late, in another order, never, or from somebody else: the screen shows what Chatwoot has.
import { Customer } from "../support/customer";
import { expect, test } from "../support/fixtures";
import { Screens } from "../support/pages";

/** Seconds after which the screen is right whatever became of webhooks. */
const AT_THE_LATEST = 35;
const FORGED = 1_000;
const AT_ONCE = 20;
/** Seconds between two sign-ins that leave the first one's session as it is. */
const A_FEW_MINUTES = 300;

test.afterEach(({ portal }) => portal.desk.carriage("well"));

test("R7: webhooks that come twice, late and the last first show each answer once, in order, and to its customer alone", async ({
  page,
  portal,
  customer,
  elsewhere,
}) => {
  await customer.signIn();
  const { id, number } = await customer.opens("Odd webhooks", "Hello");
  const { ticket } = new Screens(page, portal);
  await ticket.open(id);
  const otherPage = await elsewhere();
  const other = await Customer.known(portal, otherPage.context());
  await other.signIn("en", A_FEW_MINUTES);
  const others = await other.opens("Another's", "Mine");
  const otherTicket = new Screens(otherPage, portal).ticket;
  await otherTicket.open(others.id);

  await portal.desk.carriage("doubled");
  await portal.desk.tells(number, "Answer one");
  await expect(ticket.message("Answer one")).toBeVisible();
  await portal.desk.carriage("held");
  for (const words of ["Answer two", "Answer three", "Answer four"]) await portal.desk.tells(number, words);
  await portal.desk.tells(others.number, "For another");
  await portal.desk.carriage("well");
  await expect(ticket.message("Answer four")).toBeVisible();
  await expect(otherTicket.message("For another")).toBeVisible();

  const answers = page.locator("main").getByText(/^Answer (one|two|three|four)$/);
  await expect(answers).toHaveText(["Answer one", "Answer two", "Answer three", "Answer four"]);
  await expect(page.getByText("For another")).toHaveCount(0);
  await expect(otherPage.getByText(/^Answer/)).toHaveCount(0);
});

test("R7: without a single webhook the screen is right within 35 seconds", async ({ page, portal, customer }) => {
  await customer.signIn();
  const { id, number } = await customer.opens("No webhooks", "Hello");
  const { ticket } = new Screens(page, portal);
  await ticket.open(id);
  await portal.desk.carriage("lost");
  await portal.desk.tells(number, "By itself");
  await portal.advance(AT_THE_LATEST);
  await expect(ticket.message("By itself")).toBeVisible();
});

test("S7: a thousand forged webhooks change nothing, and hold up none that is Chatwoot's", async ({
  page,
  portal,
  customer,
  request,
}) => {
  await customer.signIn();
  const { id, number } = await customer.opens("Forged", "Hello");
  const { ticket } = new Screens(page, portal);
  await ticket.open(id);
  const forged = {
    headers: {
      "content-type": "application/json",
      "x-chatwoot-delivery": "0b2f6a34-3c0e-4d65-8a3c-1f0f7a0c9d11",
      "x-chatwoot-timestamp": String(Math.floor(Date.now() / 1000)),
      "x-chatwoot-signature": `sha256=${"0".repeat(64)}`,
    },
    data: { event: "message_created", content: "Not from the team", conversation: { id: number } },
  };
  const statuses = new Set<number>();
  const some = async () => {
    for (let sent = 0; sent < FORGED / AT_ONCE; sent += 1) {
      const answer = await request.post(`${portal.url}/webhooks/chatwoot`, forged);
      statuses.add(answer.status());
    }
  };
  const storm = Promise.all(Array.from({ length: AT_ONCE }, some));
  await portal.desk.tells(number, "In the storm");
  await expect(ticket.message("In the storm")).toBeVisible();
  await storm;
  expect([...statuses].every((status) => status >= 400 && status < 500), `answered with ${[...statuses].join()}`).toBe(true);
  await expect(page.getByText("Not from the team")).toHaveCount(0);
});
