// A customer who does by the portal's own calls what a test is not about: signing in, having tickets.
import { randomUUID } from "node:crypto";

import { expect, type APIResponse, type BrowserContext } from "@playwright/test";

import { linkIn } from "./mailbox";
import type { Place } from "./portal";

/** Seconds after which one more mail may go to the same address, whoever asks. */
export const A_NEW_ALLOWANCE = 3_601;

/** Seconds after which one browser may ask for some more mails. */
const A_FEW_MINUTES = 300;

let customers = 0;

export class Customer {
  private constructor(
    private readonly portal: Place,
    private readonly context: BrowserContext,
    readonly address: string,
  ) {}

  /** Somebody new whom the support team knows, with this browser. */
  static async known(portal: Place, context: BrowserContext): Promise<Customer> {
    customers += 1;
    const address = `grace.${process.pid}.${customers}@example.com`;
    await portal.desk.addContact("Grace Hopper", address);
    return new Customer(portal, context, address);
  }

  /** One of the demo's own customers. */
  static of(portal: Place, context: BrowserContext, address: string): Customer {
    return new Customer(portal, context, address);
  }

  /** Calls a server function as the portal's pages do. */
  async call(endpoint: string, body: unknown): Promise<APIResponse> {
    return this.context.request.post(`${this.portal.url}/api/${endpoint}`, {
      headers: { origin: new URL(this.portal.url).origin, "content-type": "application/json" },
      data: typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body),
    });
  }

  /** Signs the browser in, as the first of his, so long after what was before. */
  async signIn(language = "en", seconds = A_NEW_ALLOWANCE): Promise<void> {
    await this.portal.advance(seconds);
    const before = (await this.portal.mailbox.to(this.address)).length;
    await this.done("sign-in/request", { request: { address: this.address, language, return_to: null } });
    const mail = await this.portal.mailbox.arrival(this.address, before + 1);
    await this.done("sign-in/open-link", { token: new URL(linkIn(mail)).hash.slice(1) });
  }

  /** The same person signs in in another browser too, while the session of this one goes on. */
  async signInToo(context: BrowserContext): Promise<void> {
    await new Customer(this.portal, context, this.address).signIn("en", A_FEW_MINUTES);
  }

  /** Opens a ticket and gives its id and the support team's number of it, once they have it. */
  async opens(subject: string, message: string): Promise<{ id: string; number: number }> {
    const id = (await (
      await this.done("tickets/open", { new: { key: randomUUID(), subject, message } })
    ).json()) as string;
    return { id, number: (await this.portal.desk.conversationOf(id)).id };
  }

  /** Opens so many tickets, the first one first. */
  async opensMany(count: number, subject: string): Promise<void> {
    for (let n = 1; n <= count; n += 1) {
      await this.done("tickets/open", {
        new: { key: randomUUID(), subject: `${subject} ${n} of ${count}`, message: "Hello" },
      });
    }
  }

  /** Whether the portal would let him cancel this ticket; asking makes it look at the ticket again. */
  async mayCancel(ticket: string): Promise<boolean> {
    return (JSON.parse(await this.reads(ticket)) as { changed: { can_cancel: boolean } }).changed.can_cancel;
  }

  /** What the portal would show him of this ticket now, as it says it to the page. */
  async reads(ticket: string): Promise<string> {
    return (await this.done("tickets/show", { ticket, earlier: null, known: null })).text();
  }

  private async done(endpoint: string, body: unknown): Promise<APIResponse> {
    const answer = await this.call(endpoint, body);
    expect(answer.ok(), `${endpoint}: ${answer.status()} ${await answer.text()}`).toBe(true);
    return answer;
  }
}
