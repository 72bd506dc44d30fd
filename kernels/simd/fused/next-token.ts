import type * as tf from "@tensorflow/tfjs";
import { sizeOf, type Native } from "../native.ts";

/** The logits of the token after each row, and what makes log-probabilities of them. */
export interface NextTokenLogits {
  /** [rows · vocabulary] */
  readonly logits: Float32Array;
  /** log Σ e^logit of each row; NaN or +Infinity where one of its logits is. */
  readonly logSumExps: Float64Array;
}

/** Of logits [..., vocabulary] that have been computed. */
export function readNextTokenLogits(native: Native, logits: tf.Tensor): NextTokenLogits {
  const vocabulary = logits.shape[logits.rank - 1];
  const rows = sizeOf(logits.shape.slice(0, -1));
  return native.withBytes(sumsBytes(rows), (sums) =>
    readLogits(native, { logits: native.address(logits), sums, rows, vocabulary }),
  );
}

/** What `readLogits` needs to work. */
export function sumsBytes(rows: number): number {
  return rows * 16;
}

export interface LogitsPlaces {
  /** Addresses: [rows, vocabulary], and room for `sumsBytes`. */
  readonly logits: number;
  readonly sums: number;
  readonly rows: number;
  readonly vocabulary: number;
}

export function readLogits(
  native: Native,
  { logits, sums, rows, vocabulary }: LogitsPlaces,
): NextTokenLogits {
  native.run.sumExps(logits, sums, rows, vocabulary);
  const found = native.float64(sums, 2 * rows);
  const logSumExps = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const largest = found[2 * row];
    logSumExps[row] = largest === -Infinity ? -Infinity : largest + Math.log(found[2 * row + 1]);
  }
  return { logits: native.float32(logits, rows * vocabulary).slice(), logSumExps };
}
