// What a state of a screen is, and what it takes to reach one: a customer who is signed in, and a portal whose surroundings can be made to fail.
import type { BrowserContext, Page } from "@playwright/test";

import type { Customer } from "../support/customer";
import { Screens } from "../support/pages";
import type { Portal } from "../support/portal";

/** Where states are shown. */
export class Stage {
  readonly screens: Screens;

  constructor(
    readonly page: Page,
    readonly context: BrowserContext,
    readonly portal: Portal,
    readonly customer: Customer,
    /** A page in another browser. */
    readonly elsewhere: () => Promise<Page>,
  ) {
    this.screens = new Screens(page, portal);
  }

  /** Holds every answer to these calls back, so that what shows meanwhile can be looked at. */
  async hold(calls: string): Promise<void> {
    await this.page.route(calls, () => new Promise<never>(() => {}));
  }

  /** Lets what the server answers to these calls from now on say something else. */
  async altered(calls: string, change: (answer: any) => void): Promise<void> {
    await this.page.route(calls, async (route) => {
      const response = await route.fetch();
      const json = await response.json();
      change(json);
      await route.fulfill({ response, json });
    });
  }

  /** What the page would take away by itself after some seconds stays, until another page is shown. */
  async stay(): Promise<void> {
    await this.page.evaluate(() => {
      const later = window.setTimeout.bind(window) as (call: TimerHandler, milliseconds?: number) => number;
      const unlessLong = (call: TimerHandler, milliseconds = 0) => (milliseconds < 5000 ? later(call, milliseconds) : 0);
      Object.assign(window, { setTimeout: unlessLong });
    });
  }

  /** Everything around the pages is well again, and no page shows anything. */
  async reset(): Promise<void> {
    await this.page.unrouteAll({ behavior: "ignoreErrors" });
    await this.context.setOffline(false);
    await this.portal.desk.weather("well");
    await this.page.goto("about:blank");
  }
}

/** One state of one screen. */
export interface State {
  screen: string;
  state: string;
  /** There is no app on the page: none of it is gone through by what needs one. */
  bare?: boolean;
  /** Goes there and waits until it shows; gives the page that shows it where that is not the customer's. */
  reach(stage: Stage): Promise<Page | void>;
}

/** States that are reached one after the other with one customer. */
export interface Group {
  name: string;
  /** Whether the customer is signed in. */
  signedIn: boolean;
  states: State[];
}
