/** The caches of all layers: what is done with them from step to step. */
import type * as tf from "@tensorflow/tfjs";
import type { KeyValues } from "../layers/multihead-attention.ts";

/**
 * Keys and values of what has been written, a pair a layer, and for each row the row of them that it goes on from. To put
 * rows into another order is then to put numbers into another order; the layers take what they need as they go on.
 */
export interface Past {
  readonly layers: readonly KeyValues[];
  readonly parents: readonly number[];
}

export function reorderPast({ layers, parents }: Past, rows: readonly number[]): Past {
  return { layers, parents: rows.map((row) => parents[row]) };
}

export function toPast(layers: readonly KeyValues[], rows: number): Past {
  return { layers, parents: Array.from({ length: rows }, (_, row) => row) };
}

export function tensorsOf({ key, value }: KeyValues): tf.Tensor[] {
  return [key, value];
}

/** [key, value, key, value, …] as one pair a layer. */
export function pairUp(tensors: readonly tf.Tensor[]): KeyValues[] {
  return Array.from({ length: tensors.length / 2 }, (_, layer) => ({
    key: tensors[2 * layer],
    value: tensors[2 * layer + 1],
  }));
}
