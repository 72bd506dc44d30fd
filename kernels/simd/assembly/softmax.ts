/** Rows of scores as probabilities, and their gradient. */
import { exp1, expBelow } from "./exponential";
import { maxLanes, multiplyAdd, splat, sumLanes } from "./vector";

/** The largest number of a row; −∞ for an empty one, NaN if there is one. */
export function largest(x: usize, n: i32): f32 {
  const row = <usize>n * 4;
  let m = splat(-Infinity), o: usize = 0;
  for (; o + 16 <= row; o += 16) m = f32x4.max(m, v128.load(x + o));
  let result = maxLanes(m);
  for (; o < row; o += 4) result = max(result, load<f32>(x + o));
  return result;
}

/** y = e^(scale · (x − shift)), for a shift that is no smaller than any x; returns their sum. */
export function expShifted(x: usize, y: usize, n: i32, shift: f32, scale: f32): f32 {
  const row = <usize>n * 4, s = splat(shift), k = splat(scale);
  let total = splat(0), rest: f32 = 0, o: usize = 0;
  for (; o + 16 <= row; o += 16) {
    const e = expBelow(f32x4.mul(k, f32x4.sub(v128.load(x + o), s)));
    total = f32x4.add(total, e);
    v128.store(y + o, e);
  }
  for (; o < row; o += 4) {
    const e = exp1(scale * (load<f32>(x + o) - shift));
    rest += e;
    store<f32>(y + o, e);
  }
  return sumLanes(total) + rest;
}

/** Of scale · x, a row; x and y may be the same, scale is above 0. A row in which every score is −∞ becomes NaN. */
export function softmaxRow(x: usize, y: usize, n: i32, scale: f32): void {
  const total = expShifted(x, y, n, largest(x, n), scale), inverse: f32 = 1 / total;
  const row = <usize>n * 4, s = splat(inverse);
  let o: usize = 0;
  for (; o + 16 <= row; o += 16) v128.store(y + o, f32x4.mul(s, v128.load(y + o)));
  for (; o < row; o += 4) store<f32>(y + o, inverse * load<f32>(y + o));
}

/** dx = scale · y · (dy − Σ y·dy), a row; dx may be dy. */
export function softmaxGradientRow(dy: usize, y: usize, dx: usize, n: i32, scale: f32): void {
  const row = <usize>n * 4;
  let total = splat(0), rest: f32 = 0, o: usize = 0;
  for (; o + 16 <= row; o += 16) total = multiplyAdd(v128.load(y + o), v128.load(dy + o), total);
  for (; o < row; o += 4) rest += load<f32>(y + o) * load<f32>(dy + o);
  const along = sumLanes(total) + rest, a = splat(along), s = splat(scale);
  o = 0;
  for (; o + 16 <= row; o += 16) {
    v128.store(dx + o, f32x4.mul(f32x4.mul(s, v128.load(y + o)), f32x4.sub(v128.load(dy + o), a)));
  }
  for (; o < row; o += 4) store<f32>(dx + o, scale * load<f32>(y + o) * (load<f32>(dy + o) - along));
}
