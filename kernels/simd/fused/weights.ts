import type * as tf from "@tensorflow/tfjs";

/** A weight and its bias: of a product [out, in] and [out], of a layer norm [size] each. */
export interface Weighted {
  readonly weight: tf.Tensor;
  readonly bias?: tf.Tensor;
}

/** Of a layer norm, [size] each. */
export interface NormWeights extends Required<Weighted> {
  readonly eps: number;
}
