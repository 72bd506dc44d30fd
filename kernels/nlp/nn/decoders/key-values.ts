/** The caches of all layers: what is done with them from step to step. */
import type * as tf from "@tensorflow/tfjs";
import type { KeyValues } from "../layers/multihead-attention.ts";
import { takeRows } from "./decoder-state.ts";

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

export function takeKeyValues({ key, value }: KeyValues, rows: readonly number[]): KeyValues {
  const [ownKey, ownValue] = takeRows([key, value], rows);
  return { key: ownKey, value: ownValue };
}
