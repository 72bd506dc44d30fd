import type * as tf from "@tensorflow/tfjs";
import { sizeOf, UNARY, type Native } from "../native.ts";

/** x · Φ(x), or its formula with tanh, in one pass there and one back. */
export function gelu(native: Native, x: tf.Tensor, { approximate }: { readonly approximate: boolean }) {
  const y = native.output(x.shape);
  const which = approximate ? UNARY.geluTanh : UNARY.gelu;
  native.run.unary(which, native.address(x), native.address(y), sizeOf(x.shape));
  return {
    value: native.tensor(y),
    saved: { x },
    gradient(g: tf.Tensor, { x }: { readonly x: tf.Tensor }) {
      const dx = native.output(x.shape);
      native.run.geluGradient(
        Number(approximate),
        native.address(g),
        native.address(x),
        native.address(dx),
        sizeOf(x.shape),
      );
      return { x: native.tensor(dx) };
    },
  };
}
