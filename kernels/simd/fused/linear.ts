import type * as tf from "@tensorflow/tfjs";
import { sizeOf, type Native } from "../native.ts";

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
  product(native, { transposeB: 1, m: n, n: outputs, k: inputs, a: x, b: weight, c: y, bias });
  return {
    value: native.tensor(y),
    saved: { x, weight },
    gradient(g: tf.Tensor, { x, weight }: { readonly x: tf.Tensor; readonly weight: tf.Tensor }) {
      return {
        x() {
          const dx = native.output([...leading, inputs]);
          product(native, { m: n, n: inputs, k: outputs, a: g, b: weight, c: dx });
          return native.tensor(dx);
        },
        weight() {
          const dWeight = native.output([outputs, inputs]);
          product(native, { transposeA: 1, m: outputs, n: inputs, k: n, a: g, b: x, c: dWeight });
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

interface ProductSetting {
  readonly transposeA?: number;
  readonly transposeB?: number;
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly a: tf.TensorInfo;
  readonly b: tf.TensorInfo;
  readonly c: tf.TensorInfo;
  readonly bias?: tf.TensorInfo;
}

/** C = A · B of whole tensors. */
export function product(native: Native, setting: ProductSetting): void {
  const { transposeA = 0, transposeB = 0, m, n, k, a, b, c, bias } = setting;
  native.run.gemm(
    1,
    0,
    0,
    0,
    transposeA,
    transposeB,
    m,
    n,
    k,
    native.address(a),
    transposeA ? m : k,
    native.address(b),
    transposeB ? k : n,
    native.address(c),
    n,
    native.maybeAddress(bias),
    0,
  );
}
