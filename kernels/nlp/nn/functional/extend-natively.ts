/**
 * A Transformer on the next positions in one native call, for evaluation: there is no gradient. The functions give undefined
 * where it cannot be (another backend, gradients wanted, shapes that do not fit); then operations do it one by one, and say
 * what is wrong.
 */
import type * as tf from "@tensorflow/tfjs";
import {
  extendDecoder,
  extendLayer,
  type DecoderOperands,
  type ExtendedDecoder,
  type ExtendedLayer,
  type LayerOperands,
} from "../../../simd/index.ts";
import { fitsEmbeddings, hasTokens, tablesOf } from "./embed-natively.ts";
import { nativeInEvaluation } from "./native.ts";

/** One layer. */
export function maybeExtendNatively(x: tf.Tensor, operands: LayerOperands): ExtendedLayer | undefined {
  const native = nativeInEvaluation(x, ...operandsOf(operands));
  if (!native || x.rank !== 3 || x.size === 0) return undefined;
  return fitsLayer(operands, x.shape as [number, number, number])
    ? extendLayer(native, x, operands)
    : undefined;
}

/** All of a decoder, from ids to logits. */
export function maybeExtendDecoderNatively(operands: DecoderOperands): ExtendedDecoder | undefined {
  const { ids, offset, embeddings, layers, norm, head } = operands;
  const native = nativeInEvaluation(
    ...tablesOf(embeddings),
    ...[norm?.weight, norm?.bias, head.weight, head.bias],
    ...layers.flatMap(operandsOf),
  );
  if (!native) return undefined;
  const [rows, time, size] = [ids.length, ids[0].length, embeddings.tokens.shape[1]!];
  const fits =
    ids.every((row) => row.length === time && hasTokens(embeddings, row)) &&
    fitsEmbeddings(embeddings, { time, offset }) &&
    layers.every((layer) => fitsLayer(layer, [rows, time, size])) &&
    head.weight.shape[1] === size;
  return fits ? extendDecoder(native, operands) : undefined;
}

function operandsOf({
  past,
  memory,
  padding,
  memoryPadding,
  selfIn,
}: LayerOperands): (tf.Tensor | undefined)[] {
  return [
    ...[past?.key, past?.value, memory?.key, memory?.value],
    ...[padding, memoryPadding, selfIn.weight, selfIn.bias],
  ];
}

function fitsLayer(
  { heads, past, parents, padding, memory, memoryPadding, selfIn }: LayerOperands,
  [rows, time, size]: readonly [number, number, number],
): boolean {
  if (selfIn.weight.shape[1] !== size) return false;
  const [rowsBefore, , before = 0] = past?.key.shape ?? [rows];
  const [, , memoryTime] = memory?.key.shape ?? [];
  const headSize = size / heads;
  return (
    (parents
      ? parents.length === rows && parents.every((row) => row >= 0 && row < rowsBefore)
      : rows === rowsBefore) &&
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
