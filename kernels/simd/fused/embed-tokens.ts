import type * as tf from "@tensorflow/tfjs";
import type { Native } from "../native.ts";

export interface EmbedOperands {
  /** [rows, time] int32; each the number of a row of `tokens`. */
  readonly ids: tf.Tensor;
  /** [vocabulary, size] */
  readonly tokens: tf.Tensor;
  /** [positions, size], of which those from `offset` on are added. Absent: none. */
  readonly positions?: tf.Tensor;
  readonly offset: number;
  readonly norm: { readonly weight: tf.Tensor; readonly bias: tf.Tensor; readonly eps: number };
}

/** norm(tokens[id] + positions[offset + t]) in one call, without a way back: [rows, time, size]. */
export function embedTokens(
  native: Native,
  { ids, tokens, positions, offset, norm }: EmbedOperands,
): tf.Tensor {
  const [rows, time] = ids.shape as [number, number];
  const size = tokens.shape[1]!;
  const y = native.output([rows, time, size]);
  native.withBytes(rows * time * 8, (statistics) =>
    native.run.embed(
      native.address(ids),
      native.address(tokens),
      positions ? native.address(positions) + offset * size * 4 : 0,
      native.address(norm.weight),
      native.address(norm.bias),
      native.address(y),
      statistics,
      rows * time,
      time,
      size,
      norm.eps,
    ),
  );
  return native.tensor(y);
}
