import type * as tf from "@tensorflow/tfjs";
import { bitsOf, type Address, type Native } from "../native.ts";
import { toDropped, type Dropped } from "./dropout.ts";

/** Some of the numbers of each row of a tensor, [batch, time, width]: those of all heads, side by side. */
export interface Heads {
  /** The operands are named, so that several of them can be parts of the same tensor. */
  readonly of: string;
  /** Where in a row they begin. */
  readonly offset: number;
}

export interface AttentionOperands {
  /** The tensors that hold queries, keys and values, [batch, time, width] each. */
  readonly tensors: Readonly<Record<string, tf.Tensor>>;
  readonly query: Heads;
  readonly key: Heads;
  readonly value: Heads;
  readonly heads: number;
  /** Numbers of one head. */
  readonly size: number;
  /** [batch, key] float32: not 0 on padding. */
  readonly keyPaddingMask?: tf.Tensor;
  /** [..., query, key] float32, up to [batch, heads, query, key]: not 0 where looking is forbidden. */
  readonly attnMask?: tf.Tensor;
  readonly causal?: boolean;
  readonly dropout?: Dropped;
}

/**
 * softmax(q · kᵀ / √size) · v for all heads, [batch, query, heads · size], of scores that never leave the caches. A query
 * that sees no key takes nothing. Without being asked it keeps the weights, which the way back needs: [batch, heads,
 * query, key], `saved.weights`.
 */
export function attention(native: Native, operands: AttentionOperands) {
  const {
    tensors,
    query,
    key,
    value,
    heads,
    size,
    keyPaddingMask,
    attnMask,
    causal = false,
    dropout,
  } = operands;
  const [batch, queries] = tensors[query.of].shape as [number, number];
  const keys = tensors[key.of].shape[1] as number;
  const parts = [query, key, value];
  const shape = { batch, queries, keys, heads, size };
  const view = (tensor: tf.TensorInfo, offset: number) => {
    const [, time, width] = tensor.shape;
    return viewOf(native.address(tensor) + offset * 4, { time, width, size });
  };
  const [y, weights] = [
    native.output([batch, queries, heads * size]),
    native.output([batch, heads, queries, keys]),
  ];
  runAttention(native, shape, {
    views: [...parts.flatMap(({ of, offset }) => view(tensors[of], offset)), ...view(y, 0)],
    weights: native.address(weights),
    ...{ keyPaddingMask, attnMask, causal, dropout },
  });
  return {
    value: native.tensor(y),
    saved: { weights: native.tensor(weights), ...tensors } as Record<string, tf.Tensor>,
    gradient(g: tf.Tensor, saved: Readonly<Record<string, tf.Tensor>>) {
      const gradients = Object.fromEntries(
        Object.entries(tensors).map(([name, { shape }]) => [name, native.output(shape)]),
      );
      runAttention(native, shape, {
        views: [...view(g, 0), ...parts.flatMap(({ of, offset }) => view(saved[of], offset))],
        weights: native.address(saved.weights),
        ...{ causal, dropout },
        gradientViews: parts.flatMap(({ of, offset }) => view(gradients[of], offset)),
      });
      return Object.fromEntries(Object.entries(gradients).map(([name, info]) => [name, native.tensor(info)]));
    },
  };
}

export interface HeadsShape {
  readonly batch: number;
  readonly queries: number;
  readonly keys: number;
  readonly heads: number;
  /** Numbers of one head. */
  readonly size: number;
}

export interface AttentionJob extends Pick<
  AttentionOperands,
  "keyPaddingMask" | "attnMask" | "causal" | "dropout"
> {
  /** Of q, k, v and y, or of dy, q, k and v. */
  readonly views: readonly number[];
  /** [batch, heads, query, key]: where the softmax is kept for the way back. */
  readonly weights: Address;
  /** Of dq, dk and dv. Default none: the way there. */
  readonly gradientViews?: readonly number[];
}

/** Writes the operands down as assembly/attention.ts reads them, and computes while they lie there. */
export function runAttention(
  native: Native,
  { batch, queries, keys, heads, size }: HeadsShape,
  { views, weights, gradientViews = [], keyPaddingMask, attnMask, causal = false, dropout }: AttentionJob,
): void {
  const { run } = native;
  const mask = attnMask && maskView(native, attnMask);
  const [seed, threshold, keptScale] = toDropped(dropout);
  const steps = gradientViews.length > 0 ? 4 : 2;
  native.withInts(mask ?? NO_VIEW, (maskAt) =>
    native.withBytes(run.attentionBytes(queries, keys) * run.mostPieces(), (work) => {
      const words = [
        ...views,
        native.maybeAddress(keyPaddingMask),
        mask ? maskAt : 0,
        weights,
        work,
        ...[heads, queries, keys, size, Number(causal)],
        ...[bitsOf(1 / Math.sqrt(size)), seed, threshold, bitsOf(keptScale)],
        ...[0, 0, 0],
        ...gradientViews,
      ];
      native.withInts(words, (operands) =>
        run.attentionTogether(
          operands,
          Number(gradientViews.length > 0),
          batch * heads,
          steps * queries * keys * size,
        ),
      );
    }),
  );
}

const NO_VIEW = [0, 0, 0, 0];

/** Of heads that lie side by side in rows of `width`: address, and steps to the next example, head and row. */
export function viewOf(
  at: Address,
  { time, width, size }: { readonly time: number; readonly width: number; readonly size: number },
): number[] {
  return [at, time * width, size, width];
}

/** Address, and steps to the next example, head and row. A mask with fewer dimensions, or with 1 for batch or heads, is the same for all. */
function maskView(native: Native, mask: tf.Tensor): number[] {
  const [batch, heads, queries, keys] = [...Array<number>(4 - mask.rank).fill(1), ...mask.shape];
  const square = queries * keys;
  return [native.address(mask), batch === 1 ? 0 : heads * square, heads === 1 ? 0 : square, keys];
}
