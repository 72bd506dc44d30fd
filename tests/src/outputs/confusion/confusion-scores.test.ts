import { expect, test } from "vitest";
import {
  getConfusionScores,
  maybeWorstConfusion,
} from "../../../../src/outputs/confusion/confusion-scores.ts";

test("recall is read along the rows, precision down the columns", () => {
  const scores = getConfusionScores([
    [3, 1],
    [2, 4],
  ]);
  expect(scores).toEqual({
    total: 10,
    accuracy: 0.7,
    recall: [0.75, 4 / 6],
    precision: [0.6, 0.8],
    f1: [expect.closeTo(2 / 3, 12), expect.closeTo(8 / 11, 12)],
    truths: [4, 6],
  });
});

test("a class that never came has no recall, and one never predicted no precision", () => {
  const { recall, precision } = getConfusionScores([
    [0, 0],
    [0, 5],
  ]);
  expect([recall, precision]).toEqual([
    [undefined, 1],
    [undefined, 1],
  ]);
  const never = getConfusionScores([
    [0, 3],
    [2, 0],
  ]);
  expect(never.f1).toEqual([0, 0]);
  expect(getConfusionScores([[0]]).f1).toEqual([undefined]);
  expect(getConfusionScores([[0]]).accuracy).toBeUndefined();
});

test("the worst confusion is off the diagonal", () => {
  expect(
    maybeWorstConfusion([
      [90, 1],
      [3, 8],
    ]),
  ).toEqual({ truth: 1, prediction: 0, count: 3 });
  expect(
    maybeWorstConfusion([
      [9, 0],
      [0, 8],
    ]),
  ).toBeUndefined();
});
