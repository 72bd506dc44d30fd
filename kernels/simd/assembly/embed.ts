/** The vectors with which a Transformer begins. */
import { layerNorm } from "./layer-norm";
import { addInto } from "./vector";

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
    memory.copy(to, tokens + <usize>load<i32>(ids + <usize>i * 4) * bytes, bytes);
    if (positions) addInto(to, positions + <usize>(i % time) * bytes, size);
    to += bytes;
  }
  layerNorm(y, w, b, y, statistics, n, size, eps);
}
