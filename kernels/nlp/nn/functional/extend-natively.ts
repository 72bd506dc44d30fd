import * as tf from "@tensorflow/tfjs";
import { extendLayer, type ExtendedLayer, type LayerOperands } from "../../../simd/index.ts";
import { nativeFor } from "./native.ts";

/**
 * A Transformer's layer on the next positions in one native call, for evaluation: it has no gradient. Undefined where it
 * cannot be (another backend, gradients wanted, shapes that do not fit); then operations do it one by one, and say
 * what is wrong.
 */
export function maybeExtendNatively(operands: LayerOperands): ExtendedLayer | undefined {
  const { x, past, memory, padding, memoryPadding, selfIn } = operands;
  const tensors = [
    ...[x, past?.key, past?.value, memory?.key, memory?.value, padding, memoryPadding],
    ...[selfIn.weight, selfIn.bias],
  ];
  const native = nativeFor(...tensors);
  if (!native || tf.engine().state.gradientDepth > 0) return undefined;
  if (tensors.some((tensor) => tensor?.isDisposed) || !fits(operands)) return undefined;
  return extendLayer(native, operands);
}

function fits({ x, heads, past, parents, padding, memory, memoryPadding, selfIn }: LayerOperands): boolean {
  const [rows, time, size] = x.shape;
  if (x.rank !== 3 || x.size === 0 || selfIn.weight.shape[1] !== size) return false;
  const [rowsBefore, , before = 0] = past?.key.shape ?? [rows];
  const [, , memoryTime] = memory?.key.shape ?? [];
  const headSize = size / heads;
  const places = parents ?? Array.from({ length: rows }, (_, row) => row);
  return (
    places.length === rows &&
    places.every((row) => row >= 0 && row < rowsBefore) &&
    hasShape(past?.key, [rowsBefore, heads, before, headSize]) &&
    hasShape(past?.value, [rowsBefore, heads, before, headSize]) &&
    hasShape(padding, [rows, before + time]) &&
    hasShape(memory?.key, [rows, heads, memoryTime, headSize]) &&
    hasShape(memory?.value, [rows, heads, memoryTime, headSize]) &&
    hasShape(memoryPadding, [rows, memoryTime])
  );
}

/** An absent tensor has any shape. */
function hasShape(tensor: tf.Tensor | undefined, expected: readonly (number | undefined)[]): boolean {
  if (!tensor) return true;
  return tensor.rank === expected.length && tensor.shape.every((length, index) => length === expected[index]);
}
