import type * as tf from "@tensorflow/tfjs";
import type { Native } from "../native.ts";
import type { NormWeights } from "./weights.ts";

export interface EmbedWeights {
  /** [vocabulary, size] */
  readonly tokens: tf.Tensor;
  /** [positions, size]. Absent: none are added. */
  readonly positions?: tf.Tensor;
  readonly norm: NormWeights;
}

export interface EmbedOperands extends EmbedWeights {
  /** [rows, time] int32; each the number of a row of `tokens`. */
  readonly ids: tf.Tensor;
  /** The first of the `positions` that are added. */
  readonly offset: number;
}

/** norm(tokens[id] + positions[offset + t]) in one call, without a way back: [rows, time, size]. */
export function embedTokens(native: Native, { ids, offset, ...weights }: EmbedOperands): tf.Tensor {
  const [rows, time] = ids.shape as [number, number];
  const y = native.output([rows, time, weights.tokens.shape[1]!]);
  native.withBytes(rows * time * 8, (statistics) =>
    runEmbed(native, weights, {
      ids: native.address(ids),
      y: native.address(y),
      statistics,
      rows,
      time,
      offset,
    }),
  );
  return native.tensor(y);
}

export interface EmbedPlaces {
  /** Addresses: [rows, time] int32, [rows, time, size], and room for two floats a position. */
  readonly ids: number;
  readonly y: number;
  readonly statistics: number;
  readonly rows: number;
  readonly time: number;
  readonly offset: number;
}

export function runEmbed(
  native: Native,
  { tokens, positions, norm }: EmbedWeights,
  { ids, y, statistics, rows, time, offset }: EmbedPlaces,
): void {
  const size = tokens.shape[1]!;
  native.run.embed(
    ids,
    native.address(tokens),
    positions ? native.address(positions) + offset * size * 4 : 0,
    native.address(norm.weight),
    native.address(norm.bias),
    y,
    statistics,
    rows * time,
    time,
    size,
    norm.eps,
  );
}
