import { beforeAll, describe, expect, it } from "vitest";
import { runNotebook, type NotebookRun } from "../../src/cli/run-notebook.ts";
import {
  cellOf,
  expectAllDone,
  expectHint,
  expectInside,
  lecturePath,
  outputOf,
  valueOf,
  verdictOf,
  type Interval,
} from "./lecture-runs.ts";

const path = lecturePath("05-seq2seq");

describe("lecture 05", () => {
  let small: NotebookRun;
  let solved: NotebookRun;

  beforeAll(async () => {
    small = await runNotebook({ path, small: true, set: { bestGuess: "transformer" } });
    solved = await runNotebook({ path, small: true, solutions: true, set: { direction: "en-ko" } });
  }, 300_000);

  it("runs every cell to its end in both directions", () => {
    expectAllDone([small, solved]);
  });

  it("shows the decoder the target moved by one place", () => {
    const [read, say] = cellOf(small, "shifted").outputs.flatMap((output) =>
      output.kind === "tokens" ? [output.sequences[0].tokens] : [],
    );
    expect(read.slice(1)).toEqual(say.slice(0, -1));
    expect([read[0], say.at(-1)]).toEqual(["<s>", "</s>"]);
  });

  it("trains five translators, whose losses fall, and sets them beside copying", () => {
    const { histories } = valueOf<{ histories: Record<string, number[]> }>(small, "curves");
    expect(Object.keys(histories)).toEqual(["rnn", "lstm", "gru", "attention", "transformer"]);
    for (const losses of Object.values(histories)) expect(losses.at(-1)!).toBeLessThan(losses[0]);
    const { scores } = valueOf<{ scores: Record<string, Interval> }>(small, "results");
    expect(Object.keys(scores)).toHaveLength(6);
    for (const interval of Object.values(scores)) expectInside(interval);
  });

  it("draws where two of them look, over the whole source", () => {
    const output = outputOf(small, { id: "heat-map", kind: "attention" });
    expect(output).toBeDefined();
    expect(JSON.stringify(output)).toContain("GRU + attention");
  });

  it("judges stub and solution of each exercise", () => {
    for (const id of ["check-attention", "check-shift"]) {
      expect(verdictOf(small, id).passed).toBe(false);
      expect(verdictOf(solved, id).passed).toBe(true);
    }
  });

  const attend =
    "function attend(query: readonly number[], keys: readonly number[][], values: readonly number[][]): number[] ";
  const shift = "function shiftRight(target: readonly number[], begin: number): number[] ";
  const wrong: [string, string, string, RegExp][] = [
    ["check-attention", "my-attention", `${attend}{ return [1, 10] }`, /best value alone/],
    [
      "check-attention",
      "my-attention",
      `${attend}{ return values[0].map((_, p) => values.reduce((s, v) => s + v[p], 0) / values.length) }`,
      /same weight/,
    ],
    ["check-shift", "my-shift", `${shift}{ return [begin, ...target] }`, /one token too long/],
    ["check-shift", "my-shift", `${shift}{ return target.slice(0, -1) }`, /first place is missing/],
  ];
  it.each(wrong)("%s tells what is wrong: %#", async (check, cell, code, hint) => {
    await expectHint(path, { stub: cell, code, check }, hint);
  });
});
