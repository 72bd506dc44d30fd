/**
 * How surprised a row of scores is by its class: w_y · (log Σ e^z − z_y), and with label smoothing ε
 * (1 − ε) of that and ε/C · Σ_c w_c · (log Σ e^z − z_c). Rows whose class is `ignored` count for nothing.
 */
import { exp1, expBelow, log1 } from "./exponential";
import { sum } from "./reduction";
import { largest } from "./softmax";
import { multiplyAdd, splat, sumLanes } from "./vector";

/**
 * `losses` [rows]; `logSums` [rows, 2], which the way back needs: max z and log Σ e^(z − max z), kept apart because their
 * sum would lose the digits of the second where scores are large. `weight` [classes], or 0 for all 1.
 */
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
    const logSum = log1(sumExp(z, n, top));
    let loss: f32 = 0;
    if (y !== ignored && <u32>y < <u32>n) {
      const w: f32 = weight ? load<f32>(weight + <usize>y * 4) : 1;
      loss = (1 - smoothing) * w * (logSum + (top - load<f32>(z + <usize>y * 4)));
      if (smoothing > 0) loss += share * (allWeights * logSum + behind(weight, z, n, top));
    }
    store<f32>(losses + <usize>r * 4, loss);
    store<f32>(logSums + <usize>r * 8, top);
    store<f32>(logSums + <usize>r * 8, logSum, 4);
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
      const factor = right + spread * allWeights;
      const top = load<f32>(logSums + <usize>r * 8), logSum = load<f32>(logSums + <usize>r * 8, 4);
      const f = splat(factor), t = splat(top), l = splat(logSum), s = splat(-spread);
      let o: usize = 0;
      for (; o + 16 <= bytes; o += 16) {
        const p = f32x4.mul(f, expBelow(f32x4.sub(f32x4.sub(v128.load(z + o), t), l)));
        v128.store(dz + o, weight ? multiplyAdd(s, v128.load(weight + o), p) : f32x4.add(s, p));
      }
      for (; o < bytes; o += 4) {
        const p = factor * exp1(load<f32>(z + o) - top - logSum);
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
  for (; o + 16 <= row; o += 16) total = f32x4.add(total, expBelow(f32x4.sub(v128.load(x + o), s)));
  for (; o < row; o += 4) rest += exp1(load<f32>(x + o) - shift);
  return sumLanes(total) + rest;
}

/** Σ w_c · (top − z_c) */
function behind(weight: usize, z: usize, n: i32, top: f32): f32 {
  const row = <usize>n * 4, t = splat(top);
  let total = splat(0), rest: f32 = 0, o: usize = 0;
  for (; o + 16 <= row; o += 16) {
    const d = f32x4.sub(t, v128.load(z + o));
    total = weight ? multiplyAdd(v128.load(weight + o), d, total) : f32x4.add(total, d);
  }
  for (; o < row; o += 4) rest += (weight ? load<f32>(weight + o) : 1) * (top - load<f32>(z + o));
  return sumLanes(total) + rest;
}
