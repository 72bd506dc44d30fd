/** `npm run bench [-- name …]`: builds the sites, measures, and prints each bench beside its peer. */
import type { Browser } from "@playwright/test";
import { openBrowser } from "./browser.ts";
import { measureLongTasks } from "./long-tasks.ts";
import { printBench, type Bench } from "./report.ts";
import { buildSites, serveSites, type Sites } from "./sites.ts";
import { measureSlider } from "./slider.ts";
import { measureStartup } from "./startup.ts";

const BENCHES: Readonly<Record<string, (browser: Browser, sites: Sites) => Promise<Bench>>> = {
  slider: measureSlider,
  "long-tasks": measureLongTasks,
  startup: measureStartup,
};

await run(process.argv.slice(2));

async function run(args: readonly string[]): Promise<void> {
  const asked = args.filter((name) => name !== "--built");
  const unknown = asked.find((name) => !Object.hasOwn(BENCHES, name));
  if (unknown !== undefined) {
    throw new Error(`There is no bench "${unknown}". There are: ${Object.keys(BENCHES).join(", ")}.`);
  }
  if (!args.includes("--built")) await buildSites();
  const sites = await serveSites();
  const browser = await openBrowser();
  try {
    for (const name of asked.length > 0 ? asked : Object.keys(BENCHES)) {
      console.log(`${printBench(await BENCHES[name](browser, sites))}\n`);
    }
  } finally {
    await browser.close();
    await sites.close();
  }
}
