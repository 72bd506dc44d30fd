import { cosineSchedule } from "../../kernels/nlp/train/index.ts";

/** All recipes draw from it. */
export const SEED = 1;

/** How all of them are trained; what differs they say themselves. */
export const SETTING = {
  batchSize: 32,
  maxGradNorm: 1,
  schedule: cosineSchedule({ warmupSteps: 50 }),
  seed: SEED,
} as const;

/** Goes through a training to its end. */
export async function finish(training: AsyncIterator<unknown>): Promise<void> {
  while (!(await training.next()).done);
}
