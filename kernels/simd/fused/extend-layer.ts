import type * as tf from "@tensorflow/tfjs";
import { bitsOf, roundUp, type Address, type Native } from "../native.ts";
import type { Weighted } from "./weights.ts";

export interface LayerWeights {
  /** The projections to queries, keys and values, [3 · size, size]. */
  readonly selfIn: Weighted;
  readonly selfOut: Weighted;
  /** The same of the attention to the memory; of its projections the first is used. Absent where the layer has none. */
  readonly crossIn?: Weighted;
  readonly crossOut?: Weighted;
  readonly innerIn: Weighted;
  readonly innerOut: Weighted;
  readonly selfNorm: Weighted;
  readonly crossNorm?: Weighted;
  readonly innerNorm: Weighted;
}

/** A layer, and what it looks at beside the next positions themselves, x [rows, time, size]. */
export interface LayerOperands extends LayerWeights {
  readonly heads: number;
  /** Keys and values of the positions before, [rows before, heads, past, size / heads] each. */
  readonly past?: KeyAndValue;
  /** Row i goes on from row `parents[i]` of the past. Default: from its own. */
  readonly parents?: readonly number[];
  /** [rows, past + time] float32: not 0 on padding. */
  readonly padding?: tf.Tensor;
  /** Keys and values of the memory, [rows, heads, memory time, size / heads] each. */
  readonly memory?: KeyAndValue;
  /** [rows, memory time] float32: not 0 on padding. */
  readonly memoryPadding?: tf.Tensor;
  /** A position sees none after it. */
  readonly causal: boolean;
  readonly normFirst: boolean;
  readonly activation: "relu" | "gelu";
  readonly eps: number;
}

export interface KeyAndValue {
  readonly key: tf.Tensor;
  readonly value: tf.Tensor;
}

/** [rows, time, size], and the keys and values of all positions so far. */
export interface ExtendedLayer extends KeyAndValue {
  readonly output: tf.Tensor;
}

/** A Transformer's layer on the next positions of each row, in one call; without dropout, and without a way back. */
export function extendLayer(native: Native, x: tf.Tensor, operands: LayerOperands): ExtendedLayer {
  const [rows, time, size] = x.shape as [number, number, number];
  const shape = { rows, time, size };
  const y = native.output([rows, time, size]);
  const keyAndValue = native.withBytes(layerBytes(native, operands, shape), (work) =>
    runLayer(native, operands, { ...shape, x: native.address(x), y: native.address(y), work }),
  );
  return { output: native.tensor(y), ...keyAndValue };
}

interface PositionsShape {
  readonly rows: number;
  readonly time: number;
  readonly size: number;
}

/** What `runLayer` needs to work. */
export function layerBytes(
  native: Native,
  operands: LayerOperands,
  { rows, time, size }: PositionsShape,
): number {
  const [{ past, memory, heads }, inner] = [operands, operands.innerIn.weight.shape[0]];
  const keys = Math.max((past?.key.shape[2] ?? 0) + time, memory?.key.shape[2] ?? 0);
  return (
    parentsAt(0) + roundUp(rows * 4) + native.run.transformerLayerBytes(rows * time, size, inner, heads, keys)
  );
}

/** From x to y, addresses of [rows, time, size], which may be the same; gives the keys and values of all positions so far. */
export function runLayer(
  native: Native,
  operands: LayerOperands,
  {
    rows,
    time,
    size,
    x,
    y,
    work,
  }: PositionsShape & { readonly x: Address; readonly y: Address; readonly work: Address },
): KeyAndValue {
  const { heads, past, parents, padding, memory, memoryPadding, normFirst, activation, eps, causal } =
    operands;
  const before = past?.key.shape[2] ?? 0;
  const headSize = size / heads;
  const key = native.output([rows, heads, before + time, headSize]);
  const value = native.output([rows, heads, before + time, headSize]);
  const words = [
    x,
    y,
    native.maybeAddress(past?.key),
    native.maybeAddress(past?.value),
    parents ? parentsAt(work) : 0,
    native.address(key),
    native.address(value),
    native.maybeAddress(padding),
    native.maybeAddress(memory?.key),
    native.maybeAddress(memory?.value),
    native.maybeAddress(memoryPadding),
    rows,
    time,
    before,
    memory?.key.shape[2] ?? 0,
    heads,
    headSize,
    operands.innerIn.weight.shape[0],
    Number(normFirst),
    Number(activation === "gelu"),
    bitsOf(eps),
    bitsOf(1 / Math.sqrt(headSize)),
    parentsAt(work) + roundUp(rows * 4),
    Number(causal),
  ];
  for (const name of WEIGHTS) {
    const part = operands[name];
    words.push(native.maybeAddress(part?.weight), native.maybeAddress(part?.bias));
  }
  native.int32(work, words.length).set(words);
  if (parents) native.int32(parentsAt(work), rows).set(parents);
  native.run.transformerLayer(work);
  return { key: native.tensor(key), value: native.tensor(value) };
}

/** In the order in which assembly/transformer-layer.ts reads them. */
const WEIGHTS = [
  "selfIn",
  "selfOut",
  "crossIn",
  "crossOut",
  "innerIn",
  "innerOut",
  "selfNorm",
  "crossNorm",
  "innerNorm",
] as const satisfies readonly (keyof LayerWeights)[];

/** Behind the operands of transformer-layer.ts, 24 words and two for each weight. */
function parentsAt(work: Address): Address {
  return work + roundUp((24 + 2 * WEIGHTS.length) * 4);
}
