import { beforeAll, describe, expect, it } from "vitest";
import { runNotebook, type NotebookRun } from "../../src/cli/run-notebook.ts";
import {
  expectAllDone,
  expectHint,
  expectKinds,
  lecturePath,
  outputOf,
  shown,
  valueOf,
  type Interval,
} from "./lecture-runs.ts";

const path = lecturePath("03-metrics");

interface AverageScores {
  readonly macro: { readonly f1: number; readonly recall: number };
  readonly micro: { readonly f1: number };
  readonly weighted: { readonly f1: number };
}

describe("lecture 03", () => {
  /** In English, as a reader finds it. */
  let english: NotebookRun;
  /** In Korean, solved, in a skewed world, with a low threshold, a heavy weight and both bets placed. */
  let korean: NotebookRun;

  beforeAll(async () => {
    english = await runNotebook({ path, set: { language: "en" } });
    korean = await runNotebook({
      path,
      solutions: true,
      set: {
        language: "ko",
        foundGuess: "none",
        weightsGuess: "none",
        joyShare: 0.91,
        threshold: 0.1,
        fearWeight: 60,
      },
    });
  }, 600_000);

  const both = () => [english, korean];

  it("runs every cell to its end in both languages", () => {
    expectAllDone(both());
  });

  it("shows what its prose speaks of", () => {
    expectKinds(english, {
      figure: "four-bars f1-hills strip curve-pictures skew-bars skew-picture weights-picture",
      table: "mail-table baseline-table library-table zero areas-table skew-bars compare-table",
      training: "train-detector train-weighted",
      confusion: "matrix four-classes",
      markdown:
        "headline found-verdict baseline-table f1-hills strip promise-kept skew-picture weights-picture report",
    });
  });

  it("reaches 92 % with a model that finds hardly any of the rare class, and no more than the majority", () => {
    for (const run of both()) {
      expect(valueOf(run, "headline")).toMatchObject({
        headline: expect.stringMatching(/^9[12]\.\d %$/) as string,
      });
      const { matrix } = valueOf<{ matrix: number[][] }>(run, "matrix");
      expect(matrix[1][1]).toBeLessThanOrEqual(1);
      const { lead } = valueOf<{ lead: Interval }>(run, "baseline");
      expect(lead.low).toBeLessThanOrEqual(0);
    }
  });

  it("opens the messages behind the matrix's cells", () => {
    const board = outputOf(english, { id: "matrix", kind: "confusion" })!;
    const missed = board.examples!.filter(({ truth, prediction }) => truth === 1 && prediction === 0);
    expect(missed.length).toBeGreaterThan(10);
    expect(String(missed[0].text).length).toBeGreaterThan(10);
  });

  it("computes by hand what the library computes, whatever the four counts", async () => {
    for (const run of both()) expect(valueOf(run, "library")).toMatchObject({ agree: true });
    for (const counts of [
      { found: 0, alarms: 0 },
      { found: 24, alarms: 279 },
      { found: 7, alarms: 90 },
    ]) {
      const { cells } = await runNotebook({ path, set: { language: "en", ...counts }, cells: ["library"] });
      expect(cells[0].value).toMatchObject({ agree: true });
    }
  }, 120_000);

  it("lets the bootstrap be sure of a zero, and Wilson not", () => {
    for (const run of both()) {
      const { plainHits, recallIntervals } = valueOf<{ plainHits: number; recallIntervals: Interval[] }>(
        run,
        "zero",
      );
      const [bootstrap, wilson] = recallIntervals;
      if (plainHits === 0) expect(bootstrap.high).toBe(0);
      expect(wilson.high).toBeGreaterThan(0.1);
    }
  });

  it("finds more and raises more false alarms at a lower threshold", () => {
    type Decision = { current: { tp: number; fp: number } };
    const [half, low] = [valueOf<Decision>(english, "decide"), valueOf<Decision>(korean, "decide")];
    expect(low.current.tp).toBeGreaterThan(half.current.tp);
    expect(low.current.fp).toBeGreaterThan(half.current.fp);
  });

  it("orders the messages better than chance, interval against chance", () => {
    for (const run of both()) {
      const { areas } = valueOf<{ areas: (Interval & { name: string; chance: number })[] }>(run, "areas");
      for (const { name, low, chance } of areas) expect(low, name).toBeGreaterThan(chance);
    }
  });

  it("lets the majority win in a skewed world by micro and weighted F1, and not by macro", () => {
    type World = { sorterScores: AverageScores; joyScores: AverageScores };
    const even = valueOf<World>(english, "skewed");
    expect(even.sorterScores.micro.f1).toBeGreaterThan(even.joyScores.micro.f1);
    expect(Math.abs(even.sorterScores.macro.f1 - even.sorterScores.micro.f1)).toBeLessThan(0.03);
    const skewed = valueOf<World>(korean, "skewed");
    expect(skewed.joyScores.micro.f1).toBeGreaterThan(skewed.sorterScores.micro.f1);
    expect(skewed.joyScores.weighted.f1).toBeGreaterThan(skewed.sorterScores.weighted.f1);
    expect(skewed.joyScores.macro.f1).toBeLessThan(skewed.sorterScores.macro.f1);
  });

  it("never lets the program that reads nothing win by macro F1, on the whole way", () => {
    type Journey = { scores: AverageScores[] };
    for (const run of both()) {
      const { journeys } = valueOf<{ journeys: Journey[] }>(run, "worlds");
      const { overtaken } = valueOf<{ overtaken: number }>(run, "skew-picture");
      const [sorter, joy] = journeys;
      joy.scores.forEach(({ macro }, i) => expect(macro.f1).toBeLessThan(sorter.scores[i].macro.f1));
      expect(overtaken).toBeGreaterThan(0.4);
      // A row belongs to the classifier: recall does not move with the world.
      const recalls = sorter.scores.map(({ macro }) => macro.recall);
      expect(Math.max(...recalls) - Math.min(...recalls)).toBeLessThan(0.03);
    }
  });

  it("finds more of the rare class with weights in the loss, and pays in precision what it gains", () => {
    type Row = { recall: number; accuracy: number; mcc: number };
    for (const run of both()) {
      const { comparison } = valueOf<{ comparison: Row[] }>(run, "compare-table");
      const [majority, plain, weighted] = comparison;
      expect(majority).toMatchObject({ recall: 0, mcc: 0 });
      expect(weighted.recall).toBeGreaterThan(plain.recall);
    }
    const { comparison } = valueOf<{ comparison: Row[] }>(korean, "compare-table");
    expect(comparison[2].accuracy).toBeLessThan(comparison[1].accuracy);
  });

  it("gives the model without weights as many alarms, by its threshold, as the one with weights", () => {
    for (const run of both()) {
      const { alarmCount, lowered } = valueOf<{ alarmCount: number; lowered: number[] }>(run, "compare");
      expect(lowered.filter((answer) => answer === 1).length).toBe(alarmCount);
    }
  });

  it("tells how a bet went, and nothing where none was placed", () => {
    for (const id of ["found-verdict", "weights-picture"]) {
      expect(shown(english, id)).not.toMatch(/your bet/);
      expect(shown(korean, id)).toMatch(/You (won|lost) your bet/);
    }
    expect(shown(korean, "found-verdict")).toMatch(/You won your bet/);
  });

  it("leaves its exercises to the reader, and passes its checks with its solutions", () => {
    for (const id of ["check-threshold", "check-macro"]) {
      expect(valueOf(english, id)).toMatchObject({ passed: false });
      expect(valueOf(korean, id)).toMatchObject({ passed: true });
    }
    expect(shown(korean, "promise-kept")).not.toMatch(/NaN/);
  });

  it.each([
    ["threshold", "returns nothing", "const pickThreshold = () => undefined", /should return a number/],
    [
      "threshold",
      "stops with an error",
      "const pickThreshold = (labels) => labels.nothing()",
      /stopped with/,
    ],
    ["threshold", "alarms at everything", "const pickThreshold = () => 0", /higher threshold/],
    [
      "threshold",
      "takes a place among all the probabilities",
      `const pickThreshold = (labels, p, wanted) =>
        [...p].sort((a, b) => b - a)[Math.ceil(wanted * p.length) - 1]`,
      /higher threshold/,
    ],
    [
      "threshold",
      "leaves out the one on the line",
      `const pickThreshold = (labels, p, wanted) => {
        const fears = p.filter((_, i) => labels[i] === 1).sort((a, b) => b - a)
        return fears[Math.ceil(wanted * fears.length - 1e-9) - 1] + 1e-9
      }`,
      /One short/,
    ],
    [
      "threshold",
      "forgets to sort",
      `const pickThreshold = (labels, p, wanted) => {
        const fears = p.filter((_, i) => labels[i] === 1)
        return fears[Math.ceil(wanted * fears.length - 1e-9) - 1]
      }`,
      /higher threshold/,
    ],
    ["macro", "returns nothing", "const macroF1 = () => undefined", /should return a number/],
    ["macro", "stops with an error", "const macroF1 = (counts) => counts.nothing()", /stopped with/],
    [
      "macro",
      "gives the accuracy",
      `const macroF1 = (counts) =>
        counts.reduce((sum, row, c) => sum + row[c], 0) / counts.flat().reduce((sum, n) => sum + n, 0)`,
      /micro F1/,
    ],
    [
      "macro",
      "weighs the classes by their frequency",
      `const macroF1 = (counts) => {
        const sum = (list) => list.reduce((a, b) => a + b, 0)
        const parts = counts.map((row, c) =>
          sum(row) * 2 * row[c] / (sum(row) + sum(counts.map((other) => other[c]))))
        return sum(parts) / sum(counts.flat())
      }`,
      /weighted F1/,
    ],
    [
      "macro",
      "averages the recalls",
      `const macroF1 = (counts) => {
        const sum = (list) => list.reduce((a, b) => a + b, 0)
        return sum(counts.map((row, c) => row[c] / sum(row))) / counts.length
      }`,
      /mean of the recalls/,
    ],
    [
      "macro",
      "takes the F1 of the averages",
      `const macroF1 = (counts) => {
        const sum = (list) => list.reduce((a, b) => a + b, 0)
        const recall = sum(counts.map((row, c) => row[c] / sum(row))) / counts.length
        const precision = sum(counts.map((row, c) => row[c] / sum(counts.map((o) => o[c])))) / counts.length
        return 2 * precision * recall / (precision + recall)
      }`,
      /order matters/,
    ],
    [
      "macro",
      "divides 0 by 0",
      `const macroF1 = (counts) => {
        const sum = (list) => list.reduce((a, b) => a + b, 0)
        return sum(counts.map((row, c) => 2 * row[c] / (sum(row) + sum(counts.map((o) => o[c]))))) / counts.length
      }`,
      /counts as 0/,
    ],
    [
      "macro",
      "adds without dividing",
      `const macroF1 = (counts) => {
        const sum = (list) => list.reduce((a, b) => a + b, 0)
        return sum(counts.map((row, c) => 2 * row[c] / (sum(row) + sum(counts.map((o) => o[c])))))
      }`,
      /Divide by the number of classes/,
    ],
  ])(
    "tells a %s that %s what to try next",
    async (exercise, _, code, hint) => {
      await expectHint(path, { stub: `my-${exercise}`, code, check: `check-${exercise}` }, hint);
    },
    60_000,
  );
});
