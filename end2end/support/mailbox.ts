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

  /** All mails to an address, oldest first. */
  async to(address: string): Promise<Mail[]> {
    const answer = await fetch(`${this.helper}/mailbox.json`);
    if (!answer.ok) throw new Error(`The mailbox does not open: ${answer.status}`);
    const mails = (await answer.json()) as Mail[];
    return mails.filter((mail) => mail.to.includes(address));
  }

  /** The mail that arrives as the `nth` one (from 1) of an address. */
  async arrival(address: string, nth = 1): Promise<Mail> {
    await expect.poll(async () => (await this.to(address)).length, `mails to ${address}`).toBe(nth);
    return (await this.to(address))[nth - 1];
  }
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
