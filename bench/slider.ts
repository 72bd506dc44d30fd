/** Slider to repainted output, five dependants: Gongbu beside the same notebook built with Observable's Notebook Kit. */
import { setTimeout as rest } from "node:timers/promises";
import type { Browser, Page } from "@playwright/test";
import { openPage, runAll } from "./browser.ts";
import { quantile } from "./quantiles.ts";
import type { Bench, Read } from "./report.ts";
import type { Sites } from "./sites.ts";

const DEPENDANTS = ["scaled", "probabilities", "entropy", "perplexity", "summary"];
const WARM_UP = 20;
const MOVES = 200;
/** The two pages take turns after so many moves, so that a busy moment of the machine falls on both. */
const BLOCK = 20;

/**
 * How the slider is moved, and the event from which the time runs. A browser tells of a dragged slider (`input`) at the
 * beginning of a frame; of the hand itself (`pointerrawupdate`) at once.
 */
const WAYS = { keys: "keydown", drag: "input", "drag, from the hand": "pointerrawupdate" } as const;
type Way = keyof typeof WAYS;

interface Subject {
  readonly page: Page;
  readonly slider: string;
  readonly parts: readonly string[];
}

/** What bench/probes/repaint.js puts into a page. */
interface Watch {
  nextMove(type: string): Promise<number>;
  stop(): void;
}
declare const globalThis: { watchRepaints(parts: readonly string[]): Watch; watch: Watch };

export async function measureSlider(browser: Browser, { addresses }: Sites): Promise<Bench> {
  const subjects = [await openGongbu(browser, addresses.bench), await openPeer(browser, addresses.peer)];
  const reads: Read[] = [];
  for (const way of Object.keys(WAYS) as Way[]) {
    const times: number[][] = [[], []];
    for (const subject of subjects) await move(subject, { way, count: WARM_UP });
    for (let done = 0; done < MOVES; done += BLOCK) {
      for (const [i, subject] of subjects.entries())
        times[i].push(...(await move(subject, { way, count: BLOCK })));
    }
    for (const share of [0.5, 0.95]) {
      const [ours, peer] = times.map((values) => quantile(values, share));
      reads.push({ what: `${way}, p${share * 100}`, ours, peer, unit: "ms" });
    }
  }
  await Promise.all(subjects.map(({ page }) => page.context().close()));
  return {
    title: `Slider to repainted output, five dependants, ${MOVES} moves`,
    peer: "Observable Notebook Kit",
    reads,
  };
}

async function openGongbu(browser: Browser, address: string): Promise<Subject> {
  const page = await openPage(browser, ["repaint.js"]);
  await page.goto(`${address}en/slider/`, { waitUntil: "networkidle" });
  await runAll(page, "[data-cell=summary][data-state=done]");
  return {
    page,
    slider: "[data-cell=temperature] input[type=range]",
    parts: DEPENDANTS.map((id) => `[data-cell=${id}] .cell-results`),
  };
}

async function openPeer(browser: Browser, address: string): Promise<Subject> {
  const page = await openPage(browser, ["repaint.js"]);
  await page.goto(`${address}slider.html`, { waitUntil: "networkidle" });
  await page.locator("#cell-6 *").first().waitFor();
  return {
    page,
    slider: "#cell-1 input[type=range]",
    parts: DEPENDANTS.map((_, index) => `#cell-${index + 2}`),
  };
}

/** Moves the slider step by step. Milliseconds of each move. */
async function move(
  { page, slider, parts }: Subject,
  { way, count }: { way: Way; count: number },
): Promise<number[]> {
  await page.bringToFront();
  await page.focus(slider);
  const box = await page.locator(slider).boundingBox();
  if (!box) throw new Error(`bench/slider: ${slider} is not to be seen.`);
  const y = box.y + box.height / 2;
  const from = box.x + box.width * 0.3;
  if (way !== "keys") {
    await page.mouse.move(from, y);
    await page.mouse.down();
  }
  await page.evaluate((parts) => void (globalThis.watch = globalThis.watchRepaints(parts)), parts);
  await rest(200);
  const times: number[] = [];
  for (let i = 1; i <= count; i++) {
    // The golden ratio spreads the moves evenly over the phases of a frame.
    await rest(20 + 33 * ((i * 0.618) % 1));
    const handle = await page.evaluateHandle(
      (type) => ({ time: globalThis.watch.nextMove(type) }),
      WAYS[way],
    );
    // The key is let go when all is done, as a finger would: letting go is an event with a frame of its own.
    if (way === "keys") await page.keyboard.down("ArrowRight");
    else await page.mouse.move(from + 3 * i, y);
    times.push(await handle.evaluate(({ time }) => time));
    if (way === "keys") await page.keyboard.up("ArrowRight");
    await handle.dispose();
  }
  await page.evaluate(() => globalThis.watch.stop());
  if (way !== "keys") await page.mouse.up();
  return times;
}
