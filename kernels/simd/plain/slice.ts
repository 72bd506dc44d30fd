/**
 * Cutting tensors into pieces. TensorFlow.js's own kernels for wasm copy the whole tensor out of the wasm memory for each
 * piece: to take the 32 time steps of a batch one by one costs 30 ms. These copy each number once.
 */
import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { wasmKernel } from "./wasm-kernel.ts";

interface Piece {
  readonly begin: readonly number[];
  readonly size: readonly number[];
}

export const slice = wasmKernel<{ x: tf.TensorInfo }, tf.SliceAttrs>(
  tf.Slice,
  ({ inputs: { x }, attrs, backend }) => {
    const [begin, size] = tf.slice_util.parseSliceParams(x as tf.Tensor, attrs.begin, attrs.size);
    return cut(x, { begin, size }, backend);
  },
);

export const splitV = wasmKernel<{ x: tf.TensorInfo }, tf.SplitVAttrs>(
  tf.SplitV,
  ({ inputs: { x }, attrs, backend }) => {
    const [axis] = tf.util.parseAxisParam(attrs.axis, x.shape);
    const lengths = tf.backend_util.prepareSplitSize(x as tf.Tensor, attrs.numOrSizeSplits, axis);
    let start = 0;
    return lengths.map((length) => {
      const begin = x.shape.map((_, dimension) => (dimension === axis ? start : 0));
      const size = x.shape.map((whole, dimension) => (dimension === axis ? length : whole));
      start += length;
      return cut(x, { begin, size }, backend);
    });
  },
);

export const unpack = wasmKernel<{ value: tf.TensorInfo }, tf.UnpackAttrs>(
  tf.Unpack,
  ({ inputs: { value }, attrs, backend }) => {
    const [axis] = tf.util.parseAxisParam(attrs.axis, value.shape);
    const size = value.shape.map((length, dimension) => (dimension === axis ? 1 : length));
    return Array.from({ length: value.shape[axis] }, (_, place) => {
      const begin = value.shape.map((_, dimension) => (dimension === axis ? place : 0));
      const { dataId, dtype } = cut(value, { begin, size }, backend);
      return { dataId, dtype, shape: value.shape.filter((_, dimension) => dimension !== axis) };
    });
  },
);

function cut(x: tf.TensorInfo, { begin, size }: Piece, backend: BackendWasm): tf.TensorInfo {
  const out = backend.makeOutput([...size], x.dtype);
  if (x.dtype === "string") {
    // Strings are kept beside the wasm memory, as lists.
    const strings = backend.dataIdMap.get(x.dataId).stringBytes as Uint8Array[];
    const pieces: Uint8Array[] = [];
    eachRun(x.shape, { begin, size }, (start, length) =>
      pieces.push(...strings.slice(start, start + length)),
    );
    backend.dataIdMap.get(out.dataId).stringBytes = pieces;
    return out;
  }
  const [from, to] = [x, out].map((tensor) => backend.typedArrayFromHeap(tensor));
  let filled = 0;
  eachRun(x.shape, { begin, size }, (start, length) => {
    to.set(from.subarray(start, start + length), filled);
    filled += length;
  });
  return out;
}

/** The piece as runs of neighbouring numbers, in order: where each starts in the whole and how long it is. */
function eachRun(
  shape: readonly number[],
  { begin, size }: Piece,
  visit: (start: number, length: number) => void,
): void {
  if (size.includes(0)) return;
  const strides = tf.util.computeStrides([...shape]).concat(1);
  // Dimensions at the end that are taken whole lie in one run, together with the one before them.
  let inner = shape.length;
  while (inner > 0 && size[inner - 1] === shape[inner - 1]) inner -= 1;
  const outer = Math.max(0, inner - 1);
  const length = size.slice(outer).reduce((product, part) => product * part, 1);
  const place = begin.slice(0, outer);
  const tail = begin.slice(outer).reduce((sum, part, index) => sum + part * strides[outer + index], 0);
  for (;;) {
    visit(tail + place.reduce((sum, part, dimension) => sum + part * strides[dimension], 0), length);
    let dimension = outer - 1;
    while (dimension >= 0 && place[dimension] + 1 === begin[dimension] + size[dimension]) {
      place[dimension] = begin[dimension];
      dimension -= 1;
    }
    if (dimension < 0) return;
    place[dimension] += 1;
  }
}
