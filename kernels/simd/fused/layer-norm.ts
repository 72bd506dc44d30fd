import type * as tf from "@tensorflow/tfjs";
import { sizeOf, type Native } from "../native.ts";

export interface LayerNormOperands {
  /** [..., size] */
  readonly x: tf.Tensor;
  /** [size] */
  readonly weight: tf.Tensor;
  /** [size] */
  readonly bias: tf.Tensor;
  readonly eps: number;
}

/** y = (x − mean) / √(var + ε) · w + b in two passes over each row, which stays in the first-level cache: [..., size]. */
export function layerNorm(native: Native, { x, weight, bias, eps }: LayerNormOperands) {
  const [size] = weight.shape;
  const n = sizeOf(x.shape.slice(0, -1));
  const [y, statistics] = [native.output(x.shape), native.output([n, 2])];
  native.run.layerNorm(
    native.address(x),
    native.address(weight),
    native.address(bias),
    native.address(y),
    native.address(statistics),
    n,
    size,
    eps,
  );
  return {
    value: native.tensor(y),
    saved: { x, weight, statistics: native.tensor(statistics) },
    gradient(
      g: tf.Tensor,
      { x, weight, statistics }: Readonly<Record<"x" | "weight" | "statistics", tf.Tensor>>,
    ) {
      const [dx, dWeight, dBias] = [native.output(x.shape), native.zeros([size]), native.zeros([size])];
      native.run.layerNormGradient(
        native.address(g),
        native.address(x),
        native.address(weight),
        native.address(statistics),
        native.address(dx),
        native.address(dWeight),
        native.address(dBias),
        n,
        size,
      );
      return { x: native.tensor(dx), weight: native.tensor(dWeight), bias: native.tensor(dBias) };
    },
  };
}
