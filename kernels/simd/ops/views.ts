/** Parts and repetitions of a tensor, each a walk through it in other steps: slice, split, unstack, tile, reverse. */
import * as tf from "@tensorflow/tfjs";
import { sizeOf, type Native } from "../native.ts";
import { loopsThrough } from "./loops.ts";
import type { Attributes, Inputs } from "./register.ts";

export function slice(native: Native, { x }: Inputs, attributes: Attributes) {
  if (x.dtype === "string") return undefined;
  const { begin, size } = attributes as { begin: number[]; size: number[] };
  const [from, sizes] = tf.slice_util.parseSliceParams(x as tf.Tensor, begin, size);
  return part(native, x, { from, sizes });
}

export function splitV(native: Native, { x }: Inputs, attributes: Attributes) {
  if (x.dtype === "string") return undefined;
  const { numOrSizeSplits, axis } = attributes as { numOrSizeSplits: number | number[]; axis: number };
  const [place] = tf.util.parseAxisParam(axis, x.shape);
  const from = x.shape.map(() => 0);
  return tf.backend_util.prepareSplitSize(x as tf.Tensor, numOrSizeSplits, place).map((length) => {
    const sizes = x.shape.map((size, dimension) => (dimension === place ? length : size));
    const output = part(native, x, { from, sizes });
    from[place] += length;
    return output;
  });
}

export function unpack(native: Native, { value }: Inputs, attributes: Attributes) {
  if (value.dtype === "string") return undefined;
  const [place] = tf.util.parseAxisParam((attributes as { axis: number }).axis, value.shape);
  const shape = value.shape.filter((_, dimension) => dimension !== place);
  const sizes = value.shape.map((size, dimension) => (dimension === place ? 1 : size));
  return Array.from({ length: value.shape[place] }, (_, index) => {
    const from = value.shape.map((_, dimension) => (dimension === place ? index : 0));
    return { ...part(native, value, { from, sizes }), shape };
  });
}

export function concat(native: Native, inputs: Inputs, attributes: Attributes) {
  const parts = Object.values(inputs);
  if (parts.some(({ dtype }) => dtype === "string")) return undefined;
  const [place] = tf.util.parseAxisParam((attributes as { axis: number }).axis, parts[0].shape);
  const shapes = parts.map(({ shape }) => shape);
  tf.backend_util.assertParamsConsistent(shapes, place);
  return join(native, parts, { shape: tf.backend_util.computeOutShape(shapes, place), place });
}

export function pack(native: Native, inputs: Inputs, attributes: Attributes) {
  const parts = Object.values(inputs);
  if (parts.some(({ dtype }) => dtype === "string")) return undefined;
  for (const part of parts) {
    tf.util.assertShapesMatch(parts[0].shape, part.shape, "Error in stack: ");
    tf.util.assert(
      part.dtype === parts[0].dtype,
      () => `Error in stack: the first tensor is of type ${parts[0].dtype}, another of type ${part.dtype}.`,
    );
  }
  const shape = [...parts[0].shape];
  const [place] = tf.util.parseAxisParam((attributes as { axis: number }).axis, [...shape, 1]);
  shape.splice(place, 0, parts.length);
  return join(native, parts, { shape, place });
}

/** The parts side by side in dimension `place` of what they become. */
function join(
  native: Native,
  parts: readonly tf.TensorInfo[],
  { shape, place }: { readonly shape: readonly number[]; readonly place: number },
): tf.TensorInfo {
  const output = native.output(shape, parts[0].dtype);
  const rows = sizeOf(shape.slice(0, place));
  const width = tf.util.bytesPerElement(output.dtype);
  const row = sizeOf(shape.slice(place)) * width;
  let to = native.address(output);
  for (const part of parts) {
    const bytes = rows === 0 ? 0 : (sizeOf(part.shape) / rows) * width;
    native.run.copyRows(native.address(part), to, rows, bytes, bytes, row);
    to += bytes;
  }
  return output;
}

export function tile(native: Native, { x }: Inputs, attributes: Attributes) {
  if (x.dtype === "string") return undefined;
  const { reps } = attributes as { reps: number[] };
  const strides = tf.util.computeStrides([...x.shape, 1]);
  const output = native.output(
    x.shape.map((size, dimension) => size * reps[dimension]),
    x.dtype,
  );
  // [3, 2] twice along each dimension is [2, 3, 2, 2] in which the repetitions are steps of 0.
  walk(native, x, {
    output,
    shape: x.shape.flatMap((size, dimension) => [reps[dimension], size]),
    strides: strides.flatMap((stride) => [0, stride]),
  });
  return output;
}

export function reverse(native: Native, { x }: Inputs, attributes: Attributes) {
  if (x.dtype === "string") return undefined;
  const axes = tf.util.parseAxisParam((attributes as { dims: number | number[] }).dims, x.shape);
  const strides = tf.util.computeStrides([...x.shape, 1]);
  const output = native.output(x.shape, x.dtype);
  walk(native, x, {
    output,
    start: axes.reduce((start, axis) => start + (x.shape[axis] - 1) * strides[axis], 0),
    shape: x.shape,
    strides: strides.map((stride, dimension) => (axes.includes(dimension) ? -stride : stride)),
  });
  return output;
}

function part(
  native: Native,
  x: tf.TensorInfo,
  { from, sizes }: { readonly from: readonly number[]; readonly sizes: readonly number[] },
): tf.TensorInfo {
  const strides = tf.util.computeStrides([...x.shape, 1]);
  const output = native.output(sizes, x.dtype);
  const start = from.reduce((sum, place, dimension) => sum + place * strides[dimension], 0);
  walk(native, x, { output, start, shape: sizes, strides });
  return output;
}

interface Walk {
  readonly output: tf.TensorInfo;
  /** The element of x with which it begins. Default 0. */
  readonly start?: number;
  readonly shape: readonly number[];
  /** In elements of x. */
  readonly strides: readonly number[];
}

function walk(native: Native, x: tf.TensorInfo, { output, start = 0, shape, strides }: Walk): void {
  if (sizeOf(shape) === 0) return;
  const { sizes, steps } = loopsThrough(shape, [strides]);
  const rank = sizes.length;
  const width = tf.util.bytesPerElement(x.dtype);
  const from = native.address(x) + start * width;
  const to = native.address(output);
  if (rank <= 2 && (steps[0].at(-1) ?? 1) === 1) {
    const [rows, row] = rank === 2 ? [sizes[0], steps[0][0]] : [1, 0];
    const bytes = (sizes.at(-1) ?? 1) * width;
    native.run.copyRows(from, to, rows, bytes, row * width, bytes);
    return;
  }
  native.withInts([...sizes, ...steps[0]], (address) =>
    native.run.copyStrided(from, to, rank, address, address + rank * 4, width),
  );
}
