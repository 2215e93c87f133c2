// The support team's side: the fake Chatwoot's own API, with the tokens that the demo gives out, as its agents use it.
import { expect } from "@playwright/test";

import { words, type Made } from "./media";

interface Given {
  url: string;
  account: number;
  admin_token: string;
  agent_token: string;
  inbox: number;
  email_inbox: number;
  support_email: string;
  smtp_port: number;
}

/** A conversation as Chatwoot lists it, as far as the tests look. */
export interface Conversation {
  id: number;
  status: string;
  priority: string | null;
  labels: string[];
  additional_attributes: { mail_subject?: string; portal_ticket?: string };
  meta: { sender: { email: string | null } };
}

interface Row {
  subject: string;
  email: string | null;
  inbox: string;
}

/** A message as Chatwoot lists it, as far as the tests look. */
export interface Message {
  id: number;
  content: string | null;
  message_type: number;
  private: boolean;
  attachments?: { data_url: string }[];
}

const INCOMING = 0;
/** Seconds after which the portal has asked Chatwoot what is new. */
const UNTIL_NEXT_POLL = 6;

export class Desk {
  private constructor(
    private readonly given: Given,
    private readonly advance: (seconds: number) => Promise<void>,
  ) {}

  /** The desk of the demo whose helper pages are at this address, and what moves its clock. */
  static async at(helper: string, advance: (seconds: number) => Promise<void>): Promise<Desk> {
    const given = (await (await fetch(`${helper}/demo/given.json`)).json()) as Given;
    return new Desk(given, advance);
  }

  /** The settings of a portal that uses this Chatwoot, and the mail server beside it. */
  get settings(): Record<string, string> {
    const { url, admin_token, account, inbox, smtp_port } = this.given;
    return {
      CHATWOOT_URL: url,
      CHATWOOT_API_TOKEN: admin_token,
      CHATWOOT_ACCOUNT_ID: String(account),
      CHATWOOT_INBOX_ID: String(inbox),
      SMTP_ADDRESS: "127.0.0.1",
      SMTP_PORT: String(smtp_port),
    };
  }

  /** The page of the desk on which a conversation is open. */
  page(conversation: number): string {
    return `${this.given.url}/desk#${conversation}`;
  }

  /** Makes a customer known to the support team. */
  async addContact(name: string, email: string): Promise<void> {
    await this.call("POST", "contacts", { name, email }, this.given.admin_token);
  }

  /** What agents call whoever has this address. */
  async nameOf(email: string): Promise<string> {
    return (await this.contactOf(email)).name;
  }

  /** An agent blocks whoever has this address. */
  async block(email: string): Promise<void> {
    const { id } = await this.contactOf(email);
    await this.call("PATCH", `contacts/${id}`, { blocked: true }, this.given.admin_token);
  }

  private async contactOf(email: string): Promise<{ id: number; name: string }> {
    const query = `contacts/search?q=${encodeURIComponent(email)}`;
    const found = await this.call<{ payload: { id: number; name: string }[] }>(
      "GET",
      query,
      undefined,
      this.given.admin_token,
    );
    expect(found.payload).toHaveLength(1);
    return found.payload[0];
  }

  /** The subjects of all tickets of a customer's, in the portal's inbox and by e-mail. */
  async ticketsOf(email: string): Promise<string[]> {
    const state = (await (await fetch(`${this.given.url}/desk/state.json`)).json()) as { conversations: Row[] };
    const hers = (row: Row) => row.email === email && ["Portal", "Support e-mail"].includes(row.inbox);
    return state.conversations.filter(hers).map((row) => row.subject);
  }

  /** All conversations of the portal's inbox that bear this subject, whatever their status. */
  async conversationsAbout(subject: string): Promise<Conversation[]> {
    return (await this.newest()).filter((row) => row.additional_attributes.mail_subject === subject);
  }

  /** The conversation that the portal made for a ticket, once it is there. */
  async conversationOf(ticket: string): Promise<Conversation> {
    const find = async () => (await this.newest()).find((row) => row.additional_attributes.portal_ticket === ticket);
    await expect.poll(find, `ticket ${ticket} on the support team's side`).toBeDefined();
    return (await find())!;
  }

  /** What the customer wrote there, oldest first. */
  async incoming(conversation: number): Promise<string[]> {
    const page = await this.call<{ payload: Message[] }>("GET", `conversations/${conversation}/messages`);
    return page.payload.filter((message) => message.message_type === INCOMING).map((message) => message.content ?? "");
  }

  /** The files that the customer sent there, in their order. */
  async incomingFiles(conversation: number): Promise<{ name: string; bytes: Buffer }[]> {
    const page = await this.call<{ payload: Message[] }>("GET", `conversations/${conversation}/messages`);
    const sent = page.payload.filter((message) => message.message_type === INCOMING);
    const files = sent.flatMap((message) => message.attachments ?? []);
    return Promise.all(
      files.map(async ({ data_url: address }) => {
        const answer = await fetch(address);
        if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
        return { name: decodeURIComponent(address.split("/").pop()!), bytes: Buffer.from(await answer.arrayBuffer()) };
      }),
    );
  }

  /** A mail to the support address arrives. Gives the number of the conversation that its subject has there. */
  async mail(from: string, id: string, subject: string, words: string, answers?: string): Promise<number> {
    const thread = answers ? [`In-Reply-To: <${answers}>`] : [];
    const to = `To: ${this.given.support_email}`;
    const head = [`From: ${from}`, to, `Subject: ${subject}`, `Message-ID: <${id}>`, ...thread];
    const answer = await fetch(`${this.given.url}/rails/action_mailbox/relay/inbound_emails`, {
      method: "POST",
      headers: { "content-type": "message/rfc822", authorization: `Basic ${btoa("actionmailbox:inbound")}` },
      body: [...head, "", words, ""].join("\r\n"),
    });
    expect(answer.status, "the mail was taken in").toBe(204);
    const about = subject.replace(/^Re: /, "");
    const inbox = await this.newest(this.given.email_inbox);
    const found = inbox.find((row) => row.additional_attributes.mail_subject === about);
    return found!.id;
  }

  /** An agent answers, once or several times. */
  async answer(conversation: number, ...answers: string[]): Promise<void> {
    for (const content of answers) {
      await this.call("POST", `conversations/${conversation}/messages`, { content, message_type: "outgoing" });
    }
    await this.advance(UNTIL_NEXT_POLL);
  }

  /** An agent deletes a message, by its number. */
  async deletes(conversation: number, message: number): Promise<void> {
    await this.call("DELETE", `conversations/${conversation}/messages/${message}`);
    await this.advance(UNTIL_NEXT_POLL);
  }

  /** An agent sends files with these names; what they hold is no picture. */
  async sendFiles(conversation: number, names: string[]): Promise<void> {
    await this.sendMade(
      conversation,
      names.map((name) => words(name, `the file ${name}`)),
    );
  }

  /** An agent sends files. */
  async sendMade(conversation: number, files: Made[]): Promise<void> {
    const form = new FormData();
    form.set("content", "The files");
    form.set("message_type", "outgoing");
    for (const { name, mimeType, buffer } of files)
      form.append("attachments[]", new Blob([new Uint8Array(buffer)], { type: mimeType }), name);
    const path = `conversations/${conversation}/messages`;
    const answer = await fetch(`${this.given.url}/api/v1/accounts/${this.given.account}/${path}`, {
      method: "POST",
      headers: { api_access_token: this.given.agent_token },
      body: form,
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    await this.advance(UNTIL_NEXT_POLL);
  }

  /** An agent writes what the customer must never see. */
  async note(conversation: number, content: string): Promise<void> {
    const note = { content, message_type: "outgoing", private: true };
    await this.call("POST", `conversations/${conversation}/messages`, note);
    await this.advance(UNTIL_NEXT_POLL);
  }

  /** An agent closes or opens it. */
  async setStatus(conversation: number, status: "open" | "resolved"): Promise<void> {
    await this.call("POST", `conversations/${conversation}/toggle_status`, { status });
    await this.advance(UNTIL_NEXT_POLL);
  }

  /** An agent says how urgent it is, or no longer. */
  async setPriority(conversation: number, priority: string | null): Promise<void> {
    await this.call("PATCH", `conversations/${conversation}`, { priority });
    await this.advance(UNTIL_NEXT_POLL);
  }

  /** From now on Chatwoot is like this: `well`, `down503`, `hanging` … */
  async weather(word: string): Promise<void> {
    const answer = await fetch(`${this.given.url}/desk/weather`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ weather: word }),
    });
    if (!answer.ok) throw new Error(`The weather stayed: ${answer.status} ${await answer.text()}`);
  }

  /** From now on webhooks are carried so: `well`, `lost`, `doubled`, or `held` until something else is said, and then the last first. */
  async carriage(word: "well" | "lost" | "doubled" | "held"): Promise<void> {
    const answer = await fetch(`${this.given.url}/desk/carriage`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ carriage: word }),
    });
    if (!answer.ok) throw new Error(`Webhooks are carried as before: ${answer.status} ${await answer.text()}`);
  }

  /** An agent answers, and nobody asks what is new: a webhook tells of it, or nothing does. */
  async tells(conversation: number, content: string): Promise<void> {
    await this.call("POST", `conversations/${conversation}/messages`, { content, message_type: "outgoing" });
  }

  private async newest(inbox = this.given.inbox): Promise<Conversation[]> {
    const query = `status=all&inbox_id=${inbox}&sort_by=created_at_desc`;
    const page = await this.call<{ data: { payload: Conversation[] } }>("GET", `conversations?${query}`);
    return page.data.payload;
  }

  private async call<T>(method: string, path: string, body?: unknown, token = this.given.agent_token): Promise<T> {
    const answer = await fetch(`${this.given.url}/api/v1/accounts/${this.given.account}/${path}`, {
      method,
      headers: { api_access_token: token, "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }
}
