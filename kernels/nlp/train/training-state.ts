import type * as tf from "@tensorflow/tfjs";
import { LearnerError } from "../error.ts";
import type { OptimizerState, Optimizer } from "./optimizers/optimizer.ts";
import type { FitHistory } from "./progress.ts";
import { putWeights, takeWeights } from "./snapshots.ts";

/** All that a training needs to go on as if it had never stopped: plain numbers, nothing to dispose of. */
export interface TrainingState {
  /** Steps taken. */
  readonly step: number;
  readonly seed: number;
  readonly weights: readonly Float32Array[];
  readonly optimizer: OptimizerState;
  readonly history: FitHistory;
  /** The best validation so far and its weights, where they are kept. */
  readonly best?: {
    readonly score: number;
    readonly stale: number;
    readonly weights: readonly Float32Array[];
  };
}

export async function takeState(
  parameters: readonly tf.Variable[],
  optimizer: Optimizer,
): Promise<Pick<TrainingState, "weights" | "optimizer">> {
  return { weights: await takeWeights(parameters), optimizer: await optimizer.state() };
}

export function putState(
  state: TrainingState,
  {
    parameters,
    optimizer,
    seed,
  }: {
    readonly parameters: readonly tf.Variable[];
    readonly optimizer: Optimizer;
    readonly seed: number;
  },
): void {
  const { weights, optimizer: saved } = state;
  const fits =
    weights.length === parameters.length &&
    parameters.every(({ size }, index) => weights[index].length === size);
  if (!fits) throw otherModel();
  if (state.seed !== seed) throw otherSeed(state.seed, seed);
  putWeights(parameters, weights);
  optimizer.restore(saved);
}

function otherModel(): LearnerError {
  return new LearnerError({
    code: "shape-mismatch",
    where: "fit, resumeFrom",
    given: {
      en: "The state was taken of a model of other sizes.",
      ko: "크기가 다른 모델에서 저장한 상태입니다.",
    },
    expected: {
      en: "The model that was being trained, or one made alike.",
      ko: "학습하던 모델이나 같은 옵션으로 만든 모델이어야 합니다.",
    },
    remedy: { en: "Make the model with the same options.", ko: "같은 옵션으로 모델을 만드십시오." },
  });
}

function otherSeed(saved: number, given: number): LearnerError {
  return new LearnerError({
    code: "wrong-option",
    where: "fit, resumeFrom",
    given: {
      en: `The state was taken with seed ${saved}, the seed now is ${given}.`,
      ko: `저장한 상태의 시드는 ${saved}, 지금 시드는 ${given}입니다.`,
    },
    expected: {
      en: "The same seed: the order of the examples hangs on it.",
      ko: "예시의 순서가 시드에 달려 있으므로 시드가 같아야 합니다.",
    },
    remedy: { en: `Pass \`seed: ${saved}\`.`, ko: `\`seed: ${saved}\`를 주십시오.` },
  });
}
