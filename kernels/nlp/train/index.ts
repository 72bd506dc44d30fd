/**
 * Training and what belongs to it: optimizers, schedules, gradients, evaluation.
 *
 * @ko 학습과 평가, 옵티마이저와 학습률 스케줄이 들어 있습니다.
 */
export {
  evaluate,
  predict,
  type EvaluateOptions,
  type Evaluation,
  type Loss,
  type PredictOptions,
  type Predictions,
} from "./evaluate.ts";
export { stackTargets, stackVectors, type Examples, type ToInput, type ToTarget } from "./examples.ts";
export { fit, type FitOptions } from "./fit.ts";
export { giveWay } from "../give-way.ts";
export {
  clipGradNorm,
  gradientNorm,
  valueAndGradients,
  type ClipGradNormOptions,
  type ClippedGradients,
  type ValueAndGradients,
} from "./gradients.ts";
export { Adagrad, type AdagradOptions } from "./optimizers/adagrad.ts";
export { Adam, AdamW, type AdamOptions } from "./optimizers/adam.ts";
export { Optimizer, type StepOptions } from "./optimizers/optimizer.ts";
export { RMSprop, type RMSpropOptions } from "./optimizers/rmsprop.ts";
export { SGD, type SGDOptions } from "./optimizers/sgd.ts";
export type { FitHistory, FitProgress } from "./progress.ts";
export {
  constantSchedule,
  cosineSchedule,
  linearSchedule,
  type CosineOptions,
  type Schedule,
  type WarmupOptions,
} from "./schedules.ts";
