/** What `fit` can be told, and what it refuses. */
import type * as tf from "@tensorflow/tfjs";
import { checkInteger, checkNumber } from "../arguments.ts";
import { LearnerError } from "../error.ts";
import type { Module } from "../nn/module.ts";
import type { Loss } from "./evaluate.ts";
import { checkExamples, type Examples, type ToInput, type ToTarget } from "./examples.ts";
import type { Optimizer } from "./optimizers/optimizer.ts";
import type { Schedule } from "./schedules.ts";
import type { TrainingState } from "./training-state.ts";

export interface FitOptions<X, Y, Input, Model = Module<Input, tf.Tensor>, Shown = unknown> {
  /** How often every example is seen. Default 10. */
  readonly epochs?: number;
  /** Examples in a batch. Default 32. */
  readonly batchSize?: number;
  /** So many batches make a step: their gradients are averaged, as if they were one large batch. Default 1. */
  readonly accumulate?: number;
  /** The learning rate of the optimiser that `fit` makes: Adam. Default 0.001. */
  readonly lr?: number;
  /** An optimiser of your own, made with the model's parameters; it stays yours to dispose of. */
  readonly optimizer?: Optimizer;
  /** A factor for the learning rate at each step. Default: always 1. */
  readonly schedule?: Schedule;
  /** Gradients are shortened to this length. Default: never. */
  readonly maxGradNorm?: number;
  /** Compares output and target. Default: the model's own `loss`, where it has one, or `crossEntropy`. */
  readonly loss?: Loss;
  /** Examples that are not learnt from; looked at after every epoch. */
  readonly validation?: Examples<X, Y>;
  /** Further numbers by name, computed after every epoch with the model in evaluation mode: entity F1, BLEU, … */
  readonly metrics?: (model: Model) => Metrics | Promise<Metrics>;
  /** What to look at after every epoch, translations of a few sentences, say: told as `examples`. */
  readonly examples?: (model: Model) => Shown | Promise<Shown>;
  /** Which number says which weights are best: "loss", where lower is better, or "accuracy" or one of the metrics. Default "loss". */
  readonly monitor?: string;
  /** Stop when the monitored number has not improved for so many epochs. Default: never. */
  readonly patience?: number;
  /** At the end, put back the weights of the best epoch. Default false. */
  readonly restoreBest?: boolean;
  /** Keep the weights after every epoch, or of at most so many epochs, evenly spread: see `Snapshots`. Default false. */
  readonly snapshots?: boolean | { readonly max: number };
  /** Decides the order of the examples and what dropout drops. Default 0. */
  readonly seed?: number;
  /** Ends the training with the signal's reason as soon as it is aborted. */
  readonly signal?: AbortSignal;
  /** Go on from here, with the same examples and options; `epochs` counts from the very beginning. */
  readonly resumeFrom?: TrainingState;
  /** An input's length in tokens: batches are then made of inputs of like length, and speed is told in tokens. */
  readonly lengthOf?: (input: X) => number;
  /** Default: vectors stacked to [batch, features]. For texts: `toTokenInput`. */
  readonly toInput?: ToInput<X, Input>;
  /** Default: class ids to [batch], vectors stacked to [batch, length]. For a label a token: `toTokenTargets`. */
  readonly toTarget?: ToTarget<Y>;
  /** Milliseconds. Default `performance.now`. */
  readonly clock?: () => number;
}

/** What a model's `forward` takes. */
export type InputOf<Model extends Module<never, unknown, never>> = Parameters<Model["forward"]>[0];

export type Metrics = Readonly<Record<string, number>>;

export function checkFit<X, Y, Input, Model, Shown>(
  examples: Examples<X, Y>,
  options: FitOptions<X, Y, Input, Model, Shown>,
): void {
  const where = "fit";
  const { epochs = 10, batchSize = 32, accumulate = 1, lr, optimizer, snapshots } = options;
  const { patience, restoreBest = false, validation, metrics, monitor = "loss" } = options;
  checkExamples(examples, where);
  if (validation) checkExamples(validation, "fit, validation");
  checkInteger(epochs, { where, what: "epochs", min: 1 });
  checkInteger(batchSize, { where, what: "batchSize", min: 1 });
  checkInteger(accumulate, { where, what: "accumulate", min: 1 });
  if (patience !== undefined) checkInteger(patience, { where, what: "patience", min: 1 });
  if (typeof snapshots === "object") checkInteger(snapshots.max, { where, what: "snapshots.max", min: 2 });
  if (options.maxGradNorm !== undefined) {
    checkNumber(options.maxGradNorm, { where, what: "maxGradNorm", min: 0, above: true });
  }
  if (lr !== undefined && optimizer) throw twoRates();
  const judges = patience !== undefined || restoreBest;
  const judged = monitor === "loss" || monitor === "accuracy" ? validation : metrics;
  if (judges && !judged) throw needsValidation(monitor);
}

/** What a validation found under the name that is monitored. */
export function findMonitored(monitor: string, found: Readonly<Record<string, number | undefined>>): number {
  const value = found[monitor];
  if (value !== undefined && Number.isFinite(value)) return value;
  throw unknownMonitor(monitor, Object.keys(found));
}

export function notFinite(at: {
  loss: number;
  gradNorm: number;
  lr: number;
  epoch: number;
  step: number;
}): LearnerError {
  const { loss, gradNorm, lr, epoch, step } = at;
  const rate = Number(lr.toPrecision(3));
  return new LearnerError({
    code: "not-finite",
    where: "fit",
    given: {
      en: `At step ${step} (epoch ${epoch}, learning rate ${rate}) the loss is ${loss} and its gradient's length ${gradNorm}.`,
      ko: `${step}번째 스텝(에폭 ${epoch}, 학습률 ${rate})에서 손실이 ${loss}, 기울기의 길이가 ${gradNorm}입니다.`,
    },
    expected: {
      en: "Both must be finite numbers; the weights are left as they were before this step.",
      ko: "둘 다 유한한 수여야 합니다. 가중치는 이 스텝 이전 그대로 두었습니다.",
    },
    remedy:
      step === 1
        ? {
            en: "It happened at the first step, so look for NaN or infinity in the inputs, the targets and the initial weights.",
            ko: "첫 스텝에서 일어났으므로 입력과 타깃, 초기 가중치에 NaN이나 무한대가 있는지 보십시오.",
          }
        : {
            en: "Start again from fresh weights with a tenth of the learning rate, or with `maxGradNorm: 1`.",
            ko: "새 가중치에서 학습률을 10분의 1로 줄이거나 `maxGradNorm: 1`을 주고 다시 시작하십시오.",
          },
  });
}

function twoRates(): LearnerError {
  return new LearnerError({
    code: "wrong-option",
    where: "fit",
    given: { en: "Both `lr` and `optimizer` are given.", ko: "`lr`와 `optimizer`를 함께 받았습니다." },
    expected: {
      en: "`lr` is for the optimiser that `fit` makes itself.",
      ko: "`lr`는 `fit`이 스스로 만드는 옵티마이저에 쓰입니다.",
    },
    remedy: {
      en: "Give the learning rate to your optimiser: `new SGD(model.parameters(), { lr: 0.1 })`.",
      ko: "학습률을 옵티마이저에 주십시오: `new SGD(model.parameters(), { lr: 0.1 })`.",
    },
  });
}

function needsValidation(monitor: string): LearnerError {
  const source = monitor === "loss" || monitor === "accuracy" ? "validation" : "metrics";
  return new LearnerError({
    code: "wrong-option",
    where: "fit",
    given: {
      en: `\`patience\` or \`restoreBest\` is given without \`${source}\`.`,
      ko: `\`${source}\` 없이 \`patience\`나 \`restoreBest\`를 받았습니다.`,
    },
    expected: {
      en: "Which weights are best is judged on examples that are not learnt from.",
      ko: "어떤 가중치가 가장 좋은지는 학습하지 않은 예시로 판단합니다.",
    },
    remedy: {
      en: "Pass `validation: { inputs, targets }` with the dev split, or the metric that `monitor` names.",
      ko: "`validation: { inputs, targets }`에 dev 분할을 넘기거나, `monitor`가 가리키는 지표를 `metrics`에 주십시오.",
    },
  });
}

function unknownMonitor(monitor: string, known: readonly string[]): LearnerError {
  const names = known.map((name) => `"${name}"`).join(", ");
  return new LearnerError({
    code: "wrong-option",
    where: "fit",
    given: { en: `\`monitor\` is "${monitor}".`, ko: `\`monitor\`가 "${monitor}"입니다.` },
    expected: {
      en: `It must name a finite number that a validation gives: ${names}.`,
      ko: `검증에서 나오는 유한한 수의 이름이어야 합니다: ${names}.`,
    },
    remedy: {
      en: "Check the spelling, or compute it in `metrics`.",
      ko: "철자를 확인하거나 `metrics`에서 계산하십시오.",
    },
  });
}
