/** What a reader waits for: scripts before the first cell can run, the first paint, and the first output. */
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "@playwright/test";
import { openPage } from "./browser.ts";
import { quantile } from "./quantiles.ts";
import type { Bench, Read } from "./report.ts";
import type { Sites } from "./sites.ts";

const VISITS = 7;

interface Visit {
  /** Bytes of scripts, gzipped, that were asked for until the cell had run. */
  readonly scripts: number;
  /** Milliseconds from the navigation to the first text. */
  readonly painted: number;
  /** … to the end of the scripts that the page starts with. */
  readonly started: number;
  /** … to the first output; ours from the click on Run, on a kernel that was not there before. */
  readonly output: number;
}

/** A visit with nothing cached. The cell is the slider's, which needs neither TensorFlow.js nor Plotly. */
export async function measureStartup(browser: Browser, { addresses }: Sites): Promise<Bench> {
  const ours: Visit[] = [];
  const peer: Visit[] = [];
  for (let i = 0; i < VISITS; i++) {
    ours.push(await visitGongbu(browser, `${addresses.bench}en/slider/`));
    peer.push(await visitPeer(browser, `${addresses.peer}slider.html`));
  }
  const compare = (what: string, key: keyof Visit, unit: string): Read => {
    const [a, b] = [ours, peer].map((visits) =>
      quantile(
        visits.map((visit) => visit[key]),
        0.5,
      ),
    );
    return { what, ours: a, peer: b, unit };
  };
  return {
    title: `Start of a lecture, nothing cached, median of ${VISITS} visits`,
    peer: "Observable Notebook Kit",
    reads: [
      compare("scripts until the first cell has run, gzip", "scripts", "KB"),
      compare("first contentful paint", "painted", "ms"),
      compare("page's own scripts have run", "started", "ms"),
      compare("first output (ours: from the click on Run, cold kernel)", "output", "ms"),
    ],
  };
}

async function visitGongbu(browser: Browser, address: string): Promise<Visit> {
  const page = await openPage(browser);
  const scripts = weighScripts(page);
  await page.goto(address, { waitUntil: "networkidle" });
  const times = await readTimes(page);
  const clicked = await page.evaluate(() => performance.now());
  await page.locator("[data-cell=temperature] .run-button").click();
  await page.locator("[data-cell=temperature] input[type=range]").waitFor();
  const output = (await page.evaluate(() => performance.now())) - clicked;
  const visit = { scripts: await scripts(), ...times, output };
  await page.context().close();
  return visit;
}

async function visitPeer(browser: Browser, address: string): Promise<Visit> {
  const page = await openPage(browser);
  const scripts = weighScripts(page);
  await page.goto(address, { waitUntil: "commit" });
  await page.locator("#cell-1 input[type=range]").waitFor();
  const output = await page.evaluate(() => performance.now());
  const visit = { scripts: await scripts(), ...(await readTimes(page)), output };
  await page.context().close();
  return visit;
}

/** Kilobytes of all scripts that the page, its frames and its workers ask for, whatever they fetch them with. */
function weighScripts(page: Page): () => Promise<number> {
  const bodies: Promise<Buffer>[] = [];
  page.on("response", (response) => {
    if (new URL(response.url()).pathname.endsWith(".js")) bodies.push(response.body());
  });
  return async () => {
    const sizes = (await Promise.all(bodies)).map((body) => gzipSync(body).byteLength);
    return sizes.reduce((sum, size) => sum + size, 0) / 1000;
  };
}

function readTimes(page: Page): Promise<{ painted: number; started: number }> {
  return page.evaluate(() => {
    const [paint] = performance.getEntriesByName("first-contentful-paint");
    const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
    return { painted: paint?.startTime ?? NaN, started: navigation.domContentLoadedEventEnd };
  });
}
