import { defineConfig } from "@playwright/test";
import { chromiumFlags, getChromium } from "./chromium.ts";
import { isolatedSite, plainSite } from "./sites.ts";

export default defineConfig({
  testDir: ".",
  testMatch: "**/*.spec.ts",
  outputDir: "../../test-results",
  timeout: 120_000,
  workers: 1,
  forbidOnly: true,
  reporter: [["list"], ["json", { outputFile: "../../reports/browser.json" }]],
  use: {
    baseURL: isolatedSite.url,
    actionTimeout: 15_000,
    viewport: { width: 1280, height: 900 },
    launchOptions: { executablePath: getChromium(), args: chromiumFlags },
    trace: "retain-on-failure",
  },
  webServer: [isolatedSite, plainSite].map(({ url, port, env }) => ({
    command: `npx vite preview --host 127.0.0.1 --port ${port} --strictPort`,
    url,
    env,
    cwd: "../..",
    reuseExistingServer: false,
  })),
});
