// What every test starts with: a running portal, a customer of its own, and a browser whose complaints fail the test.
import { writeFileSync } from "node:fs";

import { test as base, expect, type BrowserContext, type Page, type Request } from "@playwright/test";

import { Customer } from "./customer";
import { Portal } from "./portal";

export { expect };

interface Options {
  /** Statuses of 500 and more that a test asks for; any other fails it. */
  faults: number[];
}

interface Fixtures {
  /** Everything the browsers of this test complained of. */
  complaints: string[];
  /** Somebody the support team knows, with no tickets yet. */
  customer: Customer;
  /** Opens a page in another browser: nothing shared with the first. */
  elsewhere: () => Promise<Page>;
  /** Where a test failed, what its browser got no answer to, and what the portal logged meanwhile; `PORTAL_LOG=debug` makes that more. */
  evidence: void;
}

interface WorkerFixtures {
  portal: Portal;
}

export const test = base.extend<Fixtures & Options, WorkerFixtures>({
  faults: [[], { option: true }],
  portal: [
    async ({}, use) => {
      const portal = await Portal.start();
      await use(portal);
      await portal.stop();
    },
    { scope: "worker" },
  ],
  complaints: [
    async ({ context, faults }, use) => {
      const found: string[] = [];
      await listen(context, faults, found);
      await use(found);
      expect(found, "complaints of the browser").toEqual([]);
    },
    { auto: true },
  ],
  evidence: [
    async ({ context, portal }, use, info) => {
      portal.logged();
      const failed: string[] = [];
      const open = new Set<Request>();
      context.on("request", (request) => open.add(request));
      context.on("requestfinished", (request) => open.delete(request));
      context.on("requestfailed", (request) => {
        open.delete(request);
        failed.push(`${request.url()}: ${request.failure()?.errorText}`);
      });
      await use();
      if (info.status === info.expectedStatus) return;
      writeFileSync(info.outputPath("portal.log"), portal.logged());
      console.log(`"${info.title}" got no answer:`, failed, "and waits for:", [...open].map((it) => it.url()));
    },
    { auto: true },
  ],
  customer: async ({ portal, context }, use) => {
    await use(await Customer.known(portal, context));
  },
  elsewhere: async ({ browser, complaints, faults, contextOptions }, use) => {
    const opened: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext(contextOptions);
      opened.push(context);
      await listen(context, faults, complaints);
      return context.newPage();
    });
    await Promise.all(opened.map((context) => context.close()));
  },
});

async function listen(context: BrowserContext, faults: number[], found: string[]): Promise<void> {
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      console.error(
        `CSP ${event.effectiveDirective} refused ${event.blockedURI} (${event.sourceFile}:${event.lineNumber})`,
      );
    });
  });
  context.on("weberror", (thrown) => found.push(`thrown: ${thrown.error().message}`));
  context.on("console", (message) => {
    // The browser says so of every refused call, whose statuses are looked at below; Leptos does in unoptimised builds only; and what
    // was fetched ahead is used late where the processor is busy.
    const expected =
      /^Failed to load resource|outside a reactive tracking context|was preloaded using link preload but not used within/.test(
        message.text(),
      );
    if (["error", "warning"].includes(message.type()) && !expected) found.push(`${message.type()}: ${message.text()}`);
  });
  context.on("response", (response) => {
    if (response.status() >= 500 && !faults.includes(response.status()))
      found.push(`${response.status()} from ${response.url()}`);
  });
}
