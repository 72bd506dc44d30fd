/** `npm run bench [-- name …]`: builds the sites where they are measured, measures, and prints each bench beside its peer. */
import type { Browser } from "@playwright/test";
import { openBrowser } from "./browser.ts";
import { measureDecode } from "./decode/decode.ts";
import { measureGemm } from "./gemm/gemm.ts";
import { measureLectures } from "./lectures/lectures.ts";
import { measureLongTasks } from "./long-tasks.ts";
import { measureOnnx } from "./onnx/onnx.ts";
import { printBench, type Bench, type Listing } from "./report.ts";
import { buildSites, serveSites, type SiteName, type Sites } from "./sites.ts";
import { measureServe } from "./serve/serve.ts";
import { measureSlider } from "./slider.ts";
import { measureStartup } from "./startup.ts";
import { measureThreads } from "./train-step/threads.ts";
import { measureTrainStep } from "./train-step/train-step.ts";

interface PageBench {
  readonly sites: readonly SiteName[];
  readonly measure: (browser: Browser, sites: Sites) => Promise<Bench | Listing>;
}

/** Of the page, which needs sites. */
const PAGE: Readonly<Record<string, PageBench>> = {
  slider: { sites: ["bench", "peer"], measure: measureSlider },
  "long-tasks": { sites: ["bench", "peer"], measure: measureLongTasks },
  startup: { sites: ["bench", "peer"], measure: measureStartup },
  lectures: { sites: ["course"], measure: measureLectures },
};

/** Of the kernels. */
const KERNELS: Readonly<Record<string, (browser: Browser) => Promise<Bench>>> = {
  "train-step": measureTrainStep,
  threads: measureThreads,
  gemm: measureGemm,
  decode: measureDecode,
  onnx: measureOnnx,
};

/** Of what runs in Node alone. */
const SERVICES: Readonly<Record<string, () => Promise<Bench>>> = { serve: measureServe };

const NAMES = [PAGE, KERNELS, SERVICES].flatMap(Object.keys);

await run(process.argv.slice(2));

async function run(args: readonly string[]): Promise<void> {
  const given = args.filter((name) => name !== "--built");
  const unknown = given.find((name) => !NAMES.includes(name));
  if (unknown !== undefined) {
    throw new Error(`There is no bench "${unknown}". There are: ${NAMES.join(", ")}.`);
  }
  const asked = given.length > 0 ? given : NAMES;
  const ofPage = asked.filter((name) => Object.hasOwn(PAGE, name));
  for (const name of asked.filter((name) => Object.hasOwn(SERVICES, name)))
    console.log(`${printBench(await SERVICES[name]())}\n`);
  if (asked.every((name) => Object.hasOwn(SERVICES, name))) return;
  const browser = await openBrowser();
  try {
    if (ofPage.length > 0) {
      const needed = [...new Set(ofPage.flatMap((name) => PAGE[name].sites))];
      if (!args.includes("--built")) await buildSites(needed);
      const sites = await serveSites(needed);
      for (const name of ofPage) console.log(`${printBench(await PAGE[name].measure(browser, sites))}\n`);
      await sites.close();
    }
    for (const name of asked.filter((name) => Object.hasOwn(KERNELS, name)))
      console.log(`${printBench(await KERNELS[name](browser))}\n`);
  } finally {
    await browser.close();
  }
}
