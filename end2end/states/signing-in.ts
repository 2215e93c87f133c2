// Before one is signed in: the form, the code, the link, and what is there when nothing can start.
import type { BrowserContextOptions } from "@playwright/test";

import { A_NEW_ALLOWANCE, Customer } from "../support/customer";
import { expect } from "../support/fixtures";
import { linkIn } from "../support/mailbox";
import { Screens } from "../support/pages";
import { pattern, text } from "../support/texts";
import type { Group, Stage } from "./stage";

async function ask({ portal, screens, customer }: Stage) {
  await portal.advance(A_NEW_ALLOWANCE);
  await screens.signIn.open();
  await screens.signIn.ask(customer.address);
  await expect(screens.checkEmail.heading).toBeVisible();
}

async function tryCodes({ screens: { checkEmail } }: Stage, codes: string[]) {
  for (const code of codes) {
    await checkEmail.enter(code);
    await expect(checkEmail.code).toHaveAttribute("aria-invalid", "true");
  }
}

async function another({ context }: Stage, options: BrowserContextOptions) {
  return (await context.browser()!.newContext(options)).newPage();
}

export const signingIn: Group = {
  name: "signing in",
  signedIn: false,
  states: [
    {
      screen: "sign in",
      state: "empty",
      reach: ({ screens }) => screens.signIn.open(),
    },
    {
      screen: "sign in",
      state: "refused address",
      async reach({ screens: { signIn } }) {
        await signIn.open();
        await signIn.ask("no address");
        await expect(signIn.address).toHaveAttribute("aria-invalid", "true");
      },
    },
    {
      screen: "sign in",
      state: "offline",
      async reach({ page, context, screens: { signIn } }) {
        await signIn.open();
        await context.setOffline(true);
        await signIn.ask("ada@example.com");
        await expect(page.getByText(text("error-offline"))).toBeVisible();
      },
    },
    {
      screen: "sign in",
      state: "asked too often",
      async reach({ page, screens: { signIn } }) {
        // As the server says it: tested there.
        const refusal = { status: 429, contentType: "application/json", body: '{"too_many":{"wait_seconds":50}}' };
        await page.route("**/api/sign-in/request", (route) => route.fulfill(refusal));
        await signIn.open();
        await signIn.ask("ada@example.com");
        await expect(page.getByRole("alert").filter({ hasText: "Too many tries" })).toBeVisible();
      },
    },
    { screen: "check your e-mail", state: "asked", reach: ask },
    {
      screen: "check your e-mail",
      state: "wrong code",
      async reach(stage) {
        await ask(stage);
        await tryCodes(stage, ["2222-2222"]);
      },
    },
    {
      screen: "check your e-mail",
      state: "tries used up",
      async reach(stage) {
        await ask(stage);
        for (const left of ["4", "3", "2", "1"]) {
          await stage.screens.checkEmail.enter("2222-2222");
          await expect(stage.screens.checkEmail.code).toHaveAccessibleDescription(new RegExp(left));
        }
        await stage.screens.checkEmail.enter("2222-2222");
        await expect(stage.screens.checkEmail.code).not.toHaveAccessibleDescription(/1/);
      },
    },
    {
      screen: "check your e-mail",
      state: "no mail came",
      async reach(stage) {
        await ask(stage);
        await stage.page.getByText(text("no-mail-title")).click();
        await expect(stage.page.getByText(text("no-mail-spam"))).toBeVisible();
      },
    },
    {
      screen: "link",
      state: "in another browser",
      async reach(stage) {
        const { portal, customer } = stage;
        const before = (await portal.mailbox.to(customer.address)).length;
        await ask(stage);
        const other = await stage.elsewhere();
        await other.goto(linkIn(await portal.mailbox.arrival(customer.address, before + 1)));
        await expect(new Screens(other, portal).confirm.press).toBeVisible();
        return other;
      },
    },
    {
      screen: "link",
      state: "while somebody else is signed in",
      async reach(stage) {
        const { portal, customer } = stage;
        const before = (await portal.mailbox.to(customer.address)).length;
        await ask(stage);
        const other = await stage.elsewhere();
        await (await Customer.known(portal, other.context())).signIn("en", 60);
        await other.goto(linkIn(await portal.mailbox.arrival(customer.address, before + 1)));
        await expect(other.getByText(pattern("link-signed-in-as"))).toBeVisible();
        return other;
      },
    },
    {
      screen: "link",
      state: "used up",
      async reach({ page, portal, screens }) {
        await page.goto(`${portal.url}/sign-in/link#${"A".repeat(43)}`);
        await expect(screens.confirm.spent).toBeVisible();
      },
    },
    {
      screen: "link",
      state: "offline",
      async reach({ page, portal }) {
        await page.route("**/api/sign-in/**", (route) => route.abort());
        await page.goto(`${portal.url}/sign-in/link#${"A".repeat(43)}`);
        await expect(page.getByRole("heading", { name: text("link-failed-title") })).toBeVisible();
      },
    },
    {
      screen: "anywhere",
      state: "no such page",
      async reach({ page, portal }) {
        await page.goto(`${portal.url}/nowhere`);
        await expect(page.getByRole("heading", { name: text("not-found-title") })).toBeVisible();
      },
    },
    {
      screen: "anywhere",
      state: "before the app is there",
      bare: true,
      async reach(stage) {
        const early = await another(stage, {});
        await early.route("**/*.wasm", () => new Promise<never>(() => {}));
        await early.goto(`${stage.portal.url}/sign-in`, { waitUntil: "commit" });
        await expect(early.locator(".shell .skeleton")).toBeVisible();
        return early;
      },
    },
    {
      screen: "anywhere",
      state: "the app does not load",
      bare: true,
      async reach(stage) {
        // A context of its own: here the browser complains.
        const broken = await another(stage, {});
        await broken.route("**/*.wasm", (route) => route.abort());
        await broken.goto(`${stage.portal.url}/sign-in`);
        await expect(broken.getByRole("alert")).toBeVisible();
        return broken;
      },
    },
    {
      screen: "anywhere",
      state: "no JavaScript",
      bare: true,
      async reach(stage) {
        const bare = await another(stage, { javaScriptEnabled: false });
        await bare.goto(`${stage.portal.url}/sign-in`);
        await expect(bare.locator("noscript p")).toBeVisible();
        return bare;
      },
    },
  ],
};

