import * as tf from "@tensorflow/tfjs";
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

/** The same for functions that have no gradient: undefined also where one is wanted, and where a tensor has been disposed of. */
export function nativeInEvaluation(...tensors: readonly (tf.Tensor | undefined)[]): Native | undefined {
  if (tf.engine().state.gradientDepth > 0 || tensors.some((tensor) => tensor?.isDisposed)) return undefined;
  return nativeFor(...tensors);
}
