import { accuracy, confusionMatrix, kappa, matthews, precisionRecallF1 } from "gongbu/metrics";
import { expect, test } from "vitest";
import reference from "../../../reference/metrics.json";

interface Averages {
  precision: number;
  recall: number;
  f1: number;
}
interface Case {
  truth: number[];
  prediction: number[];
  classes: number;
  accuracy: number;
  confusion: number[][];
  matthews: number;
  kappa: number;
  macro: Averages;
  micro: Averages;
  weighted: Averages;
  None: { precision: number[]; recall: number[]; f1: number[] };
}
const cases = (reference as unknown as Case[]).filter((entry) => "confusion" in entry);

test("all scores are scikit-learn's", () => {
  expect(cases).toHaveLength(3);
  for (const expected of cases) {
    const { truth, prediction, classes } = expected;
    expect(accuracy(truth, prediction)).toBeCloseTo(expected.accuracy, 10);
    expect(confusionMatrix(truth, prediction, { classes })).toEqual(expected.confusion);
    expect(matthews(truth, prediction)).toBeCloseTo(expected.matthews, 10);
    expect(kappa(truth, prediction)).toBeCloseTo(expected.kappa, 10);
    const scores = precisionRecallF1(truth, prediction, { classes });
    for (const average of ["macro", "micro", "weighted"] as const) {
      for (const name of ["precision", "recall", "f1"] as const) {
        expect(scores[average][name]).toBeCloseTo(expected[average][name], 10);
      }
    }
    for (const name of ["precision", "recall", "f1"] as const) {
      scores.perClass.forEach((entry, id) => expect(entry[name]).toBeCloseTo(expected.None[name][id], 10));
    }
  }
});

test("a class that is never predicted and one that never occurs score 0, not NaN", () => {
  const { perClass, macro } = precisionRecallF1([0, 0], [0, 1], { classes: 4 });
  expect(perClass).toEqual([
    { precision: 1, recall: 0.5, f1: 2 / 3, support: 2 },
    { precision: 0, recall: 0, f1: 0, support: 0 },
    { precision: 0, recall: 0, f1: 0, support: 0 },
    { precision: 0, recall: 0, f1: 0, support: 0 },
  ]);
  expect(macro.f1).toBeCloseTo(1 / 6);
});

test("agreement runs from −1 over 0 to 1", () => {
  expect([matthews([0, 1], [0, 1]), matthews([0, 1], [1, 0]), matthews([0, 1], [1, 1])]).toEqual([1, -1, 0]);
  expect([kappa([0, 1], [0, 1]), kappa([0, 1], [1, 0]), kappa([0, 1, 0, 1], [0, 0, 1, 1])]).toEqual([
    1, -1, 0,
  ]);
  expect(kappa([0, 0], [0, 0])).toBeNaN();
});

test("lists of different lengths, nothing, and ids that are no classes are refused", () => {
  expect(() => accuracy([0, 1], [0])).toThrow(/accuracy: The lengths are `truth` 2, `prediction` 1/);
  expect(() => accuracy([], [])).toThrow(/accuracy: `truth` is empty/);
  expect(() => confusionMatrix([0, 4], [0, 0], { classes: 4 })).toThrow(/confusionMatrix: `truth\[1\]` is 4/);
  expect(() => precisionRecallF1([0.5], [0])).toThrow(/`truth\[0\]` is 0\.5/);
  expect(() => matthews([-1], [0])).toThrow(/`truth\[0\]` is -1/);
});
