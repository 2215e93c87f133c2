// `cargo xtask bench --only pages`: what a phone sees of the portal that MEASURED names.
import { defineConfig } from "@playwright/test";

import tests from "./playwright.config";

export default defineConfig({
  ...tests,
  testDir: "measure",
  globalSetup: undefined,
  workers: 1,
  timeout: 300_000,
  projects: [{ name: "measure", use: { viewport: { width: 412, height: 823 }, hasTouch: true, isMobile: true } }],
});
