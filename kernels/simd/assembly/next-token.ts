/** What a language model says of the token after the last position of each row, and what makes log-probabilities of it. */
import { exp1, expBelow } from "./exponential";
import { layerNorm } from "./layer-norm";
import { largest } from "./softmax";
import { gemmTogether } from "./threads";
import { splat } from "./vector";

/** Room for what `nextTokenLogits` works with. */
export function nextTokenBytes(rows: i32, size: i32): usize {
  return <usize>(rows * (size + 2)) * 4;
}

/**
 * logits [rows, vocabulary] = norm(the last position of hidden [rows, time, size]) · weightᵀ + bias. `w` and `b` [size] are
 * the norm's; without a norm `w` is 0.
 */
export function nextTokenLogits(
  hidden: usize, w: usize, b: usize, weight: usize, bias: usize, logits: usize, work: usize,
  rows: i32, time: i32, size: i32, vocabulary: i32, eps: f32,
): void {
  let from = hidden + <usize>((time - 1) * size) * 4, row = time * size;
  if (w !== 0) {
    const statistics = work + <usize>(rows * size) * 4, bytes = <usize>size * 4;
    for (let r = 0; r < rows; r++) {
      layerNorm(from + <usize>(r * row) * 4, w, b, work + <usize>r * bytes, statistics, 1, size, eps);
    }
    from = work;
    row = size;
  }
  gemmTogether(1, 0, 0, 0, 0, 1, rows, vocabulary, size, from, row, weight, size, logits, vocabulary, bias, 0);
}

/**
 * Of each row x [n] its largest number and Σ e^(x − largest), both as doubles; a float would lose digits of a large
 * vocabulary's sum. NaN where a number is NaN or +∞, and where all are −∞.
 */
export function sumExps(x: usize, sums: usize, rows: i32, n: i32): void {
  const bytes = <usize>n * 4;
  for (let r = 0; r < rows; r++) {
    const top = largest(x, n), shift = splat(top);
    let low = f64x2.splat(0), high = f64x2.splat(0), rest: f64 = 0, o: usize = 0;
    for (; o + 16 <= bytes; o += 16) {
      const e = expBelow(f32x4.sub(v128.load(x + o), shift));
      low = f64x2.add(low, f64x2.promote_low_f32x4(e));
      high = f64x2.add(high, f64x2.promote_low_f32x4(v128.shuffle<f32>(e, e, 2, 3, 2, 3)));
    }
    for (; o < bytes; o += 4) rest += <f64>exp1(load<f32>(x + o) - top);
    const total = f64x2.add(low, high);
    store<f64>(sums, <f64>top);
    store<f64>(sums, f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1) + rest, 8);
    sums += 16;
    x += bytes;
  }
}
