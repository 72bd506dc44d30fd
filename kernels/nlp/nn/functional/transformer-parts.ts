/**
 * The parts of a Transformer's layer, each as one native function with a gradient. Undefined where that cannot be (another
 * backend, shapes that do not fit); then the layer does it operation by operation, and says what is wrong.
 */
import * as tf from "@tensorflow/tfjs";
import {
  attentionPart,
  feedForwardPart,
  type AttentionPartOperands,
  type Dropped,
  type FeedForwardOperands,
  type Weighted,
} from "../../../simd/index.ts";
import { nativeFor } from "./native.ts";
import { withGradient } from "./with-gradient.ts";

/** What is dropped is drawn only once the function is sure to be used, in the order of the operations: inside first. */
interface Draws {
  readonly drawInside: () => Dropped | undefined;
  readonly draw: () => Dropped | undefined;
}

type Undrawn<Operands> = Omit<Operands, "dropped" | "droppedInside">;

export function maybeFeedForwardPart({
  drawInside,
  draw,
  ...operands
}: Undrawn<FeedForwardOperands> & Draws): tf.Tensor | undefined {
  const { x, norm, linear1, linear2 } = operands;
  const tensors = {
    x,
    normWeight: norm.weight,
    normBias: norm.bias,
    weight1: linear1.weight,
    bias1: linear1.bias,
    weight2: linear2.weight,
    bias2: linear2.bias,
  };
  const native = maybeAlive(tensors);
  const size = norm.weight.size;
  const inner = linear1.weight.shape[0];
  const fits =
    x.size > 0 &&
    isLike(norm.bias, [size]) &&
    x.shape[x.rank - 1] === size &&
    isWeight(linear1, [inner, size]) &&
    isWeight(linear2, [size, inner]);
  if (!native || !fits) return undefined;
  const droppedInside = drawInside();
  const dropped = draw();
  return withGradient(tensors, () => feedForwardPart(native, { ...operands, droppedInside, dropped }));
}

export function maybeAttentionPart({
  drawInside,
  draw,
  ...operands
}: Undrawn<AttentionPartOperands> & Draws): tf.Tensor | undefined {
  const { x, norm, inProjection, outProjection, memory } = operands;
  const tensors = {
    x,
    normWeight: norm.weight,
    normBias: norm.bias,
    memory,
    inWeight: inProjection.weight,
    inBias: inProjection.bias,
    outWeight: outProjection.weight,
    outBias: outProjection.bias,
  };
  const native = maybeAlive(tensors);
  if (!native || !fitsAttention(operands)) return undefined;
  const droppedInside = drawInside();
  const dropped = draw();
  return tf.tidy(() => {
    const [keyPaddingMask, attnMask] = [operands.keyPaddingMask, operands.attnMask].map(
      (mask) => mask && tf.cast(mask, "float32"),
    );
    return withGradient(tensors, () =>
      attentionPart(native, { ...operands, keyPaddingMask, attnMask, droppedInside, dropped }),
    );
  });
}

function maybeAlive(tensors: Readonly<Record<string, tf.Tensor | undefined>>) {
  const all = Object.values(tensors);
  return all.some((tensor) => tensor?.isDisposed) ? undefined : nativeFor(...all);
}

function fitsAttention({
  x,
  norm,
  inProjection,
  outProjection,
  memory,
  heads,
  keyPaddingMask,
  attnMask,
}: Undrawn<AttentionPartOperands>): boolean {
  const [batch, queries, size] = x.shape as [number, number, number];
  const keys = memory?.shape[1] ?? queries;
  return (
    x.rank === 3 &&
    x.size > 0 &&
    isLike(norm.weight, [size]) &&
    isLike(norm.bias, [size]) &&
    isWeight(inProjection, [3 * size, size]) &&
    isWeight(outProjection, [size, size]) &&
    (!memory || (memory.size > 0 && isLike(memory, [batch, keys, size]))) &&
    (!keyPaddingMask || isLike(keyPaddingMask, [batch, keys])) &&
    (!attnMask || spreads(attnMask, [batch, heads, queries, keys]))
  );
}

function isWeight({ weight, bias }: Weighted, shape: readonly [number, number]): boolean {
  return isLike(weight, shape) && (!bias || isLike(bias, [shape[0]]));
}

function isLike(tensor: tf.Tensor, shape: readonly number[]): boolean {
  return tensor.rank === shape.length && tensor.shape.every((length, index) => length === shape[index]);
}

/** Whether a mask [..., query, key] can be spread over [batch, heads, query, key]. */
function spreads(mask: tf.Tensor, shape: readonly number[]): boolean {
  const own = [...Array<number>(Math.max(0, 4 - mask.rank)).fill(1), ...mask.shape];
  return (
    mask.rank >= 2 &&
    mask.rank <= 4 &&
    own.every((length, index) => length === shape[index] || (index < 2 && length === 1))
  );
}
