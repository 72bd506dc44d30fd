import * as tf from "@tensorflow/tfjs";

/** The scores of a linear chain. Tensors: transitions [labels, labels] (from, to), start and end [labels]. */
export interface ChainScores {
  readonly transitions: tf.Tensor;
  readonly start: tf.Tensor;
  readonly end: tf.Tensor;
}

export interface ChainSums {
  /** log of the sum over all ways to reach a label at a step, that step's emission included: [batch, time, labels]. */
  readonly alpha: tf.Tensor;
  /** log of the sum over all ways to go on from there to the end: [batch, time, labels]. */
  readonly beta: tf.Tensor;
  /** log Z, of the sum over all sequences: [batch]. */
  readonly logPartition: tf.Tensor;
}

/**
 * Sums over all sequences of labels, of which there are labels^time, in time · labels² steps:
 *
 *     α₁(j) = start(j) + e₁(j)           αₜ(j) = log Σᵢ exp(αₜ₋₁(i) + transitions(i, j)) + eₜ(j)
 *     β_T(i) = end(i)                    βₜ(i) = log Σⱼ exp(transitions(i, j) + eₜ₊₁(j) + βₜ₊₁(j))
 *     log Z = log Σⱼ exp(α_T(j) + end(j))
 *
 * emissions e [batch, time, labels]; `lengths`, T, says where each sequence ends: [batch], each at least 1. Source: L.
 * Baum and L. Welch's algorithm as told by L. Rabiner, "A Tutorial on Hidden Markov Models", 1989; for conditional random
 * fields J. Lafferty et al., 2001. No gradient passes through: it is what gradients are made of (see `chainLoss`).
 */
export function forwardBackward(
  emissions: tf.Tensor,
  { transitions, start, end, lengths }: ChainScores & { readonly lengths: readonly number[] },
): ChainSums {
  const time = emissions.shape[1] as number;
  return tf.tidy(() => {
    const steps = tf.unstack(emissions, 1); // [batch, labels] each
    const alphas = [tf.add(steps[0], start)];
    for (let t = 1; t < time; t++) {
      const ways = tf.add(tf.expandDims(alphas[t - 1], 2), transitions); // [batch, from, to]
      const next = tf.add(logSum(ways, 1), steps[t]);
      alphas.push(
        choose(
          lengths.map((length) => t < length),
          next,
          alphas[t - 1],
        ),
      );
    }
    const last = tf.add(alphas[time - 1], end); // [batch, labels]; after its end a sequence's α stays
    const ends = tf.add(tf.zerosLike(last), end);
    const betas = [ends];
    for (let t = time - 2; t >= 0; t--) {
      const after = tf.add(steps[t + 1], betas[0]); // [batch, to]
      const before = logSum(tf.add(transitions, tf.expandDims(after, 1)), 2); // [batch, from]
      betas.unshift(
        choose(
          lengths.map((length) => t < length - 1),
          before,
          ends,
        ),
      );
    }
    return { alpha: tf.stack(alphas, 1), beta: tf.stack(betas, 1), logPartition: logSum(last, 1) };
  });
}

/** Row by row the first where the flag is true, else the second: [batch, labels]. */
function choose(flags: readonly boolean[], first: tf.Tensor, second: tf.Tensor): tf.Tensor {
  if (flags.every(Boolean)) return first;
  return tf.where(tf.tensor2d([...flags], [flags.length, 1], "bool"), first, second);
}

/** log Σ exp along an axis, the largest taken out first. */
function logSum(scores: tf.Tensor, axis: number): tf.Tensor {
  const largest = tf.max(scores, axis, true);
  return tf.add(tf.log(tf.sum(tf.exp(tf.sub(scores, largest)), axis)), tf.squeeze(largest, [axis]));
}
