/**
 * Training and what belongs to it: optimizers, schedules, gradients, evaluation.
 *
 * @ko 학습과 평가, 옵티마이저와 학습률 스케줄이 들어 있습니다.
 */
export {
  loadCheckpoint,
  saveCheckpoint,
  type LoadedCheckpoint,
  type SaveCheckpointOptions,
} from "./checkpoint/checkpoint.ts";
export type { ModelCard } from "./checkpoint/model-card.ts";
export {
  parseSafetensors,
  serializeSafetensors,
  type PlainTensor,
  type Safetensors,
  type SafetensorsType,
} from "./checkpoint/safetensors.ts";
export { fetchCheckpoint } from "./checkpoint/fetch-checkpoint.ts";
export { packCheckpoint, unpackCheckpoint, type CheckpointFiles } from "./checkpoint/zip.ts";
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
export { fit } from "./fit.ts";
export type { FitOptions, Metrics } from "./fit-options.ts";
export { Snapshots, type Snapshot } from "./snapshots.ts";
export {
  toSeq2SeqInput,
  toTokenInput,
  toTokenTargets,
  type EncodedText,
  type Seq2SeqExample,
  type Seq2SeqInputOptions,
  type TokenInputOptions,
  type TokenTargetOptions,
} from "./token-batches.ts";
export type { TrainingState } from "./training-state.ts";
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
export { Optimizer, type OptimizerState, type StepOptions } from "./optimizers/optimizer.ts";
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
