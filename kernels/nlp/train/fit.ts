import * as tf from "@tensorflow/tfjs";
import { checkInteger, checkNumber } from "../arguments.ts";
import { batches } from "../data/split.ts";
import { LearnerError } from "../error.ts";
import { giveWay } from "../give-way.ts";
import { crossEntropy } from "../nn/losses/cross-entropy.ts";
import type { Module } from "../nn/module.ts";
import { createRandom } from "../random.ts";
import { BestWeights } from "./best-weights.ts";
import { evaluate, type Evaluation, type Loss } from "./evaluate.ts";
import {
  checkExamples,
  stackTargets,
  stackVectors,
  type Examples,
  type ToInput,
  type ToTarget,
} from "./examples.ts";
import { clipGradNorm, gradientNorm, valueAndGradients } from "./gradients.ts";
import { Adam } from "./optimizers/adam.ts";
import type { Optimizer } from "./optimizers/optimizer.ts";
import { FitRecorder, type FitProgress } from "./progress.ts";
import { constantSchedule, type Schedule } from "./schedules.ts";

export interface FitOptions<X, Y, Input> {
  /** How often every example is seen. Default 10. */
  readonly epochs?: number;
  /** Examples in a step. Default 32. */
  readonly batchSize?: number;
  /** The learning rate of the optimiser that `fit` makes: Adam. Default 0.001. */
  readonly lr?: number;
  /** An optimiser of your own, made with the model's parameters; it stays yours to dispose of. */
  readonly optimizer?: Optimizer;
  /** A factor for the learning rate at each step. Default: always 1. */
  readonly schedule?: Schedule;
  /** Gradients are shortened to this length. Default: never. */
  readonly maxGradNorm?: number;
  /** Compares output and target. Default `crossEntropy`. */
  readonly loss?: Loss;
  /** Examples that are not learnt from; looked at after every epoch. */
  readonly validation?: Examples<X, Y>;
  /** Stop when the validation loss has not fallen for so many epochs. Default: never. */
  readonly patience?: number;
  /** At the end, put back the weights of the epoch with the lowest validation loss. Default false. */
  readonly restoreBest?: boolean;
  /** Decides the order of the examples. Default 0. */
  readonly seed?: number;
  /** Ends the training with the signal's reason as soon as it is aborted. */
  readonly signal?: AbortSignal;
  /** Default: vectors stacked to [batch, features]. */
  readonly toInput?: ToInput<X, Input>;
  /** Default: class ids to [batch], vectors stacked to [batch, length]. */
  readonly toTarget?: ToTarget<Y>;
  /** Milliseconds. Default `performance.now`. */
  readonly clock?: () => number;
}

/** Progress is told once so many milliseconds have passed since the last time. */
const REPORT_EVERY = 50;

/**
 * Trains a model on examples, and tells how it goes while it goes:
 *
 *     for each epoch: shuffle the examples; for each batch of them:
 *         loss      = crossEntropy(model.forward(inputs), targets)
 *         gradients = ∂loss/∂parameter
 *         step of the optimiser
 *
 * An async generator: it yields at least ten times a second, at the first step and at the end of each epoch, and can
 * be left at any step (`break`, an aborted signal, the notebook's interrupt); then all that it made is freed. Between
 * steps it gives way to whatever waits. The same seed gives the same curve on the same backend.
 *
 * While it trains, the model is in training mode; afterwards in evaluation mode. A loss that is NaN or infinite ends
 * the training with an error before it can spoil the weights.
 *
 * @ko 예시로 모델을 학습하면서 어떻게 되어 가는지 알려 줍니다.
 * @example
 * for await (const progress of fit(model, { inputs: bags, targets: labels }, { epochs: 20, lr: 0.01, seed: 1 })) {
 *   console.log(progress.step, progress.loss);
 * }
 */
export async function* fit<
  Model extends Module<Input, tf.Tensor>,
  X = ArrayLike<number>,
  Y = number | readonly number[],
  Input = tf.Tensor,
>(
  model: Model,
  examples: Examples<X, Y>,
  options: FitOptions<X, Y, Input> = {},
): AsyncGenerator<FitProgress<Model>, void, undefined> {
  checkFit(examples, options);
  const {
    epochs = 10,
    batchSize = 32,
    validation: held,
    seed = 0,
    patience = Infinity,
    restoreBest = false,
  } = options;
  const { loss, toInput, toTarget } = options;
  const { schedule = constantSchedule(), signal, clock = () => performance.now() } = options;
  const parameters = model.parameters();
  const optimizer = options.optimizer ?? new Adam(parameters, { lr: options.lr });
  const best = new BestWeights(parameters);
  const random = createRandom(seed);
  const recorder = new FitRecorder();
  const order = examples.inputs.map((_, index) => index);
  const totalSteps = epochs * Math.ceil(order.length / batchSize);

  let step = 0;
  let seen = 0;
  let computing = 0;
  let validation: Evaluation | undefined;
  let reported = -Infinity;

  try {
    for (let epoch = 1; epoch <= epochs; epoch++) {
      const cut = batches(random.shuffle(order), { size: batchSize });
      for (const [index, batch] of cut.entries()) {
        await giveWay();
        signal?.throwIfAborted();
        const started = clock();
        step += 1;
        const lr = optimizer.lr * schedule(step, totalSteps);
        model.train();
        const measured = await takeStep(batch, {
          model,
          examples,
          options,
          parameters,
          optimizer,
          lr,
          epoch,
          step,
        });
        recorder.addStep({ step, lr, ...measured });
        seen += batch.length;

        const endOfEpoch = index === cut.length - 1;
        if (endOfEpoch && held) {
          validation = await evaluate<X, Y, Input>(model, held, { loss, toInput, toTarget });
          recorder.addValidation({ step, ...validation });
          if (patience < Infinity || restoreBest) best.offer(validation);
        }
        const done = endOfEpoch && (epoch === epochs || best.stale >= patience);
        if (done && restoreBest) validation = best.restore();
        const now = clock();
        computing += now - started;
        if (!endOfEpoch && now - reported < REPORT_EVERY) continue;
        reported = now;
        const examplesPerSecond = computing > 0 ? (1000 * seen) / computing : 0;
        const history = recorder.copy();
        yield {
          epoch,
          epochs,
          step,
          totalSteps,
          lr,
          ...measured,
          examplesPerSecond,
          validation,
          history,
          model,
          done,
        };
        if (done) return;
      }
    }
  } finally {
    model.eval();
    best.dispose();
    if (!options.optimizer) optimizer.dispose();
  }
}

interface StepSetting<X, Y, Input> {
  readonly model: Module<Input, tf.Tensor>;
  readonly examples: Examples<X, Y>;
  readonly options: FitOptions<X, Y, Input>;
  readonly parameters: readonly tf.Variable[];
  readonly optimizer: Optimizer;
  readonly lr: number;
  readonly epoch: number;
  readonly step: number;
}

/** Forward, backward, and the optimiser's step, in this order. `batch` holds places in the examples. */
async function takeStep<X, Y, Input>(
  batch: readonly number[],
  { model, examples, options, parameters, optimizer, lr, epoch, step }: StepSetting<X, Y, Input>,
): Promise<{ loss: number; gradNorm: number }> {
  const { loss: compare = crossEntropy, maxGradNorm } = options;
  const toInput = options.toInput ?? (stackVectors as unknown as ToInput<X, Input>);
  const toTarget = options.toTarget ?? (stackTargets as unknown as ToTarget<Y>);
  const { gradients, measured } = tf.tidy(() => {
    const input = toInput(batch.map((index) => examples.inputs[index]));
    const target = toTarget(batch.map((index) => examples.targets[index]));
    const { value, gradients } = valueAndGradients(() => compare(model.forward(input), target), parameters);
    const clipped =
      maxGradNorm === undefined
        ? { gradients, norm: gradientNorm(gradients) }
        : clipGradNorm(gradients, { maxNorm: maxGradNorm });
    return { gradients: clipped.gradients, measured: tf.stack([value, clipped.norm]) };
  });
  try {
    const [loss, gradNorm] = await measured.data();
    if (!Number.isFinite(loss) || !Number.isFinite(gradNorm))
      throw notFinite({ loss, gradNorm, lr, epoch, step });
    optimizer.step(gradients, { lr });
    return { loss, gradNorm };
  } finally {
    tf.dispose([measured, ...gradients]);
  }
}

function checkFit<X, Y, Input>(examples: Examples<X, Y>, options: FitOptions<X, Y, Input>): void {
  const where = "fit";
  const { epochs = 10, batchSize = 32, lr, optimizer, patience, restoreBest = false, validation } = options;
  checkExamples(examples, where);
  if (validation) checkExamples(validation, "fit, validation");
  checkInteger(epochs, { where, what: "epochs", min: 1 });
  checkInteger(batchSize, { where, what: "batchSize", min: 1 });
  if (patience !== undefined) checkInteger(patience, { where, what: "patience", min: 1 });
  if (options.maxGradNorm !== undefined) {
    checkNumber(options.maxGradNorm, { where, what: "maxGradNorm", min: 0, above: true });
  }
  if (lr !== undefined && optimizer) throw twoRates();
  if (!validation && (patience !== undefined || restoreBest)) throw needsValidation();
}

function notFinite(at: {
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

function needsValidation(): LearnerError {
  return new LearnerError({
    code: "wrong-option",
    where: "fit",
    given: {
      en: "`patience` or `restoreBest` is given without `validation`.",
      ko: "`validation` 없이 `patience`나 `restoreBest`를 받았습니다.",
    },
    expected: {
      en: "Which weights are best is judged on examples that are not learnt from.",
      ko: "어떤 가중치가 가장 좋은지는 학습하지 않은 예시로 판단합니다.",
    },
    remedy: {
      en: "Pass `validation: { inputs, targets }` with the dev split.",
      ko: "`validation: { inputs, targets }`에 dev 분할을 넘기십시오.",
    },
  });
}
