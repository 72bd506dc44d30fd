import * as tf from "@tensorflow/tfjs";
import { crossEntropy as nativeCrossEntropy } from "../../../simd/index.ts";
import { checkInteger, checkNumber } from "../../arguments.ts";
import { nativeFor } from "../functional/native.ts";
import { softmaxCrossEntropy, softmaxCrossEntropyOfShares } from "../functional/softmax-cross-entropy.ts";
import { withGradient } from "../functional/with-gradient.ts";
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
  /** The dimension of the logits that holds the classes. Default −1, the last, as all models here have it; PyTorch's is 1. */
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
 * | logits | [batch, classes], or [batch, …, classes] with a class to find at each position, as for a tagger |
 * | targets, ids | that of the logits without the classes: [batch], or [batch, …] |
 * | targets, probabilities (one-hot) | that of the logits; "mean" divides by the number of rows |
 * | result | [] for "mean" and "sum", the shape of the ids for "none" |
 *
 * The gradient of one loss by its logits is w_y · (softmax(z) − onehot(y)): what was predicted less what is true.
 * Semantics of PyTorch's nn.CrossEntropyLoss.
 *
 * @ko 교차 엔트로피 손실을 구합니다. 모델이 정답 클래스에 얼마나 놀라는지를 뜻합니다.
 * @example crossEntropy([[0, 0]], [1]) // log 2 = 0.693: a coin toss
 */
export function crossEntropy(
  logits: Numbers,
  targets: Numbers,
  options: CrossEntropyOptions = {},
): tf.Tensor {
  const { reduction = "mean", labelSmoothing = 0, axis = -1 } = options;
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
    const rows = toRows(scores, place); // [n, classes]
    const setting = { ...options, reduction, labelSmoothing, positions };
    const shape = describeShape(wanted.shape);
    if (shape === describeShape(scores.shape))
      return onProbabilities(rows, toRows(tf.cast(wanted, "float32"), place), setting);
    if (shape !== describeShape(positions))
      throw wrongTargets({ targets: wanted, logits: scores, positions });
    return onIds(rows, wanted.dataSync(), setting);
  });
}

interface Setting {
  readonly weight?: readonly number[];
  readonly ignoreIndex?: number;
  readonly labelSmoothing: number;
  readonly reduction: Reduction;
  /** The shape of the single losses. */
  readonly positions: number[];
}

function onProbabilities(
  logits: tf.Tensor, // [n, classes]
  targets: tf.Tensor, // [n, classes]
  { weight, labelSmoothing, positions, reduction }: Setting,
): tf.Tensor {
  const classes = logits.shape[1] as number;
  const smoothed = tf.add(tf.mul(targets, 1 - labelSmoothing), labelSmoothing / classes); // [n, classes]
  const shares = weight ? tf.mul(smoothed, tf.tensor1d([...weight])) : smoothed;
  return reduce(tf.reshape(softmaxCrossEntropyOfShares(logits, shares), positions), reduction);
}

function onIds(
  logits: tf.Tensor, // [n, classes]
  ids: ArrayLike<number>,
  { weight, ignoreIndex = -100, labelSmoothing, positions, reduction }: Setting,
): tf.Tensor {
  const classes = logits.shape[1] as number;
  checkIds(ids, { classes, ignoreIndex });
  const safe = Int32Array.from(ids, (id) => (id === ignoreIndex ? 0 : id));
  const counted = Float32Array.from(ids, (id) => (id === ignoreIndex ? 0 : 1));
  const weights = counted.map((count, row) => (count === 0 ? 0 : (weight?.[safe[row]] ?? 1)));
  const native = nativeFor(logits);
  const losses = native
    ? withGradient({ logits }, () =>
        nativeCrossEntropy(native, { logits, ids, weight, ignoreIndex, labelSmoothing }),
      )
    : labelSmoothing > 0
      ? softmaxCrossEntropyOfShares(
          logits,
          smooth(safe, { weight, weights, counted, classes, labelSmoothing }),
        )
      : tf.mul(zeroWhere(counted, softmaxCrossEntropy(logits, safe)), tf.tensor1d(weights)); // [n]
  if (reduction === "mean")
    return tf.div(
      tf.sum(losses),
      weights.reduce((sum, value) => sum + value, 0),
    );
  return reduce(tf.reshape(losses, positions), reduction);
}

/** `where` and not a product: an ignored row whose first class is masked away has an infinite loss, and 0 · ∞ is NaN. */
function zeroWhere(counted: Float32Array, losses: tf.Tensor): tf.Tensor {
  if (!counted.includes(0)) return losses;
  return tf.where(tf.tensor1d(Array.from(counted, Boolean), "bool"), losses, tf.zerosLike(losses));
}

/** The target of each row spread out, [n, classes]: 1 − ε of it on its class, ε evenly on all, times the weights. */
function smooth(
  ids: Int32Array,
  {
    weight,
    weights,
    counted,
    classes,
    labelSmoothing,
  }: {
    readonly weight?: readonly number[];
    readonly weights: Float32Array;
    readonly counted: Float32Array;
    readonly classes: number;
    readonly labelSmoothing: number;
  },
): tf.Tensor {
  const hot = tf.cast(tf.oneHot(tf.tensor1d(ids, "int32"), classes), "float32"); // [n, classes]
  const even = tf.tensor2d(weight ? [...weight] : Array<number>(classes).fill(1), [1, classes]);
  const own = tf.mul(hot, tf.tensor2d(weights, [ids.length, 1]));
  const spread = tf.mul(even, tf.tensor2d(counted, [ids.length, 1]));
  return tf.add(tf.mul(own, 1 - labelSmoothing), tf.mul(spread, labelSmoothing / classes));
}

/** Brings the classes to the last place and all other dimensions into one: [batch, classes, …] → [n, classes]. */
function toRows(scores: tf.Tensor, place: number): tf.Tensor {
  if (scores.rank === 2 && place === 1) return scores;
  const others = scores.shape.map((_, dimension) => dimension).filter((dimension) => dimension !== place);
  return tf.reshape(tf.transpose(scores, [...others, place]), [-1, scores.shape[place]]);
}
