/**
 * Cutting a tensor into pieces, also into one: `tf.unstack` and `tf.split` have no gradient when only a single piece
 * comes out.
 */
import * as tf from "@tensorflow/tfjs";

/** [n, …] → n tensors […] */
export function unstack(tensor: tf.Tensor): tf.Tensor[] {
  return tensor.shape[0] === 1 ? [tf.squeeze(tensor, [0])] : tf.unstack(tensor);
}

/** [..., n · size] → n tensors [..., size] */
export function splitLast(tensor: tf.Tensor, n: number): tf.Tensor[] {
  return n === 1 ? [tensor] : tf.split(tensor, n, -1);
}
