import type * as tf from "@tensorflow/tfjs";
import type { Native } from "../native.ts";
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
  const [batch, queries] = tensors[query.of].shape;
  const keys = tensors[key.of].shape[1] as number;
  const { run } = native;
  const [y, weights] = [
    native.output([batch, queries, heads * size]),
    native.output([batch, heads, queries, keys]),
  ];
  const sizes = [batch, heads, queries, keys, size, size] as const;
  const rest = [1 / Math.sqrt(size), ...toDropped(dropout)] as const;
  const view = (tensor: tf.TensorInfo, offset: number) => viewOf(native, { tensor, offset, size });
  const workBytes = run.attentionBytes(queries, keys);
  const views = [
    ...[query, key, value].map(({ of, offset }) => view(tensors[of], offset)),
    view(y, 0),
    attnMask ? maskView(native, attnMask) : NO_VIEW,
  ].flat();
  native.withInts(views, (at) =>
    native.withBytes(workBytes, (work) =>
      run.attention(
        at,
        at + VIEW,
        at + 2 * VIEW,
        at + 3 * VIEW,
        native.maybeAddress(keyPaddingMask),
        attnMask ? at + 4 * VIEW : 0,
        Number(causal),
        native.address(weights),
        work,
        ...sizes,
        ...rest,
      ),
    ),
  );
  return {
    value: native.tensor(y),
    saved: { weights: native.tensor(weights), ...tensors } as Record<string, tf.Tensor>,
    gradient(g: tf.Tensor, saved: Readonly<Record<string, tf.Tensor>>) {
      const gradients = Object.fromEntries(
        Object.entries(tensors).map(([name, { shape }]) => [name, native.output(shape)]),
      );
      const views = [
        view(g, 0),
        ...[query, key, value].map(({ of, offset }) => view(saved[of], offset)),
        ...[query, key, value].map(({ of, offset }) => view(gradients[of], offset)),
      ].flat();
      native.withInts(views, (at) =>
        native.withBytes(workBytes, (work) =>
          run.attentionGradient(
            at,
            at + VIEW,
            at + 2 * VIEW,
            at + 3 * VIEW,
            native.address(saved.weights),
            at + 4 * VIEW,
            at + 5 * VIEW,
            at + 6 * VIEW,
            work,
            ...sizes,
            ...rest,
          ),
        ),
      );
      return Object.fromEntries(Object.entries(gradients).map(([name, info]) => [name, native.tensor(info)]));
    },
  };
}

/** Bytes of a view in memory: the address, and the steps to the next example, head and row. */
const VIEW = 16;
const NO_VIEW = [0, 0, 0, 0];

function viewOf(
  native: Native,
  {
    tensor,
    offset,
    size,
  }: { readonly tensor: tf.TensorInfo; readonly offset: number; readonly size: number },
): number[] {
  const [, time, width] = tensor.shape;
  return [native.address(tensor) + offset * 4, time * width, size, width];
}

/** A mask with fewer dimensions, or with 1 for batch or heads, is the same for all. */
function maskView(native: Native, mask: tf.Tensor): number[] {
  const [batch, heads, queries, keys] = [...Array<number>(4 - mask.rank).fill(1), ...mask.shape];
  const square = queries * keys;
  return [native.address(mask), batch === 1 ? 0 : heads * square, heads === 1 ? 0 : square, keys];
}
