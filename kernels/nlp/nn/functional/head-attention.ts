import * as tf from "@tensorflow/tfjs";
import { attention, type AttentionOperands, type Native } from "../../../simd/index.ts";
import { checkMask, type AttentionMasks } from "./attention.ts";
import { withGradient } from "./with-gradient.ts";

/** The heads' queries, keys and values where the projections left them, side by side in rows of [batch, time, width]. */
export type Projections = Pick<AttentionOperands, "tensors" | "query" | "key" | "value">;

export interface AttendHeadsOptions
  extends Projections, AttentionMasks, Pick<AttentionOperands, "heads" | "size" | "dropout"> {}

/**
 * `scaledDotProductAttention` with all heads' outputs side by side, [batch, query, heads · size], in one native function:
 * nothing is cut, turned or joined, and no weights come out.
 */
export function attendHeads(
  native: Native,
  { keyPaddingMask, attnMask, causal, ...projected }: AttendHeadsOptions,
): tf.Tensor {
  const { tensors, query, key } = projected;
  const [batch, queries] = tensors[query.of].shape;
  const keys = tensors[key.of].shape[1] as number;
  if (keyPaddingMask) checkMask(keyPaddingMask, { what: "keyPaddingMask", expected: [batch, keys] });
  const [rows, columns] = attnMask?.shape.slice(-2) ?? [];
  if (attnMask && (attnMask.rank < 2 || rows !== queries || columns !== keys))
    checkMask(attnMask, { what: "attnMask", expected: [queries, keys] });
  return tf.tidy(() =>
    withGradient(tensors, () =>
      attention(native, {
        ...projected,
        causal,
        keyPaddingMask: keyPaddingMask && tf.cast(keyPaddingMask, "float32"),
        attnMask: attnMask && tf.cast(attnMask, "float32"),
      }),
    ),
  );
}
