/**
 * eˣ and what is made of it, four at a time. The polynomials are those of the Cephes library (S. Moshier): about one unit
 * in the last place of a float.
 */
import { multiplyAdd, splat } from "./vector";

/**
 * For x in −87.33 … 88.72, to which it is brought; NaN stays NaN.
 *
 * x = n·ln 2 + r with |r| ≤ ½·ln 2, so eˣ = 2ⁿ · eʳ. Adding 1.5 · 2²³ to x / ln 2 leaves n in the lowest bits, from where
 * it is shifted into the exponent.
 */
@inline
function expWithin(x: v128): v128 {
  const clamped = f32x4.pmax(f32x4.pmin(x, splat(88.7228)), splat(LOWEST));
  const shifted = multiplyAdd(clamped, splat(1.44269504), splat(12582912));
  const n = f32x4.sub(shifted, splat(12582912));
  const r = multiplyAdd(n, splat(2.12194440e-4), multiplyAdd(n, splat(-0.693359375), clamped));
  let p = multiplyAdd(splat(1.9875691500e-4), r, splat(1.3981999507e-3));
  p = multiplyAdd(p, r, splat(8.3334519073e-3));
  p = multiplyAdd(p, r, splat(4.1665795894e-2));
  p = multiplyAdd(p, r, splat(1.6666665459e-1));
  p = multiplyAdd(p, r, splat(5.0000001201e-1));
  p = f32x4.add(multiplyAdd(p, f32x4.mul(r, r), r), splat(1));
  return i32x4.add(p, i32x4.shl(shifted, 23));
}

/** Below, eˣ is no normal float any more, and 0 here. */
const LOWEST: f32 = -87.33;

/** For every x: ∞ above 88.72, 0 below −87.33. */
@inline
export function exp(x: v128): v128 {
  const result = v128.bitselect(splat(Infinity), expBelow(x), f32x4.gt(x, splat(88.7228)));
  return v128.bitselect(x, result, f32x4.ne(x, x));
}

/** For x up to 88.72, as when a row's largest number has been subtracted. */
@inline
export function expBelow(x: v128): v128 {
  return v128.andnot(expWithin(x), f32x4.lt(x, splat(LOWEST)));
}

/** 1 / (1 + e⁻ˣ) */
@inline
export function sigmoid(x: v128): v128 {
  return f32x4.div(splat(1), f32x4.add(splat(1), expWithin(f32x4.neg(x))));
}

/** Near 0 a polynomial, because 1 − 2 / (1 + e²ˣ) would lose the digits of a small result. */
@inline
export function tanh(x: v128): v128 {
  const size = f32x4.abs(x);
  const far = f32x4.sub(splat(1), f32x4.div(splat(2), f32x4.add(splat(1), expWithin(f32x4.add(size, size)))));
  const signed = v128.or(far, v128.and(x, i32x4.splat(0x80000000)));
  const z = f32x4.mul(x, x);
  let p = multiplyAdd(splat(-5.70498872745e-3), z, splat(2.06390887954e-2));
  p = multiplyAdd(p, z, splat(-5.37397155531e-2));
  p = multiplyAdd(p, z, splat(1.33314422036e-1));
  p = multiplyAdd(p, z, splat(-3.33332819422e-1));
  const near = multiplyAdd(f32x4.mul(p, z), x, x);
  return v128.bitselect(near, signed, f32x4.lt(size, splat(0.625)));
}

/** eˣ of one number. */
@inline
export function exp1(x: f32): f32 {
  return f32x4.extract_lane(exp(splat(x)), 0);
}

/** The natural logarithm: −∞ of 0, NaN of negative numbers. */
@inline
export function log(x: v128): v128 {
  // Subnormal numbers are brought into the normal range first.
  const small = f32x4.lt(x, splat(1.17549435e-38));
  const scaled = v128.bitselect(f32x4.mul(x, splat(8388608)), x, small);
  const bits = i32x4.sub(scaled, i32x4.splat(0x3f3504f3)); // from √½ on: the mantissa lies in √½ … √2
  const exponent = i32x4.shr_s(bits, 23);
  const m = f32x4.sub(i32x4.sub(scaled, i32x4.shl(exponent, 23)), splat(1));
  const e = f32x4.sub(f32x4.convert_i32x4_s(exponent), v128.and(splat(23), small));
  const z = f32x4.mul(m, m);
  let p = multiplyAdd(splat(7.0376836292e-2), m, splat(-1.1514610310e-1));
  p = multiplyAdd(p, m, splat(1.1676998740e-1));
  p = multiplyAdd(p, m, splat(-1.2420140846e-1));
  p = multiplyAdd(p, m, splat(1.4249322787e-1));
  p = multiplyAdd(p, m, splat(-1.6668057665e-1));
  p = multiplyAdd(p, m, splat(2.0000714765e-1));
  p = multiplyAdd(p, m, splat(-2.4999993993e-1));
  p = multiplyAdd(p, m, splat(3.3333331174e-1));
  let y = f32x4.mul(f32x4.mul(p, m), z);
  y = multiplyAdd(e, splat(-2.12194440e-4), y);
  y = multiplyAdd(z, splat(-0.5), y);
  let result = multiplyAdd(e, splat(0.693359375), f32x4.add(m, y));
  result = v128.bitselect(splat(-Infinity), result, f32x4.eq(x, splat(0)));
  result = v128.bitselect(x, result, f32x4.eq(x, splat(Infinity)));
  return v128.bitselect(splat(NaN), result, v128.or(f32x4.lt(x, splat(0)), f32x4.ne(x, x)));
}

/** log(x) of one number. */
@inline
export function log1(x: f32): f32 {
  return f32x4.extract_lane(log(splat(x)), 0);
}

/**
 * 2/√π ∫₀ˣ e^(−t²) dt: a polynomial up to 1 (Cephes), from there formula 7.1.26 of M. Abramowitz and I. Stegun, "Handbook
 * of Mathematical Functions", 1964.
 */
@inline
export function erf(x: v128): v128 {
  const size = f32x4.abs(x), z = f32x4.mul(x, x);
  let p = multiplyAdd(splat(7.853861353153693e-5), z, splat(-8.010193625184903e-4));
  p = multiplyAdd(p, z, splat(5.188327685732524e-3));
  p = multiplyAdd(p, z, splat(-2.685381193529856e-2));
  p = multiplyAdd(p, z, splat(1.128358514861418e-1));
  p = multiplyAdd(p, z, splat(-3.761262582423300e-1));
  p = multiplyAdd(p, z, splat(1.128379165726710));
  const near = f32x4.mul(p, x);
  const t = f32x4.div(splat(1), multiplyAdd(size, splat(0.3275911), splat(1)));
  let q = multiplyAdd(splat(1.061405429), t, splat(-1.453152027));
  q = multiplyAdd(q, t, splat(1.421413741));
  q = multiplyAdd(q, t, splat(-0.284496736));
  q = multiplyAdd(q, t, splat(0.254829592));
  const far = f32x4.sub(splat(1), f32x4.mul(f32x4.mul(q, t), expWithin(f32x4.neg(z))));
  const signed = v128.or(far, v128.and(x, i32x4.splat(0x80000000)));
  return v128.bitselect(near, signed, f32x4.lt(size, splat(1)));
}
