// In this help desk everything that is none of a customer's business says CANARY. No screen, answer, storage or cookie may hold the word.
import type { BrowserContext, Page } from "@playwright/test";

import { Customer } from "../support/customer";
import { expect, test } from "../support/fixtures";
import { Screens } from "../support/pages";
import { Portal } from "../support/portal";
import { reload, visit } from "../support/ways";

const ADA = "ada@example.com";
const CANARY = /canary/i;

test.use({ faults: [503] });

/** Everything that came over the network into this context, as it is read. */
function listen(context: BrowserContext): Promise<[string, string]>[] {
  const heard: Promise<[string, string]>[] = [];
  context.on("response", (answer) => {
    const stream = answer.headers()["content-type"]?.startsWith("text/event-stream");
    const head = JSON.stringify(answer.headers());
    heard.push(Promise.resolve([`the headers of ${answer.url()}`, head]));
    if (stream) return;
    // A redirect and an answer that the page no longer waited for have no body.
    const body = answer.body().then(
      (bytes) => bytes.toString("latin1"),
      () => "",
    );
    heard.push(body.then((text): [string, string] => [answer.url(), text]));
  });
  return heard;
}

/** What a page shows and keeps. */
async function kept(page: Page): Promise<string> {
  const stored = await page.evaluate(async () => ({
    local: { ...localStorage },
    session: { ...sessionStorage },
    databases: await indexedDB.databases(),
    caches: await caches.keys(),
    title: document.title,
    cookies: document.cookie,
    history: history.state as unknown,
  }));
  return JSON.stringify(stored) + (await page.content()) + JSON.stringify(await page.context().cookies());
}

test("a3 no screen, answer or storage of the browser holds anything internal", async ({ page, context, elsewhere }) => {
  const portal = await Portal.start(["--canaries"]);
  const heard = listen(context);
  const isClean = async (where: string, of = page) => expect(CANARY.exec(await kept(of)), where).toBeNull();
  try {
    const { tickets, ticket, newTicket, account, signIn } = new Screens(page, portal);
    await Customer.of(portal, context, ADA).signIn();
    await tickets.open();
    const hers = await portal.desk.ticketsOf(ADA);
    expect(hers.length).toBeGreaterThan(5);
    await expect(tickets.rows).toHaveCount(hers.length);
    await isClean("the list");
    const links = await tickets.rows.evaluateAll((rows) =>
      rows.map((row) => (row.closest("a") ?? row.querySelector("a"))?.getAttribute("href") ?? ""),
    );
    expect(links.filter(Boolean)).toHaveLength(hers.length);
    for (const link of links) {
      await visit(page, new URL(link, portal.url).href);
      await expect(ticket.thread).toBeVisible();
      await isClean(link);
    }
    await newTicket.open();
    await newTicket.subject.fill("A quiet one");
    await newTicket.message.fill("Hello");
    await newTicket.send.click();
    await expect(ticket.heading("A quiet one")).toBeVisible();
    const id = new URL(page.url()).pathname.split("/").at(-1)!;
    const { id: number } = await portal.desk.conversationOf(id);
    await portal.desk.note(number, "CANARY-note by hand");
    await portal.desk.setStatus(number, "resolved");
    await portal.desk.setStatus(number, "open");
    await portal.desk.answer(number, "For everybody.");
    await expect(ticket.message("For everybody.")).toBeVisible();
    await isClean("a ticket with a note");
    await account.open();
    await isClean("the account's menu");
    await account.close();
    await portal.desk.weather("down503");
    await reload(page);
    await expect(ticket.message("For everybody.")).toBeVisible();
    await isClean("while Chatwoot is down");
    await portal.desk.weather("well");
    await visit(page, `${portal.url}/nowhere`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await isClean("a page that there is not");
    const nobody = await elsewhere();
    const nobodys = listen(nobody.context());
    for (const path of ["/sign-in", "/sign-in/check-email", "/sign-in/link#x", `/tickets/${id}`]) {
      await visit(nobody, portal.url + path);
      await expect(nobody.getByRole("heading").first()).toBeVisible();
      await isClean(path, nobody);
    }
    await tickets.open();
    await account.signOut();
    await expect(signIn.address).toBeVisible();
    await isClean("after she left");
    const all = await Promise.all([...heard, ...nobodys]);
    expect(all.length).toBeGreaterThan(50);
    for (const [what, text] of all) expect(CANARY.exec(text), what).toBeNull();
  } finally {
    await portal.stop();
  }
});
