import type * as tf from "@tensorflow/tfjs";
import { maybeNative, type Native } from "../../../simd/index.ts";

/**
 * The native kernels of kernels/simd, where the backend has them and the tensors are floats: they do the work of several
 * operations at once and look at no type. Undefined elsewhere, and then TensorFlow.js's operations do it one by one.
 */
export function nativeFor(...tensors: readonly (tf.Tensor | undefined)[]): Native | undefined {
  return tensors.every((tensor) => tensor === undefined || tensor.dtype === "float32")
    ? maybeNative()
    : undefined;
}
