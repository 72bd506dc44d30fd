import { beforeAll, describe, expect, it } from "vitest";
import { runNotebook, type NotebookRun } from "../../src/cli/run-notebook.ts";
import { expectAllDone, expectHint, expectKinds, lecturePath, valueOf, verdictOf } from "./lecture-runs.ts";

const path = lecturePath("07-decoding");

describe("lecture 07", () => {
  /** As a reader finds it, with small settings. */
  let small: NotebookRun;
  /** The other way round, solved, with other knobs. */
  let solved: NotebookRun;

  beforeAll(async () => {
    small = await runNotebook({ path, small: true, set: { beamGuess: "same" } });
    solved = await runNotebook({
      path,
      small: true,
      solutions: true,
      set: { direction: "en-ko", numBeams: 1, ngram: 2, temperature: 0.5, topK: 3, alpha: 2 },
    });
  }, 300_000);

  it("runs every cell to its end in both directions", () => {
    expectAllDone([small, solved]);
  });

  it("shows what its prose speaks of", () => {
    expectKinds(small, {
      figure: "first-step-bars hull distribution verdicts",
      table: "browse greedy-table rerank-table forbidden samples",
      training: "train train-storyteller",
      beamTree: "tree",
      decoding: "strategies",
      autopsy: "autopsy",
      markdown:
        "greedy-library tree-words beam-verdict beam-paired hull-words stuck unstuck penalised verdict-words",
    });
  });

  it("decodes by hand what the library decodes greedily, and a beam never loses in its own score", () => {
    expect(valueOf<{ sameAsByHand: boolean }>(small, "greedy-library").sameAsByHand).toBe(true);
    expect(valueOf<{ sameAsByHand: boolean }>(solved, "greedy-library").sameAsByHand).toBe(true);
    // With one beam the search is greedy.
    const { best } = valueOf<{ best: { tokens: number[] } }>(solved, "tree-words");
    const { greedy } = valueOf<{ greedy: { tokens: number[] } }>(solved, "greedy-library");
    expect(best.tokens).toEqual(greedy.tokens);
  });

  it("removes with its n-gram rule the repetition that the reader has just seen", () => {
    for (const [run, n] of [
      [small, 4],
      [solved, 2],
    ] as const) {
      const { stuck } = valueOf<{ stuck: number[] }>(run, "stuck");
      const { freedTokens } = valueOf<{ freedTokens: number[] }>(run, "unstuck");
      const ngrams = (tokens: number[]) => tokens.slice(n - 1).map((_, i) => tokens.slice(i, i + n).join());
      expect(new Set(ngrams(stuck)).size).toBeLessThan(ngrams(stuck).length);
      expect(new Set(ngrams(freedTokens)).size).toBe(ngrams(freedTokens).length);
    }
  });

  it("ranks again without a search, and draws from the distribution that it shows", () => {
    const { breakEven } = valueOf<{ breakEven: { values: number[]; ranges: unknown[] } }>(
      small,
      "wide-search",
    );
    expect(breakEven.ranges.length).toBe(breakEven.values.length + 1);
    const { after } = valueOf<{ after: number[] }>(solved, "distribution");
    expect(after.filter((probability) => probability > 0)).toHaveLength(3);
    expect(after.reduce((sum, probability) => sum + probability, 0)).toBeCloseTo(1, 5);
  });

  it("judges stub and solution of each exercise", () => {
    for (const id of ["check-temperature", "check-ban"]) {
      expect(verdictOf(small, id).passed).toBe(false);
      expect(verdictOf(solved, id).passed).toBe(true);
    }
  });

  const wrong: [string, string, string, RegExp][] = [
    [
      "check-temperature",
      "my-temperature",
      "const powers = logits.map((x) => Math.exp(x * t)); const sum = powers.reduce((a, b) => a + b, 0); return powers.map((p) => p / sum)",
      /multiplied/,
    ],
    [
      "check-temperature",
      "my-temperature",
      "const powers = logits.map((x) => Math.exp(x / t)); const sum = powers.reduce((a, b) => a + b, 0); return powers.map((p) => p / sum)",
      /infinite/,
    ],
    ["check-temperature", "my-temperature", "return logits.map((x) => Math.exp(x / t))", /add up to/],
    ["check-ban", "my-ban", "return tokens.slice(0, 1)", /may come|must be banned/],
    [
      "check-ban",
      "my-ban",
      "const out: number[] = []; for (let i = 0; i + n <= tokens.length; i++) if (tokens.slice(i, i + n - 1).join() === tokens.slice(tokens.length - n + 1).join() || n === 1) out.push(tokens[i + n - 1]); return out",
      /stands twice/,
    ],
  ];
  it.each(wrong)("%s tells what is wrong: %#", async (check, cell, body, hint) => {
    const head =
      cell === "my-ban"
        ? "bannedNext(tokens: readonly number[], n: number)"
        : "withTemperature(logits: readonly number[], t: number)";
    const code = `function ${head}: number[] {\n${body}\n}`;
    await expectHint(path, { stub: cell, code, check }, hint);
  });
});
