import type * as tf from "@tensorflow/tfjs";
import { sizeOf, type Native } from "../native.ts";

export interface Dropped {
  /** p: how likely a number is dropped. */
  readonly probability: number;
  /** Decides which, together with a number's place. 32 bits. */
  readonly seed: number;
}

/** Seed, threshold and factor as the kernels take them. */
export function toDropped(dropped: Dropped | undefined): [seed: number, threshold: number, scale: number] {
  if (!dropped || dropped.probability === 0) return [0, 0, 1];
  const { probability, seed } = dropped;
  return [seed | 0, Math.ceil(probability * 2 ** 32) | 0, 1 / (1 - probability)];
}

/** x · m / (1 − p), where m is never written down: the way back finds it anew from the seed. */
export function dropout(native: Native, x: tf.Tensor, dropped: Dropped) {
  const drop = (x: tf.Tensor) => {
    const y = native.output(x.shape);
    const [seed, threshold, scale] = toDropped(dropped);
    native.run.dropout(native.address(x), native.address(y), sizeOf(x.shape), 0, seed, threshold, scale);
    return native.tensor(y);
  };
  return { value: drop(x), saved: {}, gradient: (g: tf.Tensor) => ({ x: drop(g) }) };
}
