// How the tests run: the portal's own demo, one for each worker, in the Chromium that the machine has.
import { defineConfig } from "@playwright/test";

import { chromium } from "./support/chromium";

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

export default defineConfig({
  testDir: "tests",
  globalSetup: "./support/no-sleeps.ts",
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  // Each step has its own limit: this ends only what goes on for ever, and says nothing of how busy the machine may be.
  timeout: 180_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    launchOptions: chromium(),
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    colorScheme: "light",
    viewport: { width: 1200, height: 800 },
    // Until what is pressed stands still for two frames, which a processor that others keep busy draws late.
    actionTimeout: 60_000,
    // Until a page has loaded, for which a processor and a disk that others keep busy need their time.
    navigationTimeout: 60_000,
    screenshot: "only-on-failure",
    // `TRACE=1` records what happened; that takes a third of the time again.
    trace: process.env.TRACE ? "retain-on-failure" : "off",
  },
  projects: [
    { name: "desktop", testIgnore: /(narrow|phone)\.spec/ },
    {
      name: "phone",
      use: phone,
      testMatch: /(away|formatting|journey|keyboard|language|live|narrow|phone|priority)\.spec/,
    },
  ],
});
