import { expect, test } from "vitest";
import type { AttentionView } from "../../../../kernels/runtime/display/output.ts";
import {
  findStrongestKeys,
  findStrongestQueries,
  getMatrix,
  toExistingChoice,
} from "../../../../src/outputs/attention/attention-data.ts";

const view: AttentionView = {
  queries: ["a", "b"],
  keys: ["x", "y", "z"],
  weights: [
    [
      [
        [1, 0, 0],
        [0.2, 0.3, 0.5],
      ],
      [
        [0, 1, 0],
        [0.4, 0.1, 0.5],
      ],
    ],
  ],
};

test("the mean of a layer's heads is taken cell by cell", () => {
  const mean = getMatrix(view, { layer: 0, head: "mean" });
  expect(mean[0]).toEqual([0.5, 0.5, 0]);
  expect(mean[1][0]).toBeCloseTo(0.3, 12);
});

test("a choice that the view does not have becomes the last layer's mean", () => {
  expect(toExistingChoice(view, { layer: Infinity, head: "mean" })).toEqual({ layer: 0, head: "mean" });
  expect(toExistingChoice(view, { layer: 3, head: 7 })).toEqual({ layer: 0, head: "mean" });
  expect(toExistingChoice(view, { layer: 0, head: 1 })).toEqual({ layer: 0, head: 1 });
});

test("the strongest come first, and what is not looked at does not come", () => {
  expect(findStrongestKeys(view.weights[0][0], 1, 2)).toEqual([
    { index: 2, weight: 0.5 },
    { index: 1, weight: 0.3 },
  ]);
  expect(findStrongestKeys(view.weights[0][0], 0, 3)).toEqual([{ index: 0, weight: 1 }]);
  expect(findStrongestQueries(view.weights[0][1], 0, 3)).toEqual([{ index: 1, weight: 0.4 }]);
});
