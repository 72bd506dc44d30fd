import type * as tf from "@tensorflow/tfjs";
import { sizeOf, type Native } from "../native.ts";
import { multiply } from "./product.ts";

export interface LinearOperands {
  /** [..., in] */
  readonly x: tf.Tensor;
  /** [out, in], as PyTorch has it. */
  readonly weight: tf.Tensor;
  /** [out] */
  readonly bias?: tf.Tensor;
}

/** y = x · Wᵀ + b, the bias added where a product is finished instead of in a pass of its own: [..., out]. */
export function linear(native: Native, { x, weight, bias }: LinearOperands) {
  const [outputs, inputs] = weight.shape as [number, number];
  const leading = x.shape.slice(0, -1);
  const n = sizeOf(leading);
  const y = native.output([...leading, outputs]);
  multiply(native, {
    ...{ transposeB: true, m: n, n: outputs, k: inputs },
    ...{
      a: native.address(x),
      b: native.address(weight),
      c: native.address(y),
      bias: native.maybeAddress(bias),
    },
  });
  return {
    value: native.tensor(y),
    saved: { x, weight },
    gradient(g: tf.Tensor, { x, weight }: { readonly x: tf.Tensor; readonly weight: tf.Tensor }) {
      return {
        x() {
          const dx = native.output([...leading, inputs]);
          multiply(native, {
            ...{ m: n, n: inputs, k: outputs },
            ...{ a: native.address(g), b: native.address(weight), c: native.address(dx) },
          });
          return native.tensor(dx);
        },
        weight() {
          const dWeight = native.output([outputs, inputs]);
          multiply(native, {
            ...{ transposeA: true, m: outputs, n: inputs, k: n },
            ...{ a: native.address(g), b: native.address(x), c: native.address(dWeight) },
          });
          return native.tensor(dWeight);
        },
        bias() {
          const dBias = native.output([outputs]);
          native.run.sumRows(native.address(g), native.address(dBias), n, outputs);
          return native.tensor(dBias);
        },
      };
    },
  };
}
