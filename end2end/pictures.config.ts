// `npm run pictures`: takes the README's pictures from the demo.
import { defineConfig } from "@playwright/test";

import tests from "./playwright.config";

export default defineConfig({ ...tests, testDir: "pictures", workers: 1, projects: [{ name: "pictures" }] });
