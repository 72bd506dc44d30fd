/** Softmax over plain arrays: what `gongbu/nn` does with tensors, for one row. */

/** log Σ e^xᵢ, the largest xᵢ subtracted first; −Infinity where nothing is possible. */
export function logSumExp(values: ArrayLike<number>): number {
  let largest = -Infinity;
  for (let i = 0; i < values.length; i++) if (values[i] > largest) largest = values[i];
  if (largest === -Infinity) return -Infinity;
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += Math.exp(values[i] - largest);
  return largest + Math.log(sum);
}

/** e^xᵢ / Σ e^xⱼ. A row in which nothing is possible gives zeros. */
export function toProbabilities(scores: Float64Array): Float64Array {
  const total = logSumExp(scores);
  return scores.map((score) => (total === -Infinity ? 0 : Math.exp(score - total)));
}
