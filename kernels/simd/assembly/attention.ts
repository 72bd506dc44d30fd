/**
 * Attention of many heads at once, softmax(Q·Kᵀ · scale) · V, on operands that lie in memory as they may: the numbers of a
 * head side by side, and steps of any size from one row, one head and one example to the next. So the projections
 * [batch, time, heads · size] are read as they are, without bringing the heads into a dimension of their own.
 */
import { dropout } from "./dropout";
import { gemm } from "./gemm";
import { softmaxGradientRow, softmaxRow } from "./softmax";

/** Where an operand lies, in floats; 4 ints in memory: its address, and the steps to the next example, head and row. */
@inline
function headOf(view: usize, b: i32, h: i32): usize {
  return <usize>load<u32>(view) + (<usize>(b * load<i32>(view, 4) + h * load<i32>(view, 8)) << 2);
}

@inline
function rowOf(view: usize): i32 {
  return load<i32>(view, 12);
}

/** Bytes that a piece of the work needs besides. */
export function attentionBytes(queries: i32, keys: i32): usize {
  return <usize>(2 * queries * keys) * 4;
}

/** The operands of a call, in memory. First the views of q, k, v and y; of the gradient, of dy, q, k and v. */
const VIEWS: usize = 0;
/** The address of a mask [batch, keys] that is not 0 on padding, or 0. */
const PADDING: usize = 64;
/** The address of a mask's view, not 0 where looking is forbidden, or 0. */
const MASK: usize = 68;
/** The address of [batch, heads, queries, keys], where the softmax is kept for the way back. */
const WEIGHTS: usize = 72;
/** The address of room to work in, `attentionBytes` for each piece of a job. */
const WORK: usize = 76;
const HEADS: usize = 80;
const QUERIES: usize = 84;
const KEYS: usize = 88;
/** Of a head. */
const SIZE: usize = 92;
/** Whether a query sees no key after its own place; the last query stands at the last key. */
const CAUSAL: usize = 96;
/** The scores' factor. */
const SCALE: usize = 100;
/** Of dropout, see dropout.ts: seed, threshold (0: nothing is dropped) and factor. */
const SEED: usize = 104;
const THRESHOLD: usize = 108;
const KEPT_SCALE: usize = 112;
/** Of the gradient: the views of dq, dk and dv. */
const GRADIENT_VIEWS: usize = 128;

/** The items (a head of an example each) from `from` to before `to`; `piece`: whose room to work in. */
export function attentionOf(operands: usize, from: i32, to: i32, piece: i32): void {
  const q = operands + VIEWS, k = q + 16, v = q + 32, y = q + 48;
  const heads = load<i32>(operands + HEADS), queries = load<i32>(operands + QUERIES), keys = load<i32>(operands + KEYS);
  const size = load<i32>(operands + SIZE), causal = load<i32>(operands + CAUSAL) !== 0, scale = load<f32>(operands + SCALE);
  const padding = <usize>load<u32>(operands + PADDING), attnMask = <usize>load<u32>(operands + MASK);
  const threshold = load<u32>(operands + THRESHOLD), square = queries * keys;
  const work = <usize>load<u32>(operands + WORK) + attentionBytes(queries, keys) * piece;
  const masked = padding !== 0 || attnMask !== 0 || causal;
  for (let item = from; item < to; item++) {
    const b = item / heads, h = item - b * heads;
    const w = <usize>load<u32>(operands + WEIGHTS) + <usize>(item * square) * 4;
    gemm(false, true, queries, keys, size, headOf(q, b, h), rowOf(q), headOf(k, b, h), rowOf(k), w, keys, 0, 0);
    for (let i = 0; i < queries; i++) {
      const row = w + <usize>(i * keys) * 4;
      const seen = causal ? max(0, min(keys, i + 1 + keys - queries)) : keys;
      const mask = attnMask ? headOf(attnMask, b, h) + <usize>(i * rowOf(attnMask)) * 4 : 0;
      if (masked && hide(row, padding ? padding + <usize>(b * keys) * 4 : 0, mask, seen, keys)) {
        // A query that sees no key takes nothing.
        memory.fill(row, 0, <usize>keys * 4);
      } else {
        softmaxRow(row, row, keys, scale);
      }
    }
    let used = w;
    if (threshold > 0) {
      dropout(w, work, square, item * square, load<i32>(operands + SEED), threshold, load<f32>(operands + KEPT_SCALE));
      used = work;
    }
    gemm(false, false, queries, size, keys, used, keys, headOf(v, b, h), rowOf(v), headOf(y, b, h), rowOf(y), 0, 0);
  }
}

/** The same back. */
export function attentionGradientOf(operands: usize, from: i32, to: i32, piece: i32): void {
  const dy = operands + VIEWS, q = dy + 16, k = dy + 32, v = dy + 48;
  const dq = operands + GRADIENT_VIEWS, dk = dq + 16, dv = dq + 32;
  const heads = load<i32>(operands + HEADS), queries = load<i32>(operands + QUERIES), keys = load<i32>(operands + KEYS);
  const size = load<i32>(operands + SIZE), scale = load<f32>(operands + SCALE), seed = load<i32>(operands + SEED);
  const threshold = load<u32>(operands + THRESHOLD), keptScale = load<f32>(operands + KEPT_SCALE);
  const square = queries * keys;
  const work = <usize>load<u32>(operands + WORK) + attentionBytes(queries, keys) * piece;
  const dropped = work + <usize>square * 4;
  for (let item = from; item < to; item++) {
    const b = item / heads, h = item - b * heads;
    const w = <usize>load<u32>(operands + WEIGHTS) + <usize>(item * square) * 4, d = headOf(dy, b, h);
    let used = w;
    if (threshold > 0) {
      dropout(w, dropped, square, item * square, seed, threshold, keptScale);
      used = dropped;
    }
    gemm(true, false, keys, size, queries, used, keys, d, rowOf(dy), headOf(dv, b, h), rowOf(dv), 0, 0);
    gemm(false, true, queries, keys, size, d, rowOf(dy), headOf(v, b, h), rowOf(v), work, keys, 0, 0);
    if (threshold > 0) dropout(work, work, square, item * square, seed, threshold, keptScale);
    for (let i = 0; i < queries; i++) {
      const o = <usize>(i * keys) * 4;
      softmaxGradientRow(work + o, w + o, work + o, keys, scale);
    }
    gemm(false, false, queries, size, keys, work, keys, headOf(k, b, h), rowOf(k), headOf(dq, b, h), rowOf(dq), 0, 0);
    gemm(true, false, keys, size, queries, work, keys, headOf(q, b, h), rowOf(q), headOf(dk, b, h), rowOf(dk), 0, 0);
  }
}

/** Puts −∞ where a mask forbids to look, and from `seen` on; returns whether nothing is left. */
function hide(row: usize, padding: usize, mask: usize, seen: i32, n: i32): bool {
  let left = 0;
  for (let j = 0; j < n; j++) {
    const o = <usize>j * 4;
    const hidden =
      j >= seen || (padding !== 0 && load<f32>(padding + o) !== 0) || (mask !== 0 && load<f32>(mask + o) !== 0);
    if (hidden) store<f32>(row + o, -Infinity);
    else left++;
  }
  return left === 0;
}
