import * as tf from "@tensorflow/tfjs";
import { gelu as nativeGelu } from "../../../simd/index.ts";
import { nativeFor } from "./native.ts";
import { withGradient } from "./with-gradient.ts";

/** The layer `GELU` as a function; the shape stays. */
export function gelu(x: tf.Tensor, { approximate }: { readonly approximate: "none" | "tanh" }): tf.Tensor {
  const native = nativeFor(x);
  if (native)
    return withGradient({ x }, () => nativeGelu(native, x, { approximate: approximate === "tanh" }));
  return tf.tidy(() => {
    const inner =
      approximate === "none"
        ? tf.erf(tf.div(x, Math.SQRT2))
        : tf.tanh(tf.mul(Math.sqrt(2 / Math.PI), tf.add(x, tf.mul(0.044715, tf.mul(x, tf.square(x))))));
    return tf.mul(tf.mul(x, 0.5), tf.add(1, inner));
  });
}
