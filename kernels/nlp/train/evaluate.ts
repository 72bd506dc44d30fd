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
  /** Default `crossEntropy`. */
  readonly loss?: Loss;
  /** Default: class ids to [batch], vectors stacked to [batch, length]. */
  readonly toTarget?: ToTarget<Y>;
}

export interface Evaluation {
  /** The mean over the examples. */
  readonly loss: number;
  /** The share of the examples whose largest output is the right class; only where targets are class ids or one-hot vectors. */
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
  const { batchSize = 256, loss = crossEntropy } = options;
  const toInput = options.toInput ?? (stackVectors as unknown as ToInput<X, Input>);
  const toTarget = options.toTarget ?? (stackTargets as unknown as ToTarget<Y>);
  checkExamples(examples, where);
  checkInteger(batchSize, { where, what: "batchSize", min: 1 });
  const pairs = examples.inputs.map((input, index) => ({ input, target: examples.targets[index] }));
  const truth = examples.targets.map(maybeClass);
  const labels: number[] = [];
  let columns = 0;
  let total = 0;
  for (const batch of batches(pairs, { size: batchSize })) {
    const outputs = inEvaluation(model, () =>
      tf.tidy(() => {
        const output = model.forward(toInput(batch.map(({ input }) => input)));
        return [tf.mean(loss(output, toTarget(batch.map(({ target }) => target)))), output];
      }),
    );
    try {
      total += (await outputs[0].data())[0] * batch.length;
      columns = outputs[1].rank === 2 ? (outputs[1].shape[1] ?? 0) : 0;
      if (columns > 1) labels.push(...((await outputs[1].array()) as number[][]).map(findLargest));
    } finally {
      tf.dispose(outputs);
    }
    await giveWay();
  }
  const mean = total / pairs.length;
  if (columns < 2 || truth.includes(undefined)) return { loss: mean };
  return {
    loss: mean,
    accuracy: labels.filter((label, index) => label === truth[index]).length / labels.length,
  };
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

/** The class that a target stands for: itself, or the place of the 1 in a one-hot vector. */
function maybeClass(target: unknown): number | undefined {
  if (typeof target === "number") return Number.isInteger(target) ? target : undefined;
  if (!Array.isArray(target)) return undefined;
  const oneHot =
    target.filter((value) => value === 1).length === 1 && target.every((value) => value === 0 || value === 1);
  return oneHot ? target.indexOf(1) : undefined;
}

function findLargest(row: readonly number[]): number {
  return row.reduce((best, value, index) => (value > row[best] ? index : best), 0);
}
