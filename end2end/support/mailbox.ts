// The mails that the portal really sent, as the demo's mailbox received them.
import { expect } from "@playwright/test";

/** A mail as the mailbox lists it. */
export interface Mail {
  to: string[];
  subject: string;
  text: string | null;
  html: string | null;
}

export class Mailbox {
  constructor(private readonly helper: string) {}

  /** The mails to sign in with that an address got, oldest first. */
  async to(address: string): Promise<Mail[]> {
    return (await this.all(address)).filter((mail) => !isAnswer(mail));
  }

  /** The mails about answers that an address got, oldest first. */
  async answersTo(address: string): Promise<Mail[]> {
    return (await this.all(address)).filter(isAnswer);
  }

  private async all(address: string): Promise<Mail[]> {
    const answer = await fetch(`${this.helper}/mailbox.json`);
    if (!answer.ok) throw new Error(`The mailbox does not open: ${answer.status}`);
    const mails = (await answer.json()) as Mail[];
    return mails.filter((mail) => mail.to.includes(address));
  }

  /** The mail to sign in with that arrives as the `nth` one (from 1) of an address. */
  async arrival(address: string, nth = 1): Promise<Mail> {
    await expect.poll(async () => (await this.to(address)).length, `mails to ${address}`).toBe(nth);
    return (await this.to(address))[nth - 1];
  }
}

function isAnswer(mail: Mail): boolean {
  return /\/mails\/[at][\w-]+/.test(mail.text ?? "");
}

/** The address in a mail about an answer that leads to this: its ticket, or where such mails are switched off, about it (`t`) or all (`a`). */
export function addressIn(mail: Mail, what: "ticket" | "t" | "a"): string {
  const path = what === "ticket" ? "tickets/[\\w-]+" : `mails/${what}[\\w-]+`;
  const address = new RegExp(`http://localhost:\\d+/\\S*?/${path}`).exec(mail.text ?? "")?.[0];
  if (!address) throw new Error(`No ${what} in:\n${mail.text}`);
  return address;
}

/** The address in a sign-in mail that signs in. */
export function linkIn(mail: Mail): string {
  const link = /http:\/\/localhost:\d+\/\S*\/sign-in\/link#[\w-]+/.exec(mail.text ?? "")?.[0];
  if (!link) throw new Error(`No link in:\n${mail.text}`);
  return link;
}

/** The code in a sign-in mail. */
export function codeIn(mail: Mail): string {
  const code = /\b[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}\b/.exec(mail.text ?? "")?.[0];
  if (!code) throw new Error(`No code in:\n${mail.text}`);
  return code;
}
