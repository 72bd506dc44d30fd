import * as tf from "@tensorflow/tfjs";
import { checkInteger, checkNumber } from "../../arguments.ts";
import { logSoftmax } from "../softmax.ts";
import { describeShape, toFloat, toTensor, type Numbers } from "../tensors.ts";
import { checkReduction, reduce, type Reduction } from "./reduction.ts";
import { checkIds, checkLogits, checkWeight, wrongTargets } from "./targets.ts";

export interface CrossEntropyOptions {
  /** A weight for each class, shape [classes]. Default: all 1. */
  readonly weight?: readonly number[];
  /** Targets with this id count for nothing: padding, or pieces of a word without a label. Default −100. */
  readonly ignoreIndex?: number;
  /** ε: this share of the target is spread evenly over all classes. Default 0. */
  readonly labelSmoothing?: number;
  /** The dimension of the logits that holds the classes. Default 1, as in PyTorch; −1 for [batch, time, classes]. */
  readonly axis?: number;
  /** Default "mean": Σ losses / Σ weights of their targets. */
  readonly reduction?: Reduction;
}

/**
 * How surprised the model is by the right class:
 *
 *     loss = −w_y · log softmax(z)_y        z: a row of logits, y: its class, w: the class weights
 *
 * and with label smoothing ε: (1 − ε)·loss + ε/C · Σ_c −w_c · log softmax(z)_c.
 *
 * | | shape |
 * | --- | --- |
 * | logits | [batch, classes], or [batch, classes, …] with a class to find at each further position (see `axis`) |
 * | targets, ids | that of the logits without the classes: [batch] or [batch, …] |
 * | targets, probabilities (one-hot) | that of the logits; "mean" divides by the number of rows |
 * | result | [] for "mean" and "sum", the shape of the ids for "none" |
 *
 * The gradient of one loss by its logits is w_y · (softmax(z) − onehot(y)): what was predicted less what is true.
 * Semantics of PyTorch's nn.CrossEntropyLoss.
 *
 * @example crossEntropy([[0, 0]], [1]) // log 2 = 0.693: a coin toss
 */
export function crossEntropy(
  logits: Numbers,
  targets: Numbers,
  options: CrossEntropyOptions = {},
): tf.Tensor {
  const { reduction = "mean", labelSmoothing = 0, axis = 1 } = options;
  checkReduction(reduction, "crossEntropy");
  checkNumber(labelSmoothing, { where: "crossEntropy", what: "labelSmoothing", min: 0, max: 1 });
  return tf.tidy(() => {
    const scores = toFloat(logits);
    checkLogits(scores);
    checkInteger(axis, { where: "crossEntropy", what: "axis", min: -scores.rank, max: scores.rank - 1 });
    const place = (axis + scores.rank) % scores.rank;
    const classes = scores.shape[place];
    const positions = scores.shape.filter((_, dimension) => dimension !== place); // [batch, …]
    const wanted = toTensor(targets);
    if (options.weight) checkWeight(options.weight, classes);
    const weight = options.weight && tf.tensor1d([...options.weight]);
    const logProbabilities = logSoftmax(toRows(scores, place)); // [n, classes]
    const setting = { ...options, weight, positions };
    const shape = describeShape(wanted.shape);
    if (shape === describeShape(scores.shape)) {
      return onProbabilities(logProbabilities, {
        ...setting,
        shares: toRows(tf.cast(wanted, "float32"), place),
      });
    }
    if (shape !== describeShape(positions))
      throw wrongTargets({ targets: wanted, logits: scores, positions });
    return onIds(logProbabilities, { ...setting, ids: wanted.dataSync() });
  });
}

type Setting = Omit<CrossEntropyOptions, "weight"> & {
  readonly weight: tf.Tensor | undefined;
  /** The shape of the single losses. */
  readonly positions: number[];
};

function onProbabilities(
  logProbabilities: tf.Tensor, // [n, classes]
  {
    shares,
    weight,
    positions,
    labelSmoothing = 0,
    reduction = "mean",
  }: Setting & { readonly shares: tf.Tensor },
): tf.Tensor {
  const classes = logProbabilities.shape[1] as number;
  const smoothed = tf.add(tf.mul(shares, 1 - labelSmoothing), labelSmoothing / classes); // [n, classes]
  const losses = tf.neg(tf.sum(tf.mul(smoothed, maybeWeigh(logProbabilities, weight)), -1)); // [n]
  return reduce(tf.reshape(losses, positions), reduction);
}

function onIds(
  logProbabilities: tf.Tensor, // [n, classes]
  setting: Setting & { readonly ids: ArrayLike<number> },
): tf.Tensor {
  const { ids, weight, positions, ignoreIndex = -100, labelSmoothing = 0, reduction = "mean" } = setting;
  const classes = logProbabilities.shape[1] as number;
  checkIds(ids, { classes, ignoreIndex });
  const counted = tf.tensor(Float32Array.from(ids, (id) => (id === ignoreIndex ? 0 : 1))); // [n]
  const safe = tf.tensor(
    Int32Array.from(ids, (id) => (id === ignoreIndex ? 0 : id)),
    [ids.length],
    "int32",
  ); // [n]
  const hot = tf.cast(tf.oneHot(safe, classes), "bool"); // [n, classes]
  // `where` and not a product: 0 · −∞, the log-probability of a class that was masked away, would be NaN.
  const right = tf.sum(tf.where(hot, logProbabilities, tf.zerosLike(logProbabilities)), -1); // [n]
  const rowWeights = weight ? tf.mul(counted, tf.gather(weight, safe)) : counted; // [n]
  let losses = tf.neg(tf.mul(rowWeights, right)); // [n]
  if (labelSmoothing > 0) {
    const spread = tf.neg(tf.mul(counted, tf.sum(maybeWeigh(logProbabilities, weight), -1))); // [n]
    losses = tf.add(tf.mul(losses, 1 - labelSmoothing), tf.mul(spread, labelSmoothing / classes));
  }
  if (reduction === "mean") return tf.div(tf.sum(losses), tf.sum(rowWeights));
  return reduce(tf.reshape(losses, positions), reduction);
}

function maybeWeigh(logProbabilities: tf.Tensor, weight: tf.Tensor | undefined): tf.Tensor {
  return weight ? tf.mul(logProbabilities, weight) : logProbabilities;
}

/** Brings the classes to the last place and all other dimensions into one: [batch, classes, …] → [n, classes]. */
function toRows(scores: tf.Tensor, place: number): tf.Tensor {
  if (scores.rank === 2 && place === 1) return scores;
  const others = scores.shape.map((_, dimension) => dimension).filter((dimension) => dimension !== place);
  return tf.reshape(tf.transpose(scores, [...others, place]), [-1, scores.shape[place]]);
}
