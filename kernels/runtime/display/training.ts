import type { Text } from "../localized.ts";
import { brandOutput } from "./displayed.ts";
import type { TrainingOutput } from "./output.ts";
import { checkText, kindOf } from "./text.ts";

/** What `fit` of gongbu/train yields, as far as it is drawn; a learner's own training loop can yield the same. */
export interface TrainingProgress {
  readonly epoch: number;
  readonly epochs: number;
  readonly step: number;
  readonly totalSteps: number;
  readonly done?: boolean;
  readonly examplesPerSecond?: number;
  readonly tokensPerSecond?: number;
  /** Seconds that the steps to come will take. */
  readonly remaining?: number;
  readonly history: TrainingHistory;
}

export interface TrainingHistory {
  readonly step: ArrayLike<number>;
  readonly loss: ArrayLike<number>;
  readonly lr?: ArrayLike<number>;
  readonly gradNorm?: ArrayLike<number>;
  /** `step`, and any metrics by name, one value a validation: `loss`, `accuracy`, `f1`, … */
  readonly validation?: Readonly<Record<string, ArrayLike<number>>>;
}

export interface TrainingBoardOptions {
  readonly caption?: Text;
}

/** Points of a curve that are sent: more than a screen has pixels. */
const MOST_POINTS = 2000;

/**
 * A training while it runs: loss and metrics, learning rate and gradient norm, speed and time left. Shown again and again
 * from one cell it grows in place, and a run that begins anew leaves the one before as a ghost.
 *
 * @ko 학습이 진행되는 동안 손실과 지표, 학습률과 기울기, 속도와 남은 시간을 보여 줍니다.
 * @example
 * const training = fit(model, examples, { epochs: 20 })   // one cell
 * trainingBoard(training)                                 // another, which follows it
 */
export function trainingBoard(
  progress: TrainingProgress,
  { caption }: TrainingBoardOptions = {},
): TrainingOutput {
  const { history } = checkProgress(progress);
  if (caption !== undefined) checkText(caption, "trainingBoard: the caption");
  const { epoch, epochs, step, totalSteps, done = false, examplesPerSecond, tokensPerSecond } = progress;
  const { step: steps = [], ...metrics } = history.validation ?? {};
  const rate = tokensPerSecond ?? examplesPerSecond;
  return brandOutput({
    kind: "training",
    epoch,
    epochs,
    step,
    totalSteps,
    done,
    curves: {
      step: thin(history.step),
      loss: thin(history.loss),
      lr: thin(history.lr ?? []),
      gradNorm: thin(history.gradNorm ?? []),
    },
    validation: {
      step: Array.from(steps),
      metrics: Object.entries(metrics)
        .filter(([, values]) => values.length === steps.length)
        .map(([name, values]) => ({ name, values: Array.from(values) })),
    },
    ...(rate !== undefined && { rate, unit: tokensPerSecond === undefined ? "examples" : "tokens" }),
    ...(!done && progress.remaining !== undefined && { remaining: progress.remaining }),
    caption,
  });
}

/** Every so many-th point, a power of two, so that a growing curve keeps the points that it had. */
function thin(values: ArrayLike<number>): number[] {
  let stride = 1;
  while (values.length / stride > MOST_POINTS) stride *= 2;
  return Array.from({ length: Math.ceil(values.length / stride) }, (_, i) => values[i * stride]);
}

function checkProgress(progress: unknown): TrainingProgress {
  const given = progress as Partial<TrainingProgress> | null | undefined;
  if (typeof given?.step !== "number" || typeof given.history?.loss?.length !== "number")
    throw new TypeError(
      `trainingBoard takes what fit yields, { epoch, step, history, … }, but was given ${kindOf(progress)}.`,
    );
  const { step, loss } = given.history;
  if (step?.length !== loss.length)
    throw new RangeError(
      `trainingBoard: the history has ${step?.length ?? 0} steps and ${loss.length} losses: give one a step.`,
    );
  return given as TrainingProgress;
}
