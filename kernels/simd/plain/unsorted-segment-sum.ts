import * as tf from "@tensorflow/tfjs";
import { wasmKernel } from "./wasm-kernel.ts";

/**
 * Adds up the rows that belong together: out[s] = Σ x[i] over all i with segmentIds[i] = s.
 *
 * x [n, …], segmentIds [n] int32 → out [numSegments, …]. An id outside 0 … numSegments − 1 counts for nothing. It is
 * the gradient of gathering rows: each row of an embedding gets the sum of what came back for its token.
 */
export const unsortedSegmentSum: tf.KernelConfig = wasmKernel<
  { x: tf.TensorInfo; segmentIds: tf.TensorInfo },
  tf.UnsortedSegmentSumAttrs
>(tf.UnsortedSegmentSum, ({ inputs: { x, segmentIds }, attrs: { numSegments }, backend }) => {
  const out = backend.makeOutput([numSegments, ...x.shape.slice(segmentIds.shape.length)], x.dtype);
  const [rows, ids, sums] = [x, segmentIds, out].map((tensor) => backend.typedArrayFromHeap(tensor));
  const width = numSegments === 0 ? 0 : sums.length / numSegments;
  sums.fill(0);
  for (let row = 0; row < ids.length; row++) {
    const segment = ids[row];
    if (segment < 0 || segment >= numSegments) continue;
    for (let from = row * width, to = segment * width, end = to + width; to < end; from++, to++) {
      sums[to] += rows[from];
    }
  }
  return out;
});
