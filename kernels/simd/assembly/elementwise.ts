/** Functions of single numbers, over arrays of any length. */
import { erf, exp, log, tanh } from "./exponential";
import { multiplyAdd, splat } from "./vector";

export const EXP: i32 = 0;
export const TANH: i32 = 1;
export const LOG: i32 = 2;
export const ERF: i32 = 3;
export const GELU: i32 = 4;
export const GELU_TANH: i32 = 5;

/** y = f(x), for the function of that number; x and y may be the same. */
export function unary(which: i32, x: usize, y: usize, n: i32): void {
  switch (which) {
    case EXP: return apply(EXP, x, y, n);
    case TANH: return apply(TANH, x, y, n);
    case LOG: return apply(LOG, x, y, n);
    case ERF: return apply(ERF, x, y, n);
    case GELU: return apply(GELU, x, y, n);
    case GELU_TANH: return apply(GELU_TANH, x, y, n);
  }
}

/** Inlined with a constant `which`, so that the compiler makes a loop for each function, with no branch in it. */
@inline
function apply(which: i32, x: usize, y: usize, n: i32): void {
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    v128.store(y, valueOf(which, v128.load(x)));
    x += 16;
    y += 16;
  }
  for (; i < n; i++) {
    store<f32>(y, f32x4.extract_lane(valueOf(which, v128.load32_splat(x)), 0));
    x += 4;
    y += 4;
  }
}

@inline
function valueOf(which: i32, x: v128): v128 {
  if (which === EXP) return exp(x);
  if (which === TANH) return tanh(x);
  if (which === LOG) return log(x);
  if (which === ERF) return erf(x);
  return which === GELU ? gelu(x) : geluTanh(x);
}

/** x · Φ(x), Φ the normal distribution. */
@inline
function gelu(x: v128): v128 {
  return f32x4.mul(f32x4.mul(x, splat(0.5)), f32x4.add(splat(1), erf(f32x4.mul(x, splat(0.70710678)))));
}

/** The same with tanh(√(2/π)·(x + 0.044715·x³)) in place of erf(x/√2). */
@inline
function geluTanh(x: v128): v128 {
  const inner = f32x4.mul(splat(0.79788456), multiplyAdd(f32x4.mul(f32x4.mul(x, x), x), splat(0.044715), x));
  return f32x4.mul(f32x4.mul(x, splat(0.5)), f32x4.add(splat(1), tanh(inner)));
}

/** dx = dy · gelu′(x) */
export function geluGradient(approximate: bool, dy: usize, x: usize, dx: usize, n: i32): void {
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    v128.store(dx, f32x4.mul(v128.load(dy), geluSlope(approximate, v128.load(x))));
    x += 16;
    dy += 16;
    dx += 16;
  }
  for (; i < n; i++) {
    const slope = geluSlope(approximate, v128.load32_splat(x));
    store<f32>(dx, load<f32>(dy) * f32x4.extract_lane(slope, 0));
    x += 4;
    dy += 4;
    dx += 4;
  }
}

/** Φ(x) + x·φ(x), or the derivative of the formula with tanh. */
function geluSlope(approximate: bool, x: v128): v128 {
  const half = splat(0.5), z = f32x4.mul(x, x);
  if (!approximate) {
    const phi = f32x4.mul(splat(0.39894228), exp(f32x4.mul(z, splat(-0.5))));
    return multiplyAdd(x, phi, multiplyAdd(half, erf(f32x4.mul(x, splat(0.70710678))), half));
  }
  const t = tanh(f32x4.mul(splat(0.79788456), multiplyAdd(f32x4.mul(z, x), splat(0.044715), x)));
  const inner = f32x4.mul(splat(0.79788456), multiplyAdd(z, splat(3 * 0.044715), splat(1)));
  const outer = f32x4.mul(f32x4.mul(half, x), f32x4.sub(splat(1), f32x4.mul(t, t)));
  return multiplyAdd(outer, inner, multiplyAdd(half, t, half));
}

/** dx = dy where y > 0, else 0. */
export function reluGradient(dy: usize, y: usize, dx: usize, n: i32): void {
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    v128.store(dx, v128.and(v128.load(dy), f32x4.gt(v128.load(y), splat(0))));
    dy += 16;
    y += 16;
    dx += 16;
  }
  for (; i < n; i++) {
    store<f32>(dx, load<f32>(y) > 0 ? load<f32>(dy) : 0);
    dy += 4;
    y += 4;
    dx += 4;
  }
}
