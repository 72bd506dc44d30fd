import * as tf from "@tensorflow/tfjs";
import { withGradient } from "./with-gradient.ts";

/**
 * −log softmax(z)_y for each row z of the logits and its class y:
 *
 *     loss = log Σⱼ e^zⱼ − z_y        logits [n, classes], ids [n] → [n]
 *
 * Its gradient is what was predicted less what is true, g · (softmax(z) − onehot(y)). The logarithm of the sum needs no
 * exponential of its own: the largest probability is p = e^(max z) / Σ e^zⱼ, so log Σ e^zⱼ = max z − log p.
 */
export function softmaxCrossEntropy(logits: tf.Tensor, ids: ArrayLike<number>): tf.Tensor {
  const [n, classes] = logits.shape;
  return tf.tidy(() => {
    const labels = tf.tensor1d(Int32Array.from(ids), "int32");
    const places = tf.tensor2d(
      Int32Array.from({ length: 2 * n }, (_, index) => (index % 2 === 0 ? index / 2 : ids[(index - 1) / 2])),
      [n, 2],
      "int32",
    );
    return withGradient({ logits }, () => {
      const probabilities = tf.softmax(logits); // [n, classes]
      const behind = tf.sub(tf.max(logits, -1), tf.gatherND(logits, places)); // [n]: how far z_y is below the largest
      return {
        value: tf.sub(behind, tf.log(tf.max(probabilities, -1))),
        saved: { probabilities, labels },
        gradient: (g, { probabilities, labels }) => ({
          logits: tf.mul(
            tf.expandDims(g, 1),
            tf.sub(probabilities, tf.cast(tf.oneHot(labels, classes), "float32")),
          ),
        }),
      };
    });
  });
}

/**
 * The same where several classes share a row, each with its part t of the target:
 *
 *     loss = Σⱼ tⱼ · (log Σₖ e^zₖ − zⱼ)        logits and shares [n, classes] → [n]
 *
 * with the gradient g · (softmax(z) · Σ t − t).
 */
export function softmaxCrossEntropyOfShares(logits: tf.Tensor, shares: tf.Tensor): tf.Tensor {
  return withGradient({ logits }, () => {
    const probabilities = tf.softmax(logits); // [n, classes]
    const behind = tf.sub(tf.max(logits, -1, true), logits); // [n, classes]
    const losses = tf.sub(behind, tf.log(tf.max(probabilities, -1, true))); // [n, classes]
    return {
      value: tf.sum(tf.mul(shares, losses), -1),
      saved: { probabilities, shares },
      gradient: (g, { probabilities, shares }) => ({
        logits: tf.mul(tf.expandDims(g, 1), tf.sub(tf.mul(probabilities, tf.sum(shares, -1, true)), shares)),
      }),
    };
  });
}
