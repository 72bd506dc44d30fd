/** One lecture from its first cell to its last, as somebody who has never been here would run it. */
import type { Browser, Locator, Page } from "@playwright/test";
import type { Output } from "../../kernels/runtime/display/output.ts";
import type { CellSegment } from "../../src/notebook/notebook.ts";
import type { OutputsRow } from "../../src/storage/last-outputs.ts";
import { createReader, type Reader } from "../../tests/browser/reader.ts";
import { openPage } from "../browser.ts";

/** Milliseconds: the most that a lecture may take, and how long nothing must compute before it counts as at its end. */
const PATIENCE = 1_800_000;
const QUIET = 2000;

export interface RunCell {
  readonly id: string;
  readonly state: string;
  /** Computing time as the kernel counts it: not what the cell waited for others. */
  readonly ms: number;
  readonly outputs: readonly Output[];
}

export interface LectureRun {
  /** From “Run all” until all is done, the clock on the wall. */
  readonly seconds: number;
  /** What the kernel computed with, as the page says it. */
  readonly backend: string;
  readonly cells: readonly RunCell[];
}

export interface LectureRunOptions {
  /** The site's, with a slash at its end. */
  readonly address: string;
  readonly lecture: string;
  readonly cells: readonly CellSegment[];
}

/** Commits the bets first, so that nothing is locked and one “Run all” runs it all. */
export async function runLecture(
  browser: Browser,
  { address, lecture, cells }: LectureRunOptions,
): Promise<LectureRun> {
  const page = await openPage(browser);
  const reader = createReader(page, address);
  await reader.open(lecture);
  for (const { id, attributes } of cells) if (attributes.bet !== undefined) await commitBet(reader, id);
  const start = performance.now();
  await reader.runAll();
  const seconds = (await waitForQuiet(page, start)) / 1000;
  // What is shown is kept a second after it came.
  const kept = await readKept(page, lecture);
  const states = await page
    .locator("[data-cell]")
    .evaluateAll((all) =>
      all.map((cell) => [cell.getAttribute("data-cell"), cell.getAttribute("data-state")]),
    );
  const stateOf = new Map(states as [string, string][]);
  const backend = (await page.locator(".kernel-words").innerText()).replace(/\s+/g, " ");
  await page.context().close();
  return {
    seconds,
    backend,
    cells: cells.map(({ id }) => {
      const row = kept.find(({ cell }) => cell === id);
      return {
        id,
        state: stateOf.get(id) ?? "missing",
        ms: row?.ms ?? 0,
        outputs: row?.outputs.map(({ output }) => output) ?? [],
      };
    }),
  };
}

/** The first of what can be chosen: a bench wins no bets. */
async function commitBet(reader: Reader, id: string): Promise<void> {
  const cell = reader.cell(id);
  await reader.runCell(id);
  const commit = cell.getByRole("button", { name: "Commit my bet" });
  await commit.waitFor({ timeout: PATIENCE });
  await chooseFirst(cell);
  await commit.click();
}

async function chooseFirst(cell: Locator): Promise<void> {
  const radios = cell.getByRole("radio");
  if ((await radios.count()) > 0) await radios.first().check();
  for (const select of await cell.locator("select").all()) await select.selectOption({ index: 1 });
}

/** Milliseconds from `start` to the moment from which nothing computed any more. */
async function waitForQuiet(page: Page, start: number): Promise<number> {
  let quietSince = Infinity;
  for (;;) {
    const busy = await page
      .locator("[data-state=queued], [data-state=running], [data-state=streaming]")
      .and(page.locator("[data-cell]"))
      .count();
    const now = performance.now();
    if (busy > 0) quietSince = Infinity;
    else quietSince = Math.min(quietSince, now);
    if (now - quietSince > QUIET) return quietSince - start;
    if (now - start > PATIENCE)
      throw new Error(`bench/lectures: ${page.url()} still computes after half an hour.`);
    await page.waitForTimeout(100);
  }
}

function readKept(page: Page, lecture: string): Promise<readonly OutputsRow[]> {
  return page.evaluate(
    (lecture) =>
      new Promise<readonly OutputsRow[]>((resolve, reject) => {
        const request = indexedDB.open("gongbu");
        request.onerror = () => reject(request.error);
        request.onsuccess = () => {
          const rows = request.result
            .transaction("outputs")
            .objectStore("outputs")
            .getAll(IDBKeyRange.bound([lecture], [lecture, []]));
          rows.onerror = () => reject(rows.error);
          rows.onsuccess = () => resolve(rows.result as readonly OutputsRow[]);
        };
      }),
    lecture,
  );
}
