import { expect, test } from "vitest";
import type { Figure } from "../../../../src/outputs/figure/figure-data.ts";
import { planUpdate } from "../../../../src/outputs/figure/plan-update.ts";

const figure = (...data: Figure["data"][number][]): Figure => ({ data, layout: { title: { text: "Loss" } } });
const curve = (y: unknown[], rest: object = {}) => ({ type: "scatter", x: y.map((_, i) => i), y, ...rest });

test("the first figure is drawn anew", () => {
  expect(planUpdate(undefined, figure(curve([1])))).toEqual({ kind: "new" });
});

test("the same figure asks for nothing", () => {
  expect(planUpdate(figure(curve([1, NaN])), figure(curve([1, NaN])))).toEqual({ kind: "none" });
});

test("curves that have grown are extended by their new points, the others left alone", () => {
  const plan = planUpdate(
    figure(curve([3, 2]), curve([9]), curve([5])),
    figure(curve([3, 2, 1]), curve([9]), curve([5, 4, 3])),
  );
  expect(plan).toEqual({ kind: "extend", traces: [0, 2], added: { x: [[2], [1, 2]], y: [[1], [4, 3]] } });
});

test("curves without x are extended by y alone", () => {
  const plan = planUpdate(figure({ type: "scatter", y: [1] }), figure({ type: "scatter", y: [1, 2] }));
  expect(plan).toEqual({ kind: "extend", traces: [0], added: { y: [[2]] } });
});

test.each([
  ["a training that began anew", figure(curve([3, 2])), figure(curve([3, 1, 0]))],
  ["a curve that differs in its middle only", figure(curve([3, 2, 1])), figure(curve([3, 9, 1, 0]))],
  ["a curve that became shorter", figure(curve([3, 2])), figure(curve([3]))],
  ["a curve that was empty", figure(curve([])), figure(curve([3]))],
  ["another trace", figure(curve([3])), figure(curve([3]), curve([1]))],
  ["another name", figure(curve([3], { name: "a" })), figure(curve([3, 2], { name: "b" }))],
  ["an attribute more", figure(curve([3])), figure(curve([3, 2], { name: "b" }))],
  [
    "another layout",
    figure(curve([3])),
    { ...figure(curve([3, 2])), layout: { title: { text: "Accuracy" } } },
  ],
  ["values of a heat map", figure({ type: "heatmap", z: [[1]] }), figure({ type: "heatmap", z: [[2]] })],
  ["x and y of different growth", figure({ x: [1], y: [1] }), figure({ x: [1, 2, 3], y: [1, 2] })],
  [
    "curves with x beside curves without",
    figure({ x: [1], y: [1] }, { y: [1] }),
    figure({ x: [1, 2], y: [1, 2] }, { y: [1, 2] }),
  ],
])("%s is drawn with react", (_, previous, next) => {
  expect(planUpdate(previous, next)).toEqual({ kind: "react" });
});
