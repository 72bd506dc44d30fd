import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { runNotebook, type NotebookRun } from "../../src/cli/run-notebook.ts";
import { parseNotebook, serializeNotebook, setCellCode } from "../../src/notebook/format/index.ts";
import type { CellId } from "../../src/notebook/notebook.ts";

const path = fileURLToPath(new URL("../../notebooks/05-seq2seq.md", import.meta.url));

function valueOf<T>(run: NotebookRun, id: string): T {
  return run.cells.find((cell) => cell.id === id)!.value as T;
}

interface Verdict {
  readonly passed: boolean;
  readonly hint: { readonly en: string; readonly ko: string };
}

describe("lecture 05", () => {
  let small: NotebookRun;
  let solved: NotebookRun;

  beforeAll(async () => {
    small = await runNotebook({ path, small: true, set: { bestGuess: "transformer" } });
    solved = await runNotebook({ path, small: true, solutions: true, set: { direction: "en-ko" } });
  }, 300_000);

  it("runs every cell to its end in both directions", () => {
    for (const run of [small, solved]) {
      expect(run.cells.map(({ id, state, error }) => `${id}: ${state} ${error?.name ?? ""}`)).toEqual(
        run.cells.map(({ id }) => `${id}: done `),
      );
    }
  });

  it("shows the decoder the target moved by one place", () => {
    const [read, say] = small.cells
      .find(({ id }) => id === "shifted")!
      .outputs.flatMap((output) => (output.kind === "tokens" ? [output.sequences[0].tokens] : []));
    expect(read.slice(1)).toEqual(say.slice(0, -1));
    expect([read[0], say.at(-1)]).toEqual(["<s>", "</s>"]);
  });

  it("trains five translators, whose losses fall, and sets them beside copying", () => {
    const { histories } = valueOf<{ histories: Record<string, number[]> }>(small, "curves");
    expect(Object.keys(histories)).toEqual(["rnn", "lstm", "gru", "attention", "transformer"]);
    for (const losses of Object.values(histories)) expect(losses.at(-1)!).toBeLessThan(losses[0]);
    const { scores } = valueOf<{ scores: Record<string, { value: number; low: number; high: number }> }>(small, "results");
    expect(Object.keys(scores)).toHaveLength(6);
    for (const { value, low, high } of Object.values(scores)) {
      expect(low).toBeLessThanOrEqual(value);
      expect(high).toBeGreaterThanOrEqual(value);
    }
  });

  it("draws where two of them look, over the whole source", () => {
    const output = small.cells.find(({ id }) => id === "heat-map")!.outputs.find(({ kind }) => kind === "attention");
    expect(output).toBeDefined();
    expect(JSON.stringify(output)).toContain("GRU + attention");
  });

  it("judges stub and solution of each exercise", () => {
    for (const id of ["check-attention", "check-shift"]) {
      expect(valueOf<Verdict>(small, id).passed).toBe(false);
      expect(valueOf<Verdict>(solved, id).passed).toBe(true);
    }
  });

  const attend = "function attend(query: readonly number[], keys: readonly number[][], values: readonly number[][]): number[] ";
  const shift = "function shiftRight(target: readonly number[], begin: number): number[] ";
  const wrong: [string, string, string, RegExp][] = [
    ["check-attention", "my-attention", `${attend}{ return [1, 10] }`, /best value alone/],
    ["check-attention", "my-attention", `${attend}{ return values[0].map((_, p) => values.reduce((s, v) => s + v[p], 0) / values.length) }`, /same weight/],
    ["check-shift", "my-shift", `${shift}{ return [begin, ...target] }`, /one token too long/],
    ["check-shift", "my-shift", `${shift}{ return target.slice(0, -1) }`, /first place is missing/],
  ];
  it.each(wrong)("%s tells what is wrong: %#", async (check, cell, code, hint) => {
    const folder = await mkdtemp(join(tmpdir(), "gongbu-"));
    try {
      const file = join(folder, "lesson.md");
      const notebook = parseNotebook(await readFile(path, "utf8"), { path });
      await writeFile(file, serializeNotebook(setCellCode(notebook, cell as CellId, `${code}\n`)));
      const { cells } = await runNotebook({ path: file, cells: [check] });
      const verdict = cells[0].value as Verdict;
      expect([verdict.passed, verdict.hint.en]).toEqual([false, expect.stringMatching(hint)]);
      expect(verdict.hint.ko).toMatch(/[가-힣]/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
