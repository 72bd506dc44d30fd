/** What the tests of the lectures ask of a run, and a lecture run with one of its cells rewritten. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import type { Output } from "../../kernels/runtime/display/output.ts";
import {
  runNotebook,
  type CellResult,
  type NotebookRun,
  type RunOptions,
} from "../../src/cli/run-notebook.ts";
import { parseNotebook, serializeNotebook, setCellCode } from "../../src/notebook/format/index.ts";
import type { CellId } from "../../src/notebook/notebook.ts";

/** What the check of an exercise answers. */
export interface Verdict {
  readonly passed: boolean;
  readonly hint: { readonly en: string; readonly ko: string };
}

/** A measured value between the ends of its confidence interval. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** The code that a reader might write in an exercise's cell, and the cell that checks it. */
export interface Attempt {
  readonly stub: string;
  readonly code: string;
  readonly check: string;
}

/** The English file of a lecture, "02-transformer-classifier" for instance. */
export function lecturePath(id: string): string {
  return fileURLToPath(new URL(`../../notebooks/${id}.md`, import.meta.url));
}

export function cellOf(run: NotebookRun, id: string): CellResult {
  const cell = run.cells.find((cell) => cell.id === id);
  if (!cell)
    throw new Error(`The run has no cell ${id}. It has: ${run.cells.map(({ id }) => id).join(", ")}.`);
  return cell;
}

export function valueOf<T>(run: NotebookRun, id: string): T {
  return cellOf(run, id).value as T;
}

/** The verdict of a check, which is its cell's value or the one name that the cell declares. */
export function verdictOf(run: NotebookRun, id: string): Verdict {
  const value = valueOf<Verdict | Record<string, Verdict>>(run, id);
  return "passed" in value ? (value as Verdict) : Object.values(value)[0];
}

/** A cell's first output of a kind; undefined where there is none. */
export function outputOf<K extends Output["kind"]>(
  run: NotebookRun,
  { id, kind }: { id: string; kind: K },
): Extract<Output, { kind: K }> | undefined {
  return cellOf(run, id).outputs.find((output) => output.kind === kind) as
    Extract<Output, { kind: K }> | undefined;
}

/** All that a cell shows, in one string to search. */
export function shown(run: NotebookRun, id: string): string {
  return JSON.stringify(cellOf(run, id).outputs);
}

/** No cell failed, hung or was left out; where one did, its error is named in the difference. */
export function expectAllDone(runs: readonly NotebookRun[]): void {
  for (const { cells } of runs) {
    expect(cells.map(({ id, state, error }) => `${id}: ${state} ${error?.name ?? ""}`)).toEqual(
      cells.map(({ id }) => `${id}: done `),
    );
  }
}

/** Each of the cells shows the kind of output under which its id stands in a list of words. */
export function expectKinds(
  run: NotebookRun,
  idsOf: Readonly<Partial<Record<Output["kind"], string>>>,
): void {
  for (const [kind, ids] of Object.entries(idsOf)) {
    for (const id of ids.split(" ")) {
      expect(
        cellOf(run, id).outputs.map((output) => output.kind),
        id,
      ).toContain(kind);
    }
  }
}

export function expectInside({ value, low, high }: Interval): void {
  expect(low).toBeLessThanOrEqual(value);
  expect(high).toBeGreaterThanOrEqual(value);
}

/** The lecture with one cell's code exchanged, run from a folder of its own: its cells find no data files. */
export async function runWith(
  { cell, code }: { cell: string; code: string },
  options: RunOptions,
): Promise<NotebookRun> {
  const folder = await mkdtemp(join(tmpdir(), "gongbu-"));
  try {
    const notebook = parseNotebook(await readFile(options.path, "utf8"), { path: options.path });
    const copy = join(folder, "lecture.md");
    await writeFile(copy, serializeNotebook(setCellCode(notebook, cell as CellId, `${code}\n`)));
    return await runNotebook({ ...options, path: copy });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The check refuses the attempt, and says in both languages what to try next; `hint` is how in English. */
export async function expectHint(path: string, { stub, code, check }: Attempt, hint: RegExp): Promise<void> {
  const run = await runWith({ cell: stub, code }, { path, small: true, cells: [check] });
  const verdict = verdictOf(run, check);
  expect([verdict.passed, verdict.hint.en]).toEqual([false, expect.stringMatching(hint)]);
  expect(verdict.hint.ko).toMatch(/[가-힣]/);
}
