/** The vectors with which a Transformer begins. */
import { layerNorm } from "./layer-norm";

/**
 * y [n, size] = norm(tokens[id] + positions[i % time]), ids [n]. `positions`: the row of the first position, or 0 where
 * none is added. `statistics` [n, 2] is room for the norm.
 */
export function embed(
  ids: usize, tokens: usize, positions: usize, w: usize, b: usize, y: usize, statistics: usize,
  n: i32, time: i32, size: i32, eps: f32,
): void {
  const bytes = <usize>size * 4;
  let to = y;
  for (let i = 0; i < n; i++) {
    const token = tokens + <usize>load<i32>(ids + <usize>i * 4) * bytes;
    if (positions) addRows(to, token, positions + <usize>(i % time) * bytes, bytes);
    else memory.copy(to, token, bytes);
    to += bytes;
  }
  layerNorm(y, w, b, y, statistics, n, size, eps);
}

/** y = x1 + x2, of `bytes` each. */
function addRows(y: usize, x1: usize, x2: usize, bytes: usize): void {
  let o: usize = 0;
  for (; o + 16 <= bytes; o += 16) v128.store(y + o, f32x4.add(v128.load(x1 + o), v128.load(x2 + o)));
  for (; o < bytes; o += 4) store<f32>(y + o, load<f32>(x1 + o) + load<f32>(x2 + o));
}
