/**
 * How surprised a row of scores is by its class: w_y · (log Σ e^z − z_y), and with label smoothing ε
 * (1 − ε) of that and ε/C · Σ_c w_c · (log Σ e^z − z_c). Rows whose class is `ignored` count for nothing.
 */
import { exp, exp1, log1 } from "./exponential";
import { sum } from "./reduction";
import { largest } from "./softmax";
import { multiplyAdd, splat, sumLanes } from "./vector";

/** `losses` [rows] and `logSums` [rows], log Σ e^z, which the way back needs. `weight` [classes], or 0 for all 1. */
export function crossEntropy(
  z: usize, classes: usize, weight: usize, losses: usize, logSums: usize,
  rows: i32, n: i32, ignored: i32, smoothing: f32,
): void {
  const bytes = <usize>n * 4, share = smoothing / <f32>n;
  const allWeights: f32 = weight ? <f32>sum(weight, n) : <f32>n;
  for (let r = 0; r < rows; r++) {
    const y = load<i32>(classes + <usize>r * 4);
    const top = largest(z, n);
    // Scores of which one is +∞ or all are −∞ have no softmax: NaN comes out, as it does from the formula.
    const logSum = top + log1(sumExp(z, n, top));
    let loss: f32 = 0;
    if (y !== ignored && <u32>y < <u32>n) {
      const w: f32 = weight ? load<f32>(weight + <usize>y * 4) : 1;
      loss = (1 - smoothing) * w * (logSum - load<f32>(z + <usize>y * 4));
      if (smoothing > 0) {
        const scores = weight ? dot(weight, z, n) : <f32>sum(z, n);
        loss += share * (allWeights * logSum - scores);
      }
    }
    store<f32>(losses + <usize>r * 4, loss);
    store<f32>(logSums + <usize>r * 4, logSum);
    z += bytes;
  }
}

/** dz = g_r · (softmax(z)·((1 − ε)·w_y + ε/C·Σw) − (1 − ε)·w_y·[c = y] − ε/C·w_c), with g [rows] = ∂/∂losses. */
export function crossEntropyGradient(
  g: usize, z: usize, classes: usize, weight: usize, logSums: usize, dz: usize,
  rows: i32, n: i32, ignored: i32, smoothing: f32,
): void {
  const bytes = <usize>n * 4, share = smoothing / <f32>n;
  const allWeights: f32 = weight ? <f32>sum(weight, n) : <f32>n;
  for (let r = 0; r < rows; r++) {
    const y = load<i32>(classes + <usize>r * 4), gradient = load<f32>(g + <usize>r * 4);
    if (y === ignored || <u32>y >= <u32>n || gradient === 0) {
      memory.fill(dz, 0, bytes);
    } else {
      const w: f32 = weight ? load<f32>(weight + <usize>y * 4) : 1;
      const right = gradient * (1 - smoothing) * w, spread = gradient * share;
      const factor = right + spread * allWeights, logSum = load<f32>(logSums + <usize>r * 4);
      const f = splat(factor), l = splat(logSum), s = splat(-spread);
      let o: usize = 0;
      for (; o + 16 <= bytes; o += 16) {
        const p = f32x4.mul(f, exp(f32x4.sub(v128.load(z + o), l)));
        v128.store(dz + o, weight ? multiplyAdd(s, v128.load(weight + o), p) : f32x4.add(s, p));
      }
      for (; o < bytes; o += 4) {
        const p = factor * exp1(load<f32>(z + o) - logSum);
        store<f32>(dz + o, p - (weight ? spread * load<f32>(weight + o) : spread));
      }
      const at = dz + <usize>y * 4;
      store<f32>(at, load<f32>(at) - right);
    }
    z += bytes;
    dz += bytes;
  }
}

function sumExp(x: usize, n: i32, shift: f32): f32 {
  const row = <usize>n * 4, s = splat(shift);
  let total = splat(0), rest: f32 = 0, o: usize = 0;
  for (; o + 16 <= row; o += 16) total = f32x4.add(total, exp(f32x4.sub(v128.load(x + o), s)));
  for (; o < row; o += 4) rest += exp1(load<f32>(x + o) - shift);
  return sumLanes(total) + rest;
}

function dot(a: usize, b: usize, n: i32): f32 {
  const row = <usize>n * 4;
  let total = splat(0), rest: f32 = 0, o: usize = 0;
  for (; o + 16 <= row; o += 16) total = multiplyAdd(v128.load(a + o), v128.load(b + o), total);
  for (; o < row; o += 4) rest += load<f32>(a + o) * load<f32>(b + o);
  return sumLanes(total) + rest;
}
