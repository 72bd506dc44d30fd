/**
 * Dropout without a mask in memory: whether a number is dropped follows from a hash of the seed and its place, so the way
 * back computes the same again. The hash is the one of kernels/nlp (MurmurHash3's finaliser over a counter that goes up
 * by 2³² / the golden ratio): the same seed drops the same numbers on every backend.
 */
import { splat } from "./vector";

const STEP: i32 = <i32>0x9e3779b9;

/** All bits set where a number is kept: hash ≥ threshold, without sign. */
@inline
function kept(counter: v128, threshold: v128): v128 {
  let h = i32x4.mul(v128.xor(counter, i32x4.shr_u(counter, 16)), i32x4.splat(<i32>0x85ebca6b));
  h = i32x4.mul(v128.xor(h, i32x4.shr_u(h, 13)), i32x4.splat(<i32>0xc2b2ae35));
  return i32x4.ge_u(v128.xor(h, i32x4.shr_u(h, 16)), threshold);
}

/** y = scale · x where kept, else 0, for the numbers `first`, `first` + 1, … of a tensor. x and y may be the same. */
export function dropout(x: usize, y: usize, n: i32, first: i32, seed: i32, threshold: u32, scale: f32): void {
  const s = splat(scale), t = i32x4.splat(<i32>threshold), step = i32x4.splat(STEP * 4);
  const start = seed + STEP * (first + 1);
  let counter = i32x4(start, start + STEP, start + STEP * 2, start + STEP * 3);
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    v128.store(y, v128.and(f32x4.mul(s, v128.load(x)), kept(counter, t)));
    counter = i32x4.add(counter, step);
    x += 16;
    y += 16;
  }
  for (; i < n; i++) {
    const at = i32x4.splat(start + STEP * i);
    const value = v128.and(splat(scale * load<f32>(x)), kept(at, t));
    store<f32>(y, f32x4.extract_lane(value, 0));
    x += 4;
    y += 4;
  }
}
