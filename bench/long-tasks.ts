/**
 * How long the page's thread is busy at a time while a model is trained and its curves grow: Gongbu beside Observable's
 * Notebook Kit, whose cells compute and draw on the page's thread (`Plotly.react` for each report).
 */
import { setTimeout as rest } from "node:timers/promises";
import type { Browser, Page } from "@playwright/test";
import { openPage, runAll } from "./browser.ts";
import type { Bench, Read } from "./report.ts";
import type { Sites } from "./sites.ts";

/** Milliseconds after the first figure, when what was loaded for it has settled; and of the measurement. */
const SETTLING = 1000;
const WATCHED = 10_000;

interface LongTask {
  readonly startTime: number;
  readonly duration: number;
}
declare const globalThis: { longTasks: LongTask[] };

export async function measureLongTasks(browser: Browser, { addresses }: Sites): Promise<Bench> {
  const ours = await watch(browser, async (page) => {
    await page.goto(`${addresses.bench}en/training/`, { waitUntil: "networkidle" });
    await runAll(page, "[data-cell=training][data-state=streaming]");
  });
  const peer = await watch(browser, async (page) => {
    await page.goto(`${addresses.peer}training.html`);
  });
  return {
    title: `Tasks over 50 ms on the page's thread during ${WATCHED / 1000} s of a training`,
    peer: "Observable Notebook Kit",
    reads: [
      read("tasks over 50 ms", { ours, peer, of: (tasks) => tasks.length, unit: "" }),
      read("the longest", { ours, peer, of: getLongest, unit: "ms" }),
      read("all of them", { ours, peer, of: getSum, unit: "ms" }),
    ],
  };
}

/** The tasks of a page from a second after its first figure stands. */
async function watch(browser: Browser, open: (page: Page) => Promise<void>): Promise<readonly LongTask[]> {
  const page = await openPage(browser, ["long-tasks.js"]);
  await open(page);
  await showFigure(page);
  await rest(SETTLING);
  const from = await page.evaluate(() => performance.now());
  const points = await countPoints(page);
  await rest(WATCHED);
  const [tasks, until] = await page.evaluate(() => [globalThis.longTasks, performance.now()] as const);
  if ((await countPoints(page)) === points) {
    throw new Error(
      "bench/long-tasks: the figure did not grow while it was watched, so there was nothing to measure.",
    );
  }
  await page.context().close();
  return tasks.filter(({ startTime }) => startTime >= from && startTime <= until);
}

/** Nothing is drawn that nobody can see: the reader scrolls to the end, where the figure is. */
async function showFigure(page: Page): Promise<void> {
  const figure = page.locator(".main-svg").first();
  await page.waitForFunction(() => {
    scrollTo(0, document.body.scrollHeight);
    return document.querySelector(".main-svg") !== null;
  });
  await figure.scrollIntoViewIfNeeded();
}

/** How far the figure has come: the path of its first curve, as drawn. */
function countPoints(page: Page): Promise<string | null> {
  return page.locator(".scatterlayer path.js-line").first().getAttribute("d");
}

interface Compared {
  readonly ours: readonly LongTask[];
  readonly peer: readonly LongTask[];
  readonly of: (tasks: readonly LongTask[]) => number;
  readonly unit: string;
}

function read(what: string, { ours, peer, of, unit }: Compared): Read {
  return { what, ours: of(ours), peer: of(peer), unit };
}

function getLongest(tasks: readonly LongTask[]): number {
  return Math.max(0, ...tasks.map(({ duration }) => duration));
}

function getSum(tasks: readonly LongTask[]): number {
  return tasks.reduce((sum, { duration }) => sum + duration, 0);
}
