// `cargo xtask gallery`: a picture of every state of every screen, in every look, on one page.
import { defineConfig } from "@playwright/test";

import tests from "./playwright.config";

export default defineConfig({
  ...tests,
  testDir: "gallery",
  globalSetup: "./gallery/begin.ts",
  globalTeardown: "./gallery/page.ts",
  timeout: 900_000,
  projects: [{ name: "gallery" }],
});
