import { expect, test } from "vitest";
import type { TrainingOutput } from "../../../../kernels/runtime/display/output.ts";
import {
  lossFigure,
  maybeMetricsFigure,
  rateFigures,
} from "../../../../src/outputs/training/training-figures.ts";

const run: TrainingOutput = {
  kind: "training",
  epoch: 1,
  epochs: 4,
  step: 2,
  totalSteps: 8,
  done: false,
  curves: { step: [1, 2], loss: [2, 1], lr: [0.1, 0.1], gradNorm: [3, 4] },
  validation: { step: [2], metrics: [{ name: "loss", values: [1.5] }, { name: "accuracy", values: [0.5] }] }, // prettier-ignore
};
const settings = { smoothing: 0.5, log: false, ghosts: true };
const axis = (figure: { layout: Readonly<Record<string, unknown>> }, name: "xaxis" | "yaxis") =>
  figure.layout[name] as Record<string, unknown>;

test("the loss is drawn smoothed, over the raw curve, with the validations' marks and the runs before it", () => {
  const ghost = { ...run, curves: { ...run.curves, loss: [9, 8] } };
  const { data } = lossFigure({ current: run, ghosts: [ghost, ghost] }, settings);
  expect(data.map(({ mode, y }) => [mode, (y as number[]).length])).toEqual([
    ["lines", 2],
    ["lines+markers", 1],
    ["lines", 2],
    ["lines", 2],
    ["lines", 2],
  ]);
  expect(data.filter(({ showlegend }) => showlegend !== false)).toHaveLength(3);
  expect(lossFigure({ current: run, ghosts: [ghost] }, { ...settings, ghosts: false }).data).toHaveLength(3);
  expect(lossFigure({ current: run, ghosts: [] }, { ...settings, smoothing: 0 }).data).toHaveLength(2);
});

test("the axis of steps has room for the steps to come, and after an early stop only for those that were taken", () => {
  expect(axis(lossFigure({ current: run, ghosts: [] }, settings), "xaxis").range).toEqual([0, 8 * 1.02]);
  const stopped = { ...run, done: true };
  expect(axis(lossFigure({ current: stopped, ghosts: [] }, settings), "xaxis").range).toEqual([0, 2 * 1.02]);
});

test("metrics that are shares have an axis from 0 to 1; a run without metrics has no second figure", () => {
  const figure = maybeMetricsFigure({ current: run, ghosts: [] }, settings)!;
  expect(axis(figure, "yaxis").range).toEqual([0, 1.02]);
  expect(axis(figure, "yaxis").title).toEqual({ text: { en: "accuracy", ko: "정확도" } });
  const perplexity = { ...run.validation, metrics: [{ name: "perplexity", values: [20] }] };
  const large = maybeMetricsFigure({ current: { ...run, validation: perplexity }, ghosts: [] }, settings)!;
  expect(axis(large, "yaxis").range).toBeUndefined();
  const bare = { ...run, validation: { step: [], metrics: [] } };
  expect(maybeMetricsFigure({ current: bare, ghosts: [] }, settings)).toBeUndefined();
});

test("metrics that are to come have room in the first epoch, and none when it has brought nothing", () => {
  const empty = { step: [], metrics: [{ name: "accuracy", values: [] }] };
  const first = { ...run, validation: empty };
  expect(maybeMetricsFigure({ current: first, ghosts: [] }, settings)).toBeDefined();
  expect(maybeMetricsFigure({ current: { ...first, epoch: 2 }, ghosts: [] }, settings)).toBeUndefined();
  expect(maybeMetricsFigure({ current: { ...first, done: true }, ghosts: [] }, settings)).toBeUndefined();
});

test("a logarithmic scale is for loss and gradient, and not for the learning rate", () => {
  const logged = { ...settings, log: true };
  expect(axis(lossFigure({ current: run, ghosts: [] }, logged), "yaxis").type).toBe("log");
  const types = rateFigures({ current: run, ghosts: [] }, logged).map((figure) => axis(figure, "yaxis").type);
  expect(types).toEqual([undefined, "log"]);
});
