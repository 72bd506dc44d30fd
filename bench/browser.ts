/** A browser for the benches, driven as a reader would drive it. */
import { chromium, type Browser, type Page } from "@playwright/test";
import { chromiumFlags, getChromium } from "../tests/browser/chromium.ts";

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: getChromium(), args: chromiumFlags });
}

/** A page in a context of its own: nothing is cached, nothing is kept from an earlier visit. */
export async function openPage(browser: Browser, probes: readonly string[] = []): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  for (const probe of probes)
    await page.addInitScript({ path: new URL(`probes/${probe}`, import.meta.url).pathname });
  page.on("pageerror", (error) => console.error(`  the page reports: ${error.message}`));
  return page;
}

/** Runs every cell of a lecture's page and waits until one of them has drawn something. */
export async function runAll(page: Page, awaited: string): Promise<void> {
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Run all" }).click();
  await page.locator(awaited).waitFor({ timeout: 60_000 });
}
