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

/** Bytes of `work`. */
export function attentionBytes(queries: i32, keys: i32): usize {
  return <usize>(2 * queries * keys) * 4;
}

/**
 * q, k, v, y, and attnMask: addresses of views; `weights` [batch, heads, queries, keys] keeps the softmax. `padding`
 * [batch, keys] and the mask are not 0 where looking is forbidden; their addresses may be 0. `causal`: a query sees no
 * key after its own place, and the last query stands at the last key. A query that sees no key takes nothing.
 * With `threshold` > 0 weights are dropped on their way to y, see dropout.ts.
 */
export function attention(
  q: usize, k: usize, v: usize, y: usize, padding: usize, attnMask: usize, causal: bool, weights: usize, work: usize,
  batch: i32, heads: i32, queries: i32, keys: i32, size: i32, valueSize: i32,
  scale: f32, seed: i32, threshold: u32, keptScale: f32,
): void {
  const square = queries * keys, masked = padding !== 0 || attnMask !== 0 || causal;
  for (let item = 0; item < batch * heads; item++) {
    const b = item / heads, h = item - b * heads;
    const w = weights + <usize>(item * square) * 4;
    gemm(false, true, queries, keys, size, headOf(q, b, h), rowOf(q), headOf(k, b, h), rowOf(k), w, keys, 0, 0);
    for (let i = 0; i < queries; i++) {
      const row = w + <usize>(i * keys) * 4;
      const seen = causal ? max(0, min(keys, i + 1 + keys - queries)) : keys;
      const mask = attnMask ? headOf(attnMask, b, h) + <usize>(i * rowOf(attnMask)) * 4 : 0;
      if (masked && hide(row, padding ? padding + <usize>(b * keys) * 4 : 0, mask, seen, keys)) {
        memory.fill(row, 0, <usize>keys * 4);
      } else {
        softmaxRow(row, row, keys, scale);
      }
    }
    let used = w;
    if (threshold > 0) {
      dropout(w, work, square, item * square, seed, threshold, keptScale);
      used = work;
    }
    gemm(
      false, false, queries, valueSize, keys, used, keys, headOf(v, b, h), rowOf(v), headOf(y, b, h), rowOf(y), 0, 0,
    );
  }
}

/** From dy the gradients dq, dk and dv, all of them addresses of views. */
export function attentionGradient(
  dy: usize, q: usize, k: usize, v: usize, weights: usize, dq: usize, dk: usize, dv: usize, work: usize,
  batch: i32, heads: i32, queries: i32, keys: i32, size: i32, valueSize: i32,
  scale: f32, seed: i32, threshold: u32, keptScale: f32,
): void {
  const square = queries * keys, dropped = work + <usize>square * 4;
  for (let item = 0; item < batch * heads; item++) {
    const b = item / heads, h = item - b * heads;
    const w = weights + <usize>(item * square) * 4, d = headOf(dy, b, h);
    let used = w;
    if (threshold > 0) {
      dropout(w, dropped, square, item * square, seed, threshold, keptScale);
      used = dropped;
    }
    gemm(true, false, keys, valueSize, queries, used, keys, d, rowOf(dy), headOf(dv, b, h), rowOf(dv), 0, 0);
    gemm(false, true, queries, keys, valueSize, d, rowOf(dy), headOf(v, b, h), rowOf(v), work, keys, 0, 0);
    if (threshold > 0) dropout(work, work, square, item * square, seed, threshold, keptScale);
    for (let i = 0; i < queries; i++) {
      const o = <usize>(i * keys) * 4;
      softmaxGradientRow(work + o, w + o, work + o, keys, scale);
    }
    gemm(
      false, false, queries, size, keys, work, keys, headOf(k, b, h), rowOf(k), headOf(dq, b, h), rowOf(dq), 0, 0,
    );
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
