import * as tf from "@tensorflow/tfjs";
import type { Native } from "../native.ts";

export interface CrossEntropyOperands {
  /** [n, classes] */
  readonly logits: tf.Tensor;
  /** [n], each a class or `ignoreIndex`. */
  readonly ids: ArrayLike<number>;
  /** [classes] */
  readonly weight?: readonly number[];
  readonly ignoreIndex: number;
  /** ε */
  readonly labelSmoothing: number;
}

/**
 * −w_y · log softmax(z)_y of each row, [n], without ever writing the softmax down: the way back finds it from log Σ e^z.
 */
export function crossEntropy(native: Native, operands: CrossEntropyOperands) {
  const { logits, ids, weight, ignoreIndex, labelSmoothing } = operands;
  const [n, classes] = logits.shape as [number, number];
  const labels = tf.tensor1d(Int32Array.from(ids), "int32");
  const weights = weight && tf.tensor1d([...weight]);
  const [losses, logSums] = [native.output([n]), native.output([n, 2])];
  native.run.crossEntropy(
    native.address(logits),
    native.address(labels),
    native.maybeAddress(weights),
    native.address(losses),
    native.address(logSums),
    n,
    classes,
    ignoreIndex,
    labelSmoothing,
  );
  return {
    value: native.tensor(losses),
    saved: { logits, labels, logSums: native.tensor(logSums), weights: weights ? [weights] : [] },
    gradient(
      g: tf.Tensor,
      saved: Readonly<Record<"logits" | "labels" | "logSums", tf.Tensor>> & {
        readonly weights: readonly tf.Tensor[];
      },
    ) {
      const dLogits = native.output([n, classes]);
      native.run.crossEntropyGradient(
        native.address(g),
        native.address(saved.logits),
        native.address(saved.labels),
        native.maybeAddress(saved.weights[0]),
        native.address(saved.logSums),
        native.address(dLogits),
        n,
        classes,
        ignoreIndex,
        labelSmoothing,
      );
      return { logits: native.tensor(dLogits) };
    },
  };
}
