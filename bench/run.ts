/** `npm run bench [-- name …]`: builds the sites where they are measured, measures, and prints each bench beside its peer. */
import type { Browser } from "@playwright/test";
import { openBrowser } from "./browser.ts";
import { measureGemm } from "./gemm/gemm.ts";
import { measureLongTasks } from "./long-tasks.ts";
import { printBench, type Bench } from "./report.ts";
import { buildSites, serveSites, type Sites } from "./sites.ts";
import { measureSlider } from "./slider.ts";
import { measureStartup } from "./startup.ts";
import { measureThreads } from "./train-step/threads.ts";
import { measureTrainStep } from "./train-step/train-step.ts";

/** Of the page, which needs the sites. */
const PAGE: Readonly<Record<string, (browser: Browser, sites: Sites) => Promise<Bench>>> = {
  slider: measureSlider,
  "long-tasks": measureLongTasks,
  startup: measureStartup,
};

/** Of the kernels. */
const KERNELS: Readonly<Record<string, (browser: Browser) => Promise<Bench>>> = {
  "train-step": measureTrainStep,
  threads: measureThreads,
  gemm: measureGemm,
};

const NAMES = [...Object.keys(PAGE), ...Object.keys(KERNELS)];

await run(process.argv.slice(2));

async function run(args: readonly string[]): Promise<void> {
  const given = args.filter((name) => name !== "--built");
  const unknown = given.find((name) => !NAMES.includes(name));
  if (unknown !== undefined) {
    throw new Error(`There is no bench "${unknown}". There are: ${NAMES.join(", ")}.`);
  }
  const asked = given.length > 0 ? given : NAMES;
  const ofPage = asked.filter((name) => Object.hasOwn(PAGE, name));
  const browser = await openBrowser();
  try {
    if (ofPage.length > 0) {
      if (!args.includes("--built")) await buildSites();
      const sites = await serveSites();
      for (const name of ofPage) console.log(`${printBench(await PAGE[name](browser, sites))}\n`);
      await sites.close();
    }
    for (const name of asked.filter((name) => Object.hasOwn(KERNELS, name)))
      console.log(`${printBench(await KERNELS[name](browser))}\n`);
  } finally {
    await browser.close();
  }
}
