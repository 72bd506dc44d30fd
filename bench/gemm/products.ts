/** Matrix products of the shapes that a small Transformer and an LSTM have, in all four transposes. */
import * as tf from "@tensorflow/tfjs";

export interface ProductRequest {
  readonly kind: "products";
  /** [m, k, n] */
  readonly sizes: readonly [number, number, number];
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  readonly ms: number;
}

/** Milliseconds of one product, measured over and over for the time given. */
export function measureProducts({ sizes: [m, k, n], transposeA, transposeB, ms }: ProductRequest): number[] {
  const a = tf.randomNormal(transposeA ? [k, m] : [m, k]) as tf.Tensor2D;
  const b = tf.randomNormal(transposeB ? [n, k] : [k, n]) as tf.Tensor2D;
  // Of small products several are timed together: the clock of a browser is coarse.
  const together = Math.max(1, Math.ceil(2e7 / (m * n * k)));
  const times: number[] = [];
  const end = performance.now() + ms;
  while (times.length < 3 || performance.now() < end) {
    const start = performance.now();
    for (let index = 0; index < together; index++) tf.matMul(a, b, transposeA, transposeB).dispose();
    times.push((performance.now() - start) / together);
  }
  tf.dispose([a, b]);
  return times;
}
