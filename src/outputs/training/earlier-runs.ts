/** Runs of one cell, one after another: each that begins anew leaves the one before as a ghost. */
import type { TrainingOutput } from "../../../kernels/runtime/display/output.ts";

/** Ghosts that are kept: more are a tangle. */
const MOST_GHOSTS = 4;

export interface Runs {
  readonly current: TrainingOutput;
  /** Earlier runs, the latest last. */
  readonly ghosts: readonly TrainingOutput[];
}

export function addRun(runs: Runs | undefined, next: TrainingOutput): Runs {
  if (!runs) return { current: next, ghosts: [] };
  if (isSameRun(runs.current, next)) return { current: next, ghosts: runs.ghosts };
  return { current: next, ghosts: [...runs.ghosts, runs.current].slice(-MOST_GHOSTS) };
}

/** Whether the next picture is of the same run: not behind, and with the same beginning. */
function isSameRun(before: TrainingOutput, next: TrainingOutput): boolean {
  return (
    next.step >= before.step &&
    next.curves.loss[0] === before.curves.loss[0] &&
    (next.step > before.step || next.curves.loss.at(-1) === before.curves.loss.at(-1))
  );
}
