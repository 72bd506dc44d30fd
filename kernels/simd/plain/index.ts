/**
 * Kernels in plain JavaScript for TensorFlow.js's wasm backend: those that it lacks, without which an embedding cannot
 * be trained, and those whose own form copies a whole tensor for each piece that is cut out of it.
 */
import * as tf from "@tensorflow/tfjs";
import { slice, splitV, unpack } from "./slice.ts";
import { unsortedSegmentSum } from "./unsorted-segment-sum.ts";

/** To be called once the wasm backend has started, before it computes; a second call changes nothing. */
export function registerPlainKernels(): void {
  for (const kernel of [unsortedSegmentSum, slice, splitV, unpack]) {
    const { kernelName, backendName } = kernel;
    const present = tf.getKernel(kernelName, backendName);
    if (present === kernel) continue;
    if (present) tf.unregisterKernel(kernelName, backendName);
    tf.registerKernel(kernel);
  }
}
