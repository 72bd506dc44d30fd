import { beforeAll, describe, expect, it } from "vitest";
import { runNotebook, type NotebookRun } from "../../src/cli/run-notebook.ts";
import {
  expectAllDone,
  expectHint,
  expectKinds,
  lecturePath,
  shown,
  valueOf,
  type Interval,
} from "./lecture-runs.ts";

const path = lecturePath("01-sentence-classification");
const GUESSING = Math.log(4);

describe("lecture 01", () => {
  /** In English, as a reader finds it. */
  let english: NotebookRun;
  /** In Korean, solved, with the class order broken and a learning rate that is far too high. */
  let korean: NotebookRun;

  beforeAll(async () => {
    english = await runNotebook({ path, set: { language: "en" } });
    korean = await runNotebook({
      path,
      solutions: true,
      set: { language: "ko", order: "alphabet", rate: 30, orderGuess: "below", lossGuess: "cross entropy" },
    });
  }, 600_000);

  const both = () => [english, korean];

  it("runs every cell to its end in both languages", () => {
    expectAllDone(both());
    expect(valueOf<{ language: string }>(korean, "choose-language").language).toBe("ko");
  });

  it("shows what its prose speaks of", () => {
    expectKinds(english, {
      figure:
        "class-counts unknown-share softmax one-number-picture loss-curves push descent-picture line-picture hand-curves train-classifier fan race-curves test-picture your-bars",
      table: "browse bag one-hot one-number-picture count-votes decoded race-verdict test-picture mistakes",
      tokens: "tokens your-votes",
      confusion: "confusion",
      markdown: "card vocabulary order-lost tf-gradient descent-picture hand-curves fan learning-or-counting",
    });
  });

  it("leaves its exercises to the reader, and passes its checks with its solutions", () => {
    for (const id of ["check-softmax", "check-descend"]) {
      expect(valueOf(english, id)).toMatchObject({ passed: false });
      expect(valueOf(korean, id)).toMatchObject({ passed: true });
    }
  });

  it("finds pieces known to train more often than words, and one bag whatever the order of the words", () => {
    for (const run of both()) {
      const { unknownShares } = valueOf<{ unknownShares: [words: number, pieces: number] }>(
        run,
        "unknown-share",
      );
      expect(unknownShares[1]).toBeLessThan(unknownShares[0]);
      expect(valueOf(run, "order-lost")).toMatchObject({ sameBag: true });
    }
  });

  it("has L1 lowest at the median of the five answers, and the other losses at their mean", () => {
    const { valleys } = valueOf<{ valleys: { name: string; best: number }[] }>(english, "one-number");
    const mean = (0.74 + 0.8 + 0.84 + 0.9 + 0.1) / 5;
    for (const { name, best } of valleys) {
      const expected = name === "L1" ? 0.8 : mean;
      expect(Math.abs(best - expected), name).toBeLessThanOrEqual(0.01);
    }
  });

  it("computes by hand the gradient that TensorFlow.js computes", () => {
    for (const run of both()) {
      const { ours, largestDifference } = valueOf<{ ours: number[]; largestDifference: number }>(
        run,
        "tf-gradient",
      );
      expect(Math.max(...ours.slice(-4).map(Math.abs))).toBeGreaterThan(0.01);
      expect(largestDifference).toBeLessThan(1e-4);
    }
  });

  it("walks down the landscape of two weights to its lowest point", () => {
    for (const run of both()) {
      const { heights } = valueOf<{ heights: number[][] }>(run, "landscape");
      const { endHeight } = valueOf<{ endHeight: number }>(run, "descent");
      expect(endHeight).toBeLessThan(Math.min(...heights.flat()) + 0.01);
    }
  });

  it("draws L2's line through the outlier's pull, L1's past it, and MSE's upon L2's", () => {
    const { fitted } = valueOf<{ fitted: Record<"L1" | "L2" | "MSE", number[]> }>(english, "line");
    const rise = (line: number[]) => line[11] - line[0];
    expect(rise(fitted.L2)).toBeGreaterThan(1.3 * rise(fitted.L1));
    fitted.MSE.forEach((value, i) => expect(value).toBeCloseTo(fitted.L2[i], 6));
  });

  it("learns by hand, from the loss of guessing down", () => {
    for (const run of both()) {
      const { byHand } = valueOf<{ byHand: { history: { train: number[]; dev: number[] } } }>(
        run,
        "learn-by-hand",
      );
      const { train, dev } = byHand.history;
      expect(train[0]).toBeCloseTo(GUESSING, 10);
      expect(train.at(-1)).toBeLessThan(0.5 * GUESSING);
      expect(dev.at(-1)).toBeLessThan(dev[0]);
    }
  });

  it("falls below chance when the answers are read in another class order, at the same loss", () => {
    for (const run of both()) {
      const { orderAccuracy, devLoss } = valueOf<{
        orderAccuracy: { training: number; alphabet: number };
        devLoss: number;
      }>(run, "decode");
      expect(orderAccuracy.training).toBeGreaterThan(0.5);
      expect(orderAccuracy.alphabet).toBeLessThan(0.25);
      expect(devLoss).toBeLessThan(GUESSING);
    }
    const names = (run: NotebookRun) => valueOf<{ names: string[] }>(run, "decoded").names;
    expect(names(english)).toEqual(["joy", "sadness", "anger", "fear"]);
    expect(names(korean)).toEqual(["anger", "fear", "joy", "sadness"]);
  });

  it("learns at the learning rate 0.3, and diverges at 30", () => {
    expect(valueOf(english, "fan")).toMatchObject({ fate: "learned" });
    expect(valueOf(korean, "fan")).toMatchObject({ fate: "diverged" });
  });

  it("lets four losses race, each to well above a blind guess", () => {
    for (const run of both()) {
      const { results } = valueOf<{ results: { name: string; right: number[] }[] }>(run, "race-results");
      expect(results.map(({ name }) => name).sort()).toEqual(["L1", "L2", "MSE", "cross entropy"]);
      for (const { name, right } of results) {
        expect(right.filter((one) => one === 1).length / right.length, name).toBeGreaterThan(0.4);
      }
    }
  });

  it("tells how a bet went, and nothing where none was placed", () => {
    expect(shown(english, "race-verdict")).not.toMatch(/your bet/);
    expect(shown(korean, "race-verdict")).toMatch(/You (won|lost) your bet/);
    expect(shown(korean, "decoded")).toMatch(/You won your bet/);
  });

  it("beats the majority's guess on the test split, interval against interval", () => {
    for (const run of both()) {
      const { accuracyOf } = valueOf<{
        accuracyOf: Record<"majority" | "counting" | "classifier", Interval>;
      }>(run, "test-accuracy");
      expect(accuracyOf.classifier.low).toBeGreaterThan(accuracyOf.majority.high);
      expect(accuracyOf.classifier.low).toBeGreaterThan(0.5);
    }
  });

  it.each([
    ["softmax", "gives the scores back", "const stableSoftmax = (scores) => scores", /softmax of above/],
    ["softmax", "returns nothing", "const stableSoftmax = () => undefined", /softmax of above/],
    ["softmax", "stops with an error", "const stableSoftmax = (scores) => scores.nothing()", /stopped with/],
    [
      "softmax",
      "minds large scores alone",
      `const stableSoftmax = (scores) => {
        const powers = scores.map((score) => Math.exp(score - Math.max(0, ...scores)))
        return powers.map((power) => power / powers.reduce((total, other) => total + other))
      }`,
      /Very negative/,
    ],
    ["descend", "returns nothing", "const descend = () => undefined", /leads to 0\.6/],
    [
      "descend",
      "walks uphill",
      "const descend = (slopeOf, { start, rate }) => start + rate * slopeOf(start)",
      /uphill/,
    ],
    [
      "descend",
      "takes one step",
      "const descend = (slopeOf, { start, rate }) => start - rate * slopeOf(start)",
      /anew at each step/,
    ],
  ])("tells a %s that %s what to try next", async (exercise, _, code, hint) => {
    await expectHint(path, { stub: `my-${exercise}`, code, check: `check-${exercise}` }, hint);
  });
});
