import type * as tf from "@tensorflow/tfjs";
import { embedTokens, type EmbedOperands, type EmbedWeights } from "../../../simd/index.ts";
import { nativeInEvaluation } from "./native.ts";

/**
 * Tokens and their positions as normed vectors in one native call, for evaluation: it has no gradient. Undefined where it
 * cannot be (another backend, gradients wanted, ids or places that are not there); then operations do it one by one, and
 * say what is wrong.
 */
export function maybeEmbedNatively(operands: EmbedOperands): tf.Tensor | undefined {
  const { ids, offset } = operands;
  if (ids.isDisposed || ids.dtype !== "int32" || ids.rank !== 2 || ids.size === 0) return undefined;
  const native = nativeInEvaluation(...tablesOf(operands));
  if (!native || !fitsEmbeddings(operands, { time: ids.shape[1]!, offset })) return undefined;
  return hasTokens(operands, ids.dataSync()) ? embedTokens(native, operands) : undefined;
}

export function tablesOf({ tokens, positions, norm }: EmbedWeights): (tf.Tensor | undefined)[] {
  return [tokens, positions, norm.weight, norm.bias];
}

export function fitsEmbeddings(
  { tokens, positions, norm }: EmbedWeights,
  { time, offset }: { readonly time: number; readonly offset: number },
): boolean {
  const size = tokens.shape[1];
  if (norm.weight.size !== size) return false;
  return !positions || (positions.shape[1] === size && offset >= 0 && offset + time <= positions.shape[0]);
}

export function hasTokens({ tokens }: EmbedWeights, ids: ArrayLike<number>): boolean {
  for (let index = 0; index < ids.length; index++) {
    if (!(ids[index] >= 0 && ids[index] < tokens.shape[0])) return false;
  }
  return true;
}
