/**
 * Attention of many heads at once: softmax(Q·Kᵀ · scale + mask) · V, on the projections as they are, [batch, time, heads · size],
 * without bringing the heads into a dimension of their own: a head is a stretch of each row.
 */
import { dropout } from "./dropout";
import { gemm } from "./gemm";
import { softmaxGradientRow, softmaxRow } from "./softmax";

/**
 * q [batch, queries, qRow] and k, v [batch, keys, kRow and vRow] hold `heads` heads of `size` numbers each side by side.
 * `mask`: 0, or numbers that are added to the scores, at mask + (b·maskBatch + h·maskHead + i·maskQuery + j) · 4, so that
 * a stride of 0 repeats it. `causal`: a query sees the keys up to its own place, counted from the end.
 * `weights` [batch, heads, queries, keys] keeps the softmax; y [batch, queries, heads · size].
 * With `threshold` > 0 weights are dropped (dropout.ts) on their way to y; `work` then has room for [queries, keys].
 */
export function attention(
  q: usize, qRow: i32, k: usize, kRow: i32, v: usize, vRow: i32,
  mask: usize, maskBatch: i32, maskHead: i32, maskQuery: i32, causal: bool,
  weights: usize, y: usize, work: usize,
  from: i32, to: i32, heads: i32, queries: i32, keys: i32, size: i32,
  scale: f32, seed: i32, threshold: u32, keptScale: f32,
): void {
  const yRow = heads * size, square = queries * keys;
  for (let item = from; item < to; item++) {
    const b = item / heads, h = item - b * heads, head = h * size;
    const w = weights + <usize>(item * square) * 4;
    const vHead = v + <usize>(b * keys * vRow + head) * 4;
    gemm(
      false, true, queries, keys, size,
      q + <usize>(b * queries * qRow + head) * 4, qRow, k + <usize>(b * keys * kRow + head) * 4, kRow, w, keys, 0, 0,
    );
    const maskHere = mask ? mask + <usize>(b * maskBatch + h * maskHead) * 4 : 0;
    for (let i = 0; i < queries; i++) {
      const row = w + <usize>(i * keys) * 4;
      prepareScores(row, maskHere ? maskHere + <usize>(i * maskQuery) * 4 : 0, keys, scale);
      const seen = causal ? max(0, min(keys, i + 1 + keys - queries)) : keys;
      if (seen > 0) softmaxSeen(row, seen);
      if (seen < keys) memory.fill(row + <usize>seen * 4, 0, <usize>(keys - seen) * 4);
    }
    let used = w;
    if (threshold > 0) {
      dropout(w, work, square, item * square, seed, threshold, keptScale);
      used = work;
    }
    gemm(
      false, false, queries, size, keys,
      used, keys, vHead, vRow, y + <usize>(b * queries * yRow + head) * 4, yRow, 0, 0,
    );
  }
}

/**
 * From dy the gradients dq, dk, dv, with rows of the lengths `dqRow`, `dkRow`, `dvRow`. `work` has room for [queries, keys]
 * twice. Heads `from` to `to`.
 */
export function attentionGradient(
  dy: usize, q: usize, qRow: i32, k: usize, kRow: i32, v: usize, vRow: i32, weights: usize,
  dq: usize, dqRow: i32, dk: usize, dkRow: i32, dv: usize, dvRow: i32, work: usize,
  from: i32, to: i32, heads: i32, queries: i32, keys: i32, size: i32,
  scale: f32, seed: i32, threshold: u32, keptScale: f32,
): void {
  const yRow = heads * size, square = queries * keys, dropped = work + <usize>square * 4;
  for (let item = from; item < to; item++) {
    const b = item / heads, head = (item - b * heads) * size;
    const w = weights + <usize>(item * square) * 4;
    const dyHead = dy + <usize>(b * queries * yRow + head) * 4;
    let used = w;
    if (threshold > 0) {
      dropout(w, dropped, square, item * square, seed, threshold, keptScale);
      used = dropped;
    }
    gemm(
      true, false, keys, size, queries,
      used, keys, dyHead, yRow, dv + <usize>(b * keys * dvRow + head) * 4, dvRow, 0, 0,
    );
    gemm(
      false, true, queries, keys, size,
      dyHead, yRow, v + <usize>(b * keys * vRow + head) * 4, vRow, work, keys, 0, 0,
    );
    if (threshold > 0) dropout(work, work, square, item * square, seed, threshold, keptScale);
    for (let i = 0; i < queries; i++) {
      const o = <usize>(i * keys) * 4;
      softmaxGradientRow(work + o, w + o, work + o, keys, scale);
    }
    gemm(
      false, false, queries, size, keys,
      work, keys, k + <usize>(b * keys * kRow + head) * 4, kRow, dq + <usize>(b * queries * dqRow + head) * 4, dqRow, 0, 0,
    );
    gemm(
      true, false, keys, size, queries,
      work, keys, q + <usize>(b * queries * qRow + head) * 4, qRow, dk + <usize>(b * keys * dkRow + head) * 4, dkRow, 0, 0,
    );
  }
}

/** row ← row · scale + mask */
@inline
function prepareScores(row: usize, mask: usize, n: i32, scale: f32): void {
  const bytes = <usize>n * 4, s = f32x4.splat(scale);
  let o: usize = 0;
  if (mask) {
    for (; o + 16 <= bytes; o += 16) {
      v128.store(row + o, f32x4.add(f32x4.mul(s, v128.load(row + o)), v128.load(mask + o)));
    }
    for (; o < bytes; o += 4) store<f32>(row + o, scale * load<f32>(row + o) + load<f32>(mask + o));
  } else {
    for (; o + 16 <= bytes; o += 16) v128.store(row + o, f32x4.mul(s, v128.load(row + o)));
    for (; o < bytes; o += 4) store<f32>(row + o, scale * load<f32>(row + o));
  }
}

@inline
function softmaxSeen(row: usize, n: i32): void {
  softmaxRow(row, row, n);
}
