/** Using a model without changing it: predictions, and how good they are. */
import * as tf from "@tensorflow/tfjs";
import { checkInteger, checkNotEmpty } from "../arguments.ts";
import { batches } from "../data/split.ts";
import { giveWay } from "../give-way.ts";
import { crossEntropy } from "../nn/losses/cross-entropy.ts";
import type { Module } from "../nn/module.ts";
import { softmax } from "../nn/functional/softmax.ts";
import {
  checkExamples,
  stackTargets,
  stackVectors,
  type Examples,
  type ToInput,
  type ToTarget,
} from "./examples.ts";

export type Loss = (output: tf.Tensor, target: tf.Tensor) => tf.Tensor;

export interface PredictOptions<X, Input> {
  /** Default 256. */
  readonly batchSize?: number;
  /** Default: vectors stacked to [batch, features]. */
  readonly toInput?: ToInput<X, Input>;
}

export interface Predictions {
  /** The model's output, a row for each input. */
  readonly logits: number[][];
  /** Softmax of each row. */
  readonly probabilities: number[][];
  /** The place of the largest number of each row: the predicted class. */
  readonly labels: number[];
}

export interface EvaluateOptions<X, Y, Input> extends PredictOptions<X, Input> {
  /** Default: the model's own `loss`, where it has one, or `crossEntropy`. */
  readonly loss?: Loss;
  /** Default: class ids to [batch], vectors stacked to [batch, length]. */
  readonly toTarget?: ToTarget<Y>;
}

export interface Evaluation {
  /** The mean over the examples; with a target for each token, over the tokens that count. */
  readonly loss: number;
  /** The share of the examples, or of the tokens that count, whose largest output is the right class; only where targets are class ids or one-hot vectors. */
  readonly accuracy?: number;
}

/**
 * What a model says for each input. It is put into evaluation mode and back; nothing of it changes, and every tensor
 * made on the way is freed.
 *
 * `inputs` n vectors of length features → logits and probabilities [n, classes], labels [n]
 *
 * @ko 입력마다 모델의 출력을 구합니다.
 * @example
 * const { labels } = await predict(model, test.texts.map(toBag));
 * accuracy(test.labels, labels);
 */
export async function predict<X = ArrayLike<number>, Input = tf.Tensor>(
  model: Module<Input, tf.Tensor>,
  inputs: readonly X[],
  options: PredictOptions<X, Input> = {},
): Promise<Predictions> {
  const { batchSize = 256, toInput = stackVectors as unknown as ToInput<X, Input> } = options;
  checkNotEmpty(inputs, { where: "predict", what: "inputs" });
  checkInteger(batchSize, { where: "predict", what: "batchSize", min: 1 });
  const logits: number[][] = [];
  const probabilities: number[][] = [];
  for (const batch of batches(inputs, { size: batchSize })) {
    const outputs = inEvaluation(model, () =>
      tf.tidy(() => {
        const output = model.forward(toInput(batch)); // [batch, classes]
        return [output, softmax(output)] as [tf.Tensor2D, tf.Tensor2D];
      }),
    );
    try {
      logits.push(...(await outputs[0].array()));
      probabilities.push(...(await outputs[1].array()));
    } finally {
      tf.dispose(outputs);
    }
    await giveWay();
  }
  return { logits, probabilities, labels: logits.map(findLargest) };
}

/**
 * The mean loss of a model on examples, and its accuracy where there are classes. Changes nothing, frees what it makes.
 *
 * @ko 예시에서 모델의 평균 손실을 구하고, 클래스가 있으면 정확도도 구합니다.
 */
export async function evaluate<X = ArrayLike<number>, Y = number | readonly number[], Input = tf.Tensor>(
  model: Module<Input, tf.Tensor>,
  examples: Examples<X, Y>,
  options: EvaluateOptions<X, Y, Input> = {},
): Promise<Evaluation> {
  const where = "evaluate";
  const { batchSize = 256, loss: compare = maybeOwnLoss(model) ?? crossEntropy } = options;
  const toInput = options.toInput ?? (stackVectors as unknown as ToInput<X, Input>);
  const toTarget = options.toTarget ?? (stackTargets as unknown as ToTarget<Y>);
  checkExamples(examples, where);
  checkInteger(batchSize, { where, what: "batchSize", min: 1 });
  const pairs = examples.inputs.map((input, index) => ({ input, target: examples.targets[index] }));
  let [loss, right, counted] = [0, 0, 0];
  let hasClasses = true;
  for (const batch of batches(pairs, { size: batchSize })) {
    const measured = inEvaluation(model, () =>
      tf.tidy(() => {
        const output = model.forward(toInput(batch.map(({ input }) => input)));
        const target = toTarget(batch.map(({ target }) => target));
        const hits = maybeHits(output, target);
        hasClasses &&= hits !== undefined;
        const { right, counted } = hits ?? { right: tf.scalar(0), counted: tf.scalar(batch.length) };
        return tf.stack([tf.mean(compare(output, target)), right, counted]);
      }),
    );
    try {
      const [mean, hit, weight] = await measured.data();
      loss += mean * weight;
      right += hit;
      counted += weight;
    } finally {
      measured.dispose();
    }
    await giveWay();
  }
  return { loss: loss / counted, ...(hasClasses && { accuracy: right / counted }) };
}

/** A model that knows its own loss, as one with a CRF does, is trained with it. */
export function maybeOwnLoss(model: object): Loss | undefined {
  const { loss } = model as { loss?: unknown };
  return typeof loss === "function"
    ? (output, target) => (loss as Loss).call(model, output, target)
    : undefined;
}

/**
 * How many of the targets that count the largest output finds: of class ids, [batch] or [batch, …], of which negative ones
 * count for nothing, or of one-hot rows. Undefined where outputs are no scores of classes or targets no classes.
 */
function maybeHits(
  output: tf.Tensor,
  target: tf.Tensor,
): { readonly right: tf.Tensor; readonly counted: tf.Tensor } | undefined {
  const classes = output.shape.at(-1) ?? 0;
  if (output.rank < 2 || classes < 2) return undefined;
  const predicted = tf.argMax(output, -1); // [batch, …]
  const positions = predicted.shape.join();
  if (target.shape.join() === positions && target.dtype === "int32") {
    const counts = tf.greaterEqual(target, 0);
    const hits = tf.logicalAnd(tf.equal(predicted, target), counts);
    return { right: tf.sum(tf.cast(hits, "float32")), counted: tf.sum(tf.cast(counts, "float32")) };
  }
  if (target.shape.join() !== output.shape.join() || !isOneHot(target)) return undefined;
  const hits = tf.equal(predicted, tf.argMax(target, -1));
  return { right: tf.sum(tf.cast(hits, "float32")), counted: tf.scalar(predicted.size) };
}

/** Rows of zeros with a single 1. */
function isOneHot(target: tf.Tensor): boolean {
  const width = target.shape.at(-1) as number;
  const numbers = target.dataSync();
  for (let from = 0; from < numbers.length; from += width) {
    const row = numbers.slice(from, from + width);
    if (row.filter((value) => value === 1).length !== 1 || !row.every((value) => value === 0 || value === 1))
      return false;
  }
  return true;
}

function inEvaluation<T>(model: Module<never, unknown>, compute: () => T): T {
  const { training } = model;
  model.eval();
  try {
    return compute();
  } finally {
    if (training) model.train();
  }
}

function findLargest(row: readonly number[]): number {
  return row.reduce((best, value, index) => (value > row[best] ? index : best), 0);
}
