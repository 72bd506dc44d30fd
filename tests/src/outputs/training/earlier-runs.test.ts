import { expect, test } from "vitest";
import type { TrainingOutput } from "../../../../kernels/runtime/display/output.ts";
import { addRun } from "../../../../src/outputs/training/earlier-runs.ts";

const at = (...loss: number[]): TrainingOutput => ({
  kind: "training",
  epoch: 1,
  epochs: 2,
  step: loss.length,
  totalSteps: 10,
  done: false,
  curves: { step: loss.map((_, i) => i + 1), loss, lr: [], gradNorm: [] },
  validation: { step: [], metrics: [] },
});

test("a run that goes on is one run, and one that begins anew leaves the one before as a ghost", () => {
  let runs = addRun(undefined, at(3));
  runs = addRun(runs, at(3, 2));
  runs = addRun(runs, at(3, 2));
  expect(runs.ghosts).toEqual([]);
  runs = addRun(runs, at(3));
  expect(runs.ghosts).toEqual([at(3, 2)]);
  expect(runs.current).toEqual(at(3));
  runs = addRun(runs, at(2.5, 2, 1));
  expect(runs.ghosts).toEqual([at(3, 2), at(3)]);
});

test("of many runs the last four are kept", () => {
  const runs = [1, 2, 3, 4, 5, 6].reduce(
    (before: ReturnType<typeof addRun> | undefined, loss) => addRun(before, at(loss)),
    undefined,
  )!;
  expect(runs.ghosts.map(({ curves }) => curves.loss[0])).toEqual([2, 3, 4, 5]);
});
