import * as tf from "@tensorflow/tfjs";
import { checkInteger } from "../../arguments.ts";
import { toFloat, type Numbers } from "../tensors.ts";

export interface SoftmaxOptions {
  /** The dimension that sums to 1. Default −1, the last. */
  readonly axis?: number;
}

/**
 * Scores of any size as probabilities:
 *
 *     softmax(z)ᵢ = e^zᵢ / Σⱼ e^zⱼ        the shape stays, [..., classes]
 *
 * The largest score is subtracted first, which changes nothing in the quotient and keeps e^z finite.
 *
 * @ko 점수를 확률로 바꿉니다.
 * @example softmax([0, Math.log(3)]) // [0.25, 0.75]
 */
export function softmax(logits: Numbers, options: SoftmaxOptions = {}): tf.Tensor {
  return alongAxis(logits, { ...options, where: "softmax", compute: (last) => tf.softmax(last) });
}

/**
 * The logarithm of `softmax`, without ever forming a probability that rounds to 0:
 *
 *     logSoftmax(z)ᵢ = zᵢ − max z − log Σⱼ e^(zⱼ − max z)        the shape stays
 *
 * @ko 소프트맥스의 로그를 구합니다. 확률이 0으로 뭉개지지 않습니다.
 */
export function logSoftmax(logits: Numbers, options: SoftmaxOptions = {}): tf.Tensor {
  return alongAxis(logits, { ...options, where: "logSoftmax", compute: (last) => tf.logSoftmax(last) });
}

/** Brings the axis to the last place, where TensorFlow.js wants it, and back. */
function alongAxis(
  logits: Numbers,
  { axis = -1, where, compute }: SoftmaxOptions & { where: string; compute: (last: tf.Tensor) => tf.Tensor },
): tf.Tensor {
  return tf.tidy(() => {
    const scores = toFloat(logits);
    checkInteger(axis, { where, what: "axis", min: -scores.rank, max: scores.rank - 1 });
    const [place, last] = [(axis + scores.rank) % scores.rank, scores.rank - 1];
    if (place === last) return compute(scores);
    const order = scores.shape.map((_, dimension) => dimension);
    [order[place], order[last]] = [order[last], order[place]];
    return tf.transpose(compute(tf.transpose(scores, order)), order); // swapped twice: the shape of `logits`
  });
}
