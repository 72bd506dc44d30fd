import type * as tf from "@tensorflow/tfjs";
import { batches } from "../data/split.ts";
import { giveWay } from "../give-way.ts";
import { crossEntropy } from "../nn/losses/cross-entropy.ts";
import type { Module } from "../nn/module.ts";
import { createRandom } from "../random.ts";
import { BestWeights } from "./best-weights.ts";
import { evaluate, maybeOwnLoss, type Evaluation } from "./evaluate.ts";
import { stackTargets, stackVectors, type Examples, type ToInput, type ToTarget } from "./examples.ts";
import { checkFit, findMonitored, type FitOptions, type InputOf, type Metrics } from "./fit-options.ts";
import { Adam } from "./optimizers/adam.ts";
import { FitRecorder, type FitProgress } from "./progress.ts";
import { constantSchedule } from "./schedules.ts";
import { SnapshotKeeper, Snapshots } from "./snapshots.ts";
import { takeStep } from "./training-step.ts";
import { putState, takeState } from "./training-state.ts";

/** Progress is told once so many milliseconds have passed since the last time. */
const REPORT_EVERY = 50;
/** Snapshots that are kept where nothing else is said. */
const MOST_SNAPSHOTS = 40;

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
 * steps it gives way to whatever waits. The same seed gives the same curve on the same backend; a training that was left
 * goes on from `await progress.state()` (`resumeFrom`) exactly as if it had not been.
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
  Model extends Module<never, tf.Tensor, never>,
  X = ArrayLike<number>,
  Y = number | readonly number[],
  Shown = unknown,
>(
  model: Model,
  examples: Examples<X, Y>,
  options: FitOptions<X, Y, InputOf<Model>, Model, Shown> = {},
): AsyncGenerator<FitProgress<Model, Shown>, void, undefined> {
  type Input = InputOf<Model>;
  const trained = model as unknown as Module<Input, tf.Tensor>;
  checkFit(examples, options);
  const { epochs = 10, batchSize = 32, accumulate = 1, validation: held, seed = 0 } = options;
  const { patience = Infinity, restoreBest = false, monitor = "loss", lengthOf, resumeFrom } = options;
  const { loss = maybeOwnLoss(model) ?? crossEntropy, snapshots = false, maxGradNorm } = options;
  const toInput = options.toInput ?? (stackVectors as unknown as ToInput<X, Input>);
  const toTarget = options.toTarget ?? (stackTargets as unknown as ToTarget<Y>);
  const { schedule = constantSchedule(), signal, clock = () => performance.now() } = options;
  const parameters = model.parameters();
  const optimizer = options.optimizer ?? new Adam(parameters, { lr: options.lr });
  const best = new BestWeights(parameters, resumeFrom?.best);
  const judges = patience < Infinity || restoreBest;
  const keeper = snapshots
    ? new SnapshotKeeper(snapshots === true ? MOST_SNAPSHOTS : snapshots.max)
    : undefined;
  const random = createRandom(seed);
  const recorder = new FitRecorder(resumeFrom?.history);
  const order = examples.inputs.map((_, index) => index);
  const stepsAnEpoch = Math.ceil(Math.ceil(order.length / batchSize) / accumulate);
  const totalSteps = epochs * stepsAnEpoch;

  let step = 0;
  const [seen, tokens] = [createRate(), createRate()];
  let computing = 0;
  let validation: Evaluation | undefined;
  let metrics: Metrics | undefined;
  let shown: Shown | undefined;
  let reported = -Infinity;

  try {
    if (resumeFrom) putState(resumeFrom, { parameters, optimizer, seed });
    else await keeper?.add(parameters, { epoch: 0, step: 0, loss: NaN });
    for (let epoch = 1; epoch <= epochs; epoch++) {
      const cut = cutEpoch(random.shuffle(order), { batchSize, lengthOf, examples, seed: seed + epoch });
      for (let first = 0; first < cut.length; first += accumulate) {
        step += 1;
        // What was done before the training was left is passed over; only the generator has to go along.
        if (resumeFrom && step <= resumeFrom.step) continue;
        const own = cut.slice(first, first + accumulate);
        await giveWay();
        signal?.throwIfAborted();
        const started = clock();
        const lr = optimizer.lr * schedule(step, totalSteps);
        model.train();
        model.reseed(mix(seed, step));
        const measured = await takeStep(own, {
          model: trained,
          examples,
          toInput,
          toTarget,
          loss,
          maxGradNorm,
          parameters,
          optimizer,
          lr,
          epoch,
          step,
        });
        recorder.addStep({ step, lr, ...measured });
        seen.count += own.flat().length;
        if (lengthOf)
          tokens.count += own.flat().reduce((sum, index) => sum + lengthOf(examples.inputs[index]), 0);
        computing += clock() - started;

        const endOfEpoch = first + accumulate >= cut.length;
        if (endOfEpoch) {
          const checking = clock();
          model.eval();
          if (held) validation = await evaluate<X, Y, Input>(trained, held, { loss, toInput, toTarget });
          metrics = await options.metrics?.(model);
          shown = await options.examples?.(model);
          if (validation || metrics) recorder.addValidation({ step, validation, metrics });
          if (judges) best.offer(scoreOf(monitor, { ...validation, ...metrics }), validation);
          await keeper?.add(parameters, { epoch, step, loss: measured.loss });
          computing += clock() - checking;
        }
        const done = endOfEpoch && (epoch === epochs || best.stale >= patience);
        if (done && restoreBest) validation = best.restore() ?? validation;
        const now = clock();
        if (!endOfEpoch && now - reported < REPORT_EVERY) continue;
        reported = now;
        const history = recorder.copy();
        const at = step;
        yield {
          epoch,
          epochs,
          step,
          totalSteps,
          lr,
          ...measured,
          examplesPerSecond: seen.perSecond(computing),
          ...(lengthOf && { tokensPerSecond: tokens.perSecond(computing) }),
          remaining: (computing / 1000 / (step - (resumeFrom?.step ?? 0))) * (totalSteps - step),
          validation,
          ...(metrics && { metrics }),
          ...(shown !== undefined && { examples: shown }),
          ...(keeper && { snapshots: new Snapshots(model, keeper.list) }),
          history,
          model,
          done,
          async state() {
            if (step !== at)
              throw new Error(
                `progress.state: step ${at} is over; take the state before the training goes on.`,
              );
            return {
              step,
              seed,
              history,
              ...(await takeState(parameters, optimizer)),
              best: await best.state(),
            };
          },
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

/** Places in the examples, in batches; of inputs of like length where that counts. */
function cutEpoch<X>(
  order: readonly number[],
  {
    batchSize,
    lengthOf,
    examples,
    seed,
  }: {
    batchSize: number;
    lengthOf: ((input: X) => number) | undefined;
    examples: Examples<X, unknown>;
    seed: number;
  },
): number[][] {
  if (!lengthOf) return batches(order, { size: batchSize });
  return batches(order, { size: batchSize, seed, lengthOf: (index) => lengthOf(examples.inputs[index]) });
}

/** More is better, of a loss less. */
function scoreOf(monitor: string, found: Readonly<Record<string, number | undefined>>): number {
  const value = findMonitored(monitor, found);
  return monitor === "loss" ? -value : value;
}

/** A seed for each step that has nothing to do with the one before. */
function mix(seed: number, step: number): number {
  return (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(step, 0xc2b2ae35)) >>> 0;
}

function createRate() {
  return {
    count: 0,
    perSecond(ms: number) {
      return ms > 0 ? (1000 * this.count) / ms : 0;
    },
  };
}
