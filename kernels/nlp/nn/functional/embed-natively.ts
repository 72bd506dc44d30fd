import * as tf from "@tensorflow/tfjs";
import { embedTokens, type EmbedOperands } from "../../../simd/index.ts";
import { nativeFor } from "./native.ts";

/**
 * Tokens and their positions as normed vectors in one native call, for evaluation: it has no gradient. Undefined where it
 * cannot be (another backend, gradients wanted, ids or places that are not there); then operations do it one by one, and
 * say what is wrong.
 */
export function maybeEmbedNatively(operands: EmbedOperands): tf.Tensor | undefined {
  const { ids, tokens, positions, norm } = operands;
  const tables = [tokens, positions, norm.weight, norm.bias];
  const native = nativeFor(...tables);
  if (!native || tf.engine().state.gradientDepth > 0) return undefined;
  if ([ids, ...tables].some((tensor) => tensor?.isDisposed) || !fits(operands)) return undefined;
  return embedTokens(native, operands);
}

function fits({ ids, tokens, positions, offset, norm }: EmbedOperands): boolean {
  const [vocabulary, size] = tokens.shape;
  if (ids.dtype !== "int32" || ids.rank !== 2 || ids.size === 0 || norm.weight.size !== size) return false;
  if (
    positions &&
    !(positions.shape[1] === size && offset >= 0 && offset + ids.shape[1]! <= positions.shape[0])
  )
    return false;
  const values = ids.dataSync();
  for (let index = 0; index < values.length; index++) {
    if (!(values[index] >= 0 && values[index] < vocabulary)) return false;
  }
  return true;
}
