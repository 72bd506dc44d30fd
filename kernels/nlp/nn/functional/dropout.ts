import * as tf from "@tensorflow/tfjs";
import { dropout as nativeDropout, type Dropped } from "../../../simd/index.ts";
import { nativeFor } from "./native.ts";
import { withGradient } from "./with-gradient.ts";

/** y = x · m / (1 − p), with m from `dropoutMask`; the shape stays. The mask is the same on every backend. */
export function dropout(x: tf.Tensor, dropped: Dropped): tf.Tensor {
  const native = nativeFor(x);
  if (native) return withGradient({ x }, () => nativeDropout(native, x, dropped));
  return tf.tidy(() => tf.mul(x, dropoutMask(x.shape, dropped)));
}

/**
 * What dropout multiplies with: 0 with probability p, else 1 / (1 − p), so that the mean stays 1.
 *
 * The layers draw a hundred thousand of these numbers a step, so each comes from one cheap hash of a seed and its own
 * place: MurmurHash3's finaliser over a counter, as in SplitMix32.
 */
export function dropoutMask(shape: readonly number[], { probability, seed }: Dropped): tf.Tensor {
  const mask = new Float32Array(shape.reduce((product, length) => product * length, 1));
  const kept = 1 / (1 - probability);
  const threshold = probability * 2 ** 32;
  let counter = seed | 0;
  for (let index = 0; index < mask.length; index++) {
    counter = (counter + 0x9e3779b9) | 0; // 2^32 / the golden ratio
    let hash = Math.imul(counter ^ (counter >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    if ((hash ^ (hash >>> 16)) >>> 0 >= threshold) mask[index] = kept;
  }
  return tf.tensor(mask, [...shape]);
}
