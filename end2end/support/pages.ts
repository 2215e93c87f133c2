// The portal's screens, by what people see on them. What tests rely on is written here, once.
import { expect, type Locator, type Page } from "@playwright/test";

import { Files, Viewer } from "./files";
import type { Place } from "./portal";
import { Screen } from "./screen";
import { visit } from "./ways";

/** Everything one can meet in a page. */
export class Screens {
  readonly signIn: SignIn;
  readonly checkEmail: CheckEmail;
  readonly confirm: Confirm;
  readonly tickets: Tickets;
  readonly ticket: Ticket;
  readonly newTicket: NewTicket;
  readonly account: Account;
  readonly overview: Overview;
  readonly sessionOver: SessionOver;

  constructor(page: Page, { url }: Place, language = "en") {
    this.signIn = new SignIn(page, url, language);
    this.checkEmail = new CheckEmail(page, url, language);
    this.confirm = new Confirm(page, url, language);
    this.tickets = new Tickets(page, url, language);
    this.ticket = new Ticket(page, url, language);
    this.newTicket = new NewTicket(page, url, language);
    this.account = new Account(page, url, language);
    this.overview = new Overview(page, url, language);
    this.sessionOver = new SessionOver(page, url, language);
  }
}

class SignIn extends Screen {
  readonly heading = this.title("sign-in-title");
  readonly address = this.page.getByLabel(this.text("address-label"), { exact: true });

  async open() {
    await visit(this.page, `${this.url}/sign-in`);
    await expect(this.address).toBeVisible();
  }

  async ask(address: string) {
    await this.address.fill(address);
    await this.button("sign-in-send").click();
  }
}

class CheckEmail extends Screen {
  readonly heading = this.title("check-title");
  readonly code = this.page.getByLabel(this.text("code-label"), { exact: true });
  readonly problem = this.page.getByRole("alert").filter({ hasText: this.text("error-link-expired") });
  readonly otherAddress = this.link("other-address");
  readonly again = this.page.locator(".card-actions").getByRole("button");

  async enter(code: string) {
    await this.code.fill("");
    await this.code.pressSequentially(code);
    await this.code.press("Enter");
  }

  async paste(code: string) {
    await this.code.fill(code);
  }
}

class Confirm extends Screen {
  readonly heading = this.title("link-title");
  readonly press = this.page.getByRole("button", { name: this.pattern("link-press") });
  readonly facts = this.page.locator(".facts");
  readonly spent = this.title("link-spent-title");
  readonly askAgain = this.link("link-new");
}

class Tickets extends Screen {
  readonly heading = this.title("tickets-title");
  readonly newTicket = this.link("new-ticket");
  readonly rows = this.page.locator(".rows .row");
  readonly none = this.page.getByText(this.text("tickets-none-title"));
  readonly age = this.page
    .locator(".list")
    .getByText(new RegExp(`${this.pattern("as-of-line").source}|${this.pattern("as-of-today").source}`));
  readonly filling = this.page.getByText(this.text("tickets-filling"));
  readonly more = this.button("more-tickets");
  readonly search = this.page.getByRole("searchbox", { name: this.text("find-label") });
  readonly order = this.page.getByRole("combobox", { name: this.text("sort-label") });
  readonly found = this.page.locator(".list mark");
  readonly noneFound = this.page.getByText(this.text("found-none-title"));
  readonly noneShown = this.page.getByText(this.text("show-none-title"));
  readonly everything = this.link("show-everything");
  readonly said = this.page.locator(".finder [role=status]");

  /** A filter, by the id of its words. */
  filter(id: string): Locator {
    return this.page
      .getByRole("navigation", { name: this.text("show-label") })
      .getByRole("link", { name: this.text(id) });
  }

  /** Types words at once, as a quick hand does. */
  async type(words: string) {
    await this.search.pressSequentially(words);
  }

  async open(query = "") {
    await visit(this.page, `${this.url}/tickets${query}`);
    await expect(this.heading).toBeVisible();
  }

  /** Scrolls until so many rows are there. */
  async reachTheEnd(count: number) {
    await expect(async () => {
      await this.rows.last().scrollIntoViewIfNeeded();
      await expect(this.rows).toHaveCount(count, { timeout: 500 });
      await expect(this.more).toBeHidden({ timeout: 500 });
    }).toPass();
  }

  row(subject: string): Locator {
    return this.rows.filter({ hasText: subject });
  }

  /** How urgent it is. */
  priority(subject: string): Locator {
    return this.row(subject).locator(".priority");
  }

  unread(subject: string): Locator {
    return this.row(subject).getByText(this.text("unread"));
  }
}

class Ticket extends Screen {
  readonly thread = this.page.getByRole("region", { name: this.text("thread-label") });
  readonly status = this.page.locator(".ticket-facts .badge");
  readonly priority = this.page.locator(".ticket-facts .priority");
  readonly composer = this.page.getByRole("textbox", { name: this.text("reply-label") });
  readonly toolbar = new Toolbar(this.page, this.url, this.language);
  readonly send = this.button("reply-send");
  readonly preview = this.button("preview");
  readonly previewed = this.page.getByRole("group", { name: this.text("preview") });
  readonly reopens = this.page.getByText(
    new RegExp(`${this.text("reply-reopens")}|${this.text("reply-reopens-cancelled")}`),
  );
  /** Said beside the list, where there is one beside it. */
  readonly unreachable = this.page.getByText(this.text("offline-line")).filter({ visible: true });
  readonly newBelow = this.button("message-below");
  readonly typing = this.page.locator(".typing");
  readonly earlier = this.button("earlier-messages");
  readonly notFound = this.title("ticket-missing-title");
  readonly backFromNowhere = this.link("to-tickets");
  readonly fault = this.page.locator(".composer").getByRole("alert");
  readonly dialog = this.page.getByRole("dialog", { name: this.text("cancel-title") });
  readonly cancel = this.button("cancel-ticket", this.page.locator(".ticket-facts"));
  readonly keepsOpen = this.button("take-back", this.page.locator(".ticket-facts"));
  readonly keep = this.button("cancel-keep", this.dialog);
  readonly confirmCancel = this.button("cancel-ticket", this.dialog);
  readonly files = new Files(this.page, this.url, this.language);
  readonly mails = this.page.getByRole("checkbox", { name: this.text("mails-ticket") });
  readonly viewer = new Viewer(this.page, this.url, this.language);

  async open(id: string) {
    await visit(this.page, `${this.url}/tickets/${id}`);
    await expect(this.composer).toBeVisible();
  }

  heading(subject: string): Locator {
    return this.page.getByRole("heading", { name: subject, level: 1 });
  }

  message(words: string): Locator {
    return this.thread.locator(".message").filter({ hasText: words });
  }

  /** The message that was gone to. */
  readonly hit = this.thread.locator(".message[data-found]");

  /** The words that are marked in it. */
  async marked(): Promise<string[]> {
    return this.page.evaluate(() => {
      const places = CSS.highlights.get("found") ?? [];
      return Array.from(places, (place) => String(place as Range));
    });
  }

  /** It is gone to: in sight and clear of what stands around the thread, marked, and where one goes on. */
  async isAt(words: string) {
    await expect(this.hit).toHaveText(new RegExp(words));
    await expect(this.hit).toBeInViewport({ ratio: 1 });
    await expect(this.hit).toBeFocused();
  }

  retry(message: Locator): Locator {
    return this.button("try-again", message);
  }

  edit(message: Locator): Locator {
    return this.button("message-edit", message);
  }

  takeBack(message: Locator): Locator {
    return this.button("take-back", message);
  }

  /** The message is there and the support team has it. */
  async hasSent(words: string, timeout?: number) {
    await expect(this.message(words)).toHaveCount(1, { timeout });
    await expect(this.message(words)).not.toHaveAttribute("data-state", { timeout });
  }

  async reply(words: string) {
    await this.composer.fill(words);
    await this.send.click();
  }

  /** On a phone the list is a screen of its own; beside it there is nothing to do. */
  async backToList() {
    const back = this.link("tickets-title", this.page.locator(".ticket-head"));
    if (await back.isVisible()) await back.click();
  }

  /** Fetches what is earlier until this is there, and nothing is earlier. */
  async reachBackTo(first: string) {
    await expect(async () => {
      if (await this.earlier.isVisible()) await this.earlier.click();
      await expect(this.message(first)).toBeVisible({ timeout: 500 });
    }).toPass();
    await expect(this.earlier).toBeHidden();
  }

  async scrollToTop() {
    await this.thread.evaluate((thread) => (thread.scrollTop = 0));
  }

  /** What is typed, where the caret is in it, and how far the thread is scrolled. */
  async placeOfThings() {
    const composer = await this.page.locator("#reply").evaluate((field: HTMLTextAreaElement) => ({
      text: field.value,
      from: field.selectionStart,
      to: field.selectionEnd,
    }));
    return { ...composer, scrolled: await this.page.locator(".thread").evaluate((thread) => thread.scrollTop) };
  }
}

/** What formats a text. */
class Toolbar extends Screen {
  readonly bar = this.page.getByRole("toolbar", { name: this.text("format-label") });
  readonly all = this.bar.getByRole("button");
  readonly bold = this.button("format-bold", this.bar);
  readonly italic = this.button("format-italic", this.bar);
  readonly list = this.button("format-list", this.bar);
  readonly code = this.button("format-code", this.bar);
}

class NewTicket extends Screen {
  readonly heading = this.title("new-title");
  readonly subject = this.page.getByLabel(this.text("subject-label"), { exact: true });
  readonly message = this.page.getByLabel(this.text("message-label"), { exact: true });
  readonly toolbar = new Toolbar(this.page, this.url, this.language);
  readonly priority = this.page.getByRole("combobox", { name: this.text("priority-label") });
  readonly send = this.button("new-send");
  readonly similar = this.page.locator(".similar").getByRole("link");
  readonly summary = this.page.getByRole("alert").filter({ hasText: this.text("form-summary") });
  readonly files = new Files(this.page, this.url, this.language);

  async open() {
    await visit(this.page, `${this.url}/tickets/new`);
    await expect(this.subject).toBeVisible();
  }
}

class Account extends Screen {
  readonly menu = this.page.locator("#account");
  readonly languages = this.menu.getByRole("combobox");

  async open() {
    await this.page.locator(".account-button").click();
    await expect(this.menu).toBeVisible();
  }

  async chooseLanguage(name: string) {
    await this.open();
    const remembered = this.page.waitForResponse((answer) => answer.url().endsWith("/api/session/language"));
    await this.languages.focus();
    await this.languages.selectOption({ label: name });
    await remembered;
  }

  async close() {
    await this.page.keyboard.press("Escape");
    await expect(this.menu).toBeHidden();
  }

  async openOverview() {
    await this.open();
    await this.link("account-open", this.menu).click();
    await expect(this.menu).toBeHidden();
  }

  async signOut() {
    await this.open();
    await this.button("sign-out", this.menu).click();
  }
}

class Overview extends Screen {
  readonly heading = this.title("account-title");
  readonly sessions = this.page.locator(".sessions > li");
  readonly here = this.sessions.filter({ hasText: this.text("session-here") });
  readonly ends = this.page.getByRole("button", { name: this.pattern("session-end-label") });
  readonly endOthers = this.button("sessions-end-others");
  readonly signOut = this.button("sign-out", this.page.locator(".overview"));
  readonly name = this.page.getByLabel(this.text("name-label"), { exact: true });
  readonly nameFault = this.page.locator(".overview").getByRole("alert");
  readonly saveName = this.button("name-save");
  readonly nameSaved = this.page.getByText(this.text("name-saved")).first();
  readonly mails = this.page.getByRole("checkbox", { name: this.text("mails-all") });
  readonly openForget = this.button("forget-open");
  readonly dialog = this.page.getByRole("dialog", { name: this.text("forget-title") });
  readonly keep = this.button("forget-keep", this.dialog);
  readonly forget = this.button("forget-act", this.dialog);
  readonly fault = this.dialog.getByRole("alert");

  async open() {
    await visit(this.page, `${this.url}/account`);
    await expect(this.here).toBeVisible();
  }
}

class SessionOver extends Screen {
  readonly dialog = this.page.getByRole("dialog", { name: this.text("over-title") });
  readonly kept = this.dialog.getByText(this.text("over-kept"));
  readonly code = this.dialog.getByLabel(this.text("code-label"), { exact: true });

  async askForCode() {
    await this.dialog.getByRole("button", { name: this.pattern("over-send") }).click();
    await expect(this.code).toBeVisible();
  }

  async enter(code: string) {
    await this.code.fill(code);
  }
}
