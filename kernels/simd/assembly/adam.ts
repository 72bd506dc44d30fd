/** One step of Adam or AdamW over all parameters of a model. */
import { multiplyAdd, splat } from "./vector";

/**
 * `table`: for each of `count` parameters the addresses of the parameter, its gradient, the means of g and g², where these
 * three go, and how many numbers it has (8 ints).
 *
 *     m ← β₁·m + (1 − β₁)·g        v ← β₂·v + (1 − β₂)·g²
 *     p ← p·shrink − rate · m / (√v · spread + ε)
 *
 * with g + decay · p in place of g.
 */
export function adam(
  table: usize, count: i32, beta1: f32, beta2: f32, rate: f32, spread: f32, eps: f32, decay: f32, shrink: f32,
): void {
  for (let i = 0; i < count; i++) {
    adamOne(
      load<u32>(table), load<u32>(table, 4), load<u32>(table, 8), load<u32>(table, 12), load<u32>(table, 16),
      load<u32>(table, 20), load<u32>(table, 24), load<i32>(table, 28), beta1, beta2, rate, spread, eps, decay, shrink,
    );
    table += 32;
  }
}

function adamOne(
  p: usize, g: usize, m: usize, v: usize, to: usize, mTo: usize, vTo: usize, n: i32,
  beta1: f32, beta2: f32, rate: f32, spread: f32, eps: f32, decay: f32, shrink: f32,
): void {
  const b1 = splat(beta1), c1 = splat(1 - beta1), b2 = splat(beta2), c2 = splat(1 - beta2);
  const r = splat(-rate), s = splat(spread), e = splat(eps), d = splat(decay), k = splat(shrink);
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    const x = v128.load(p), gradient = multiplyAdd(d, x, v128.load(g));
    const mean = multiplyAdd(b1, v128.load(m), f32x4.mul(c1, gradient));
    const square = multiplyAdd(b2, v128.load(v), f32x4.mul(c2, f32x4.mul(gradient, gradient)));
    v128.store(mTo, mean);
    v128.store(vTo, square);
    const step = f32x4.div(mean, multiplyAdd(f32x4.sqrt(square), s, e));
    v128.store(to, multiplyAdd(r, step, f32x4.mul(k, x)));
    p += 16;
    g += 16;
    m += 16;
    v += 16;
    to += 16;
    mTo += 16;
    vTo += 16;
  }
  for (; i < n; i++) {
    const x = load<f32>(p), gradient = load<f32>(g) + decay * x;
    const mean = beta1 * load<f32>(m) + (1 - beta1) * gradient;
    const square = beta2 * load<f32>(v) + (1 - beta2) * gradient * gradient;
    store<f32>(mTo, mean);
    store<f32>(vTo, square);
    store<f32>(to, shrink * x - (rate * mean) / (sqrt<f32>(square) * spread + eps));
    p += 4;
    g += 4;
    m += 4;
    v += 4;
    to += 4;
    mTo += 4;
    vTo += 4;
  }
}
