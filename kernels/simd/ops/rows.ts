/** `tf.gather` and its gradient, `tf.unsortedSegmentSum`. */
import * as tf from "@tensorflow/tfjs";
import { sizeOf, type Native } from "../native.ts";
import type { Attributes, Inputs } from "./register.ts";

export function gatherV2(native: Native, { x, indices }: Inputs, attributes: Attributes) {
  const { axis, batchDims } = attributes as { axis: number; batchDims: number };
  if (batchDims !== 0 || x.dtype === "string" || indices.dtype !== "int32") return undefined;
  const [place] = tf.util.parseAxisParam(axis, x.shape);
  const rows = x.shape[place];
  const [before, after] = [x.shape.slice(0, place), x.shape.slice(place + 1)];
  const count = sizeOf(indices.shape);
  const ids = native.address(indices);
  for (const id of native.int32(ids, count)) {
    if (id < 0 || id >= rows) throw new Error(`GatherV2: the index value ${id} is not in [0, ${rows - 1}]`);
  }
  const output = native.output([...before, ...indices.shape, ...after], x.dtype);
  const bytes = sizeOf(after) * tf.util.bytesPerElement(x.dtype);
  native.run.gatherRows(native.address(x), ids, native.address(output), sizeOf(before), rows, count, bytes);
  return output;
}

export function unsortedSegmentSum(native: Native, { x, segmentIds }: Inputs, attributes: Attributes) {
  const { numSegments } = attributes as { numSegments: number };
  if ((x.dtype !== "float32" && x.dtype !== "int32") || segmentIds.dtype !== "int32") return undefined;
  const [count, rank] = [sizeOf(segmentIds.shape), segmentIds.shape.length];
  const rest = x.shape.slice(rank);
  const output = native.output([numSegments, ...rest], x.dtype);
  const sum = x.dtype === "float32" ? native.run.segmentSum : native.run.segmentSumInt;
  sum(
    native.address(x),
    native.address(segmentIds),
    native.address(output),
    count,
    sizeOf(rest),
    numSegments,
  );
  return output;
}
