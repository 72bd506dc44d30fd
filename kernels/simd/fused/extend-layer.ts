import type * as tf from "@tensorflow/tfjs";
import type { Native } from "../native.ts";

/** A weight and its bias: of a product [out, in] and [out], of a layer norm [size] each. */
export interface Weighted {
  readonly weight: tf.Tensor;
  readonly bias?: tf.Tensor;
}

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

export interface LayerOperands extends LayerWeights {
  /** [rows, time, size]: the next positions of each row. */
  readonly x: tf.Tensor;
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

interface KeyAndValue {
  readonly key: tf.Tensor;
  readonly value: tf.Tensor;
}

/** [rows, time, size], and the keys and values of all positions so far. */
export interface ExtendedLayer extends KeyAndValue {
  readonly output: tf.Tensor;
}

/** A Transformer's layer on the next positions of each row, in one call; without dropout, and without a way back. */
export function extendLayer(native: Native, operands: LayerOperands): ExtendedLayer {
  const { x, heads, past, memory, parents, padding, memoryPadding, normFirst, activation, eps, causal } =
    operands;
  const [rows, time, size] = x.shape as [number, number, number];
  const before = past ? past.key.shape[2]! : 0;
  const memoryTime = memory ? memory.key.shape[2]! : 0;
  const inner = operands.innerIn.weight.shape[0];
  const headSize = size / heads;
  const [key, value] = [0, 1].map(() => native.output([rows, heads, before + time, headSize]));
  const y = native.output([rows, time, size]);
  const { run } = native;
  const bytes = run.transformerLayerBytes(
    rows * time,
    size,
    inner,
    heads,
    Math.max(before + time, memoryTime),
  );
  native.withBytes(bytes, (work) =>
    native.withInts(parents ?? [], (parentsAt) => {
      const words = [
        ...[x, y, past?.key, past?.value].map((tensor) => native.maybeAddress(tensor)),
        parents ? parentsAt : 0,
        ...[key, value, padding, memory?.key, memory?.value, memoryPadding].map((tensor) =>
          native.maybeAddress(tensor),
        ),
        ...[rows, time, before, memoryTime, heads, headSize, inner],
        ...[Number(normFirst), Number(activation === "gelu"), bitsOf(eps), bitsOf(1 / Math.sqrt(headSize))],
        ...[work, Number(causal)],
        ...WEIGHTS.flatMap((name) => {
          const part = operands[name];
          return [native.maybeAddress(part?.weight), native.maybeAddress(part?.bias)];
        }),
      ];
      native.withInts(words, run.transformerLayer);
    }),
  );
  return { output: native.tensor(y), key: native.tensor(key), value: native.tensor(value) };
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

/** A float as the whole number with the same bits. */
function bitsOf(value: number): number {
  return new Int32Array(Float32Array.of(value).buffer)[0];
}
