import { beforeAll, describe, expect, it } from "vitest";
import { runNotebook, type NotebookRun } from "../../src/cli/run-notebook.ts";
import {
  cellOf,
  expectAllDone,
  expectHint,
  expectInside,
  lecturePath,
  outputOf,
  shown,
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

  it("shows the cards of both of its texts, in both languages", () => {
    for (const part of ["Phrasebook", "회화책", "Compiler messages", "Apache-2.0", "알려진 한계"])
      expect(shown(small, "cards")).toContain(part);
  });

  it.each([
    ["ko", /[가-힣]/],
    ["ja", /[ぁ-ゟ]/],
    ["de", /[äöüß]/],
  ])("brings the messages in the language that is chosen: %s", async (messageLanguage, letters) => {
    const pairs = async (direction: string) => {
      const run = await runNotebook({
        path,
        small: true,
        cells: ["messages", "cards"],
        set: { messageLanguage, direction },
      });
      expectAllDone([run]);
      expect(shown(run, "cards")).toContain(
        direction === "ko-en" ? `from ${messageLanguage} to en` : `from en to ${messageLanguage}`,
      );
      return valueOf<{ messages: { test: { source: string; target: string }[] } }>(run, "messages").messages
        .test;
    };
    const [there, back] = [await pairs("ko-en"), await pairs("en-ko")];
    expect(there.map(({ source }) => source).join(" ")).toMatch(letters);
    expect(there.map(({ target }) => target).join(" ")).not.toMatch(letters);
    expect(back.map(({ source, target }) => [target, source])).toEqual(
      there.map(({ source, target }) => [source, target]),
    );
  });

  it("keeps what the translator that is chosen reaches on the messages, beside copying", async () => {
    type Reached = { reached: [key: string, bleu: Interval][] };
    const keys = (run: NotebookRun) => valueOf<Reached>(run, "message-examples").reached.map(([key]) => key);
    const chosen = await runNotebook({
      path,
      small: true,
      // The table first: what has been reached is read when it is there.
      cells: ["message-table", "message-examples"],
      set: { messageKey: "attention" },
    });
    expectAllDone([chosen]);
    expect(keys(chosen)).toEqual(["copy", "attention"]);
    for (const [, bleu] of valueOf<Reached>(chosen, "message-examples").reached) expectInside(bleu);
    expect(shown(chosen, "message-table")).toContain("GRU + attention");
    expect(shown(chosen, "message-table")).not.toContain("Transformer");
    expect(shown(small, "message-table")).toContain("Transformer");
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
