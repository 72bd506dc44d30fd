/**
 * LSTM and GRU over sequences that may differ in length, packed as in PyTorch: the rows of all sequences at step 0, then
 * those at step 1, …, the longest sequence first, so that the sequences which are still going are the first `active`
 * rows of the step before. `starts` [steps + 1]: the row at which each step begins.
 *
 * The inputs' share of the gates (x·W_ihᵀ + b) is computed for all steps at once before; here only what has to wait for
 * the step before: h·W_hhᵀ, with W_hh packed once for all steps.
 */
import { sigmoid, tanh } from "./exponential";
import { gemmPacked } from "./gemm";
import { ACCUMULATE } from "./tiles";
import { multiplyAdd, splat } from "./vector";

/**
 * gates [rows, 4·size]: on entry the inputs' share, on return i, f, g, o after their activations. `weight`: W_hhᵀ from
 * `packWhole`. h, c, tanhC [rows, size]. h0, c0 [active, size].
 *
 *     i, f, o = σ(…)   g = tanh(…)   c = f·c₋ + i·g   h = o·tanh(c)
 */
export function lstm(
  gates: usize, weight: usize, h: usize, c: usize, tanhC: usize, h0: usize, c0: usize,
  starts: usize, steps: i32, size: i32,
): void {
  const row = <usize>size * 4;
  let before = h0, cellBefore = c0;
  for (let step = 0; step < steps; step++) {
    const start = <usize>load<i32>(starts + <usize>step * 4);
    const active = load<i32>(starts + <usize>step * 4 + 4) - <i32>start;
    const gatesHere = gates + start * row * 4;
    gemmPacked(active, 4 * size, size, before, size, weight, gatesHere, 4 * size, 0, ACCUMULATE);
    const hHere = h + start * row, cHere = c + start * row, tHere = tanhC + start * row;
    for (let b = 0; b < active; b++) {
      const o = <usize>b * row;
      lstmCell(gatesHere + o * 4, hHere + o, cHere + o, tHere + o, cellBefore + o, row);
    }
    before = hHere;
    cellBefore = cHere;
  }
}

@inline
function lstmCell(gates: usize, h: usize, c: usize, tanhC: usize, before: usize, row: usize): void {
  const gi = gates, gf = gates + row, gg = gf + row, go = gg + row;
  let o: usize = 0;
  for (; o + 16 <= row; o += 16) {
    const i = sigmoid(v128.load(gi + o)), f = sigmoid(v128.load(gf + o));
    const g = tanh(v128.load(gg + o)), out = sigmoid(v128.load(go + o));
    const cell = multiplyAdd(f, v128.load(before + o), f32x4.mul(i, g)), t = tanh(cell);
    v128.store(gi + o, i);
    v128.store(gf + o, f);
    v128.store(gg + o, g);
    v128.store(go + o, out);
    v128.store(c + o, cell);
    v128.store(tanhC + o, t);
    v128.store(h + o, f32x4.mul(out, t));
  }
  for (; o < row; o += 4) {
    const i = sigmoid1(load<f32>(gi + o)), f = sigmoid1(load<f32>(gf + o));
    const g = tanh1(load<f32>(gg + o)), out = sigmoid1(load<f32>(go + o));
    const cell = f * load<f32>(before + o) + i * g, t = tanh1(cell);
    store<f32>(gi + o, i);
    store<f32>(gf + o, f);
    store<f32>(gg + o, g);
    store<f32>(go + o, out);
    store<f32>(c + o, cell);
    store<f32>(tanhC + o, t);
    store<f32>(h + o, out * t);
  }
}

/**
 * From dh [rows, size], the gradients of all outputs, the gates' dGates [rows, 4·size] (before their activations).
 * `weight`: W_hh from `packWhole`. dh0, dc0 [active at step 0, size]: on entry the gradients of each sequence's last
 * state, on return those of its first.
 */
export function lstmGradient(
  dh: usize, gates: usize, weight: usize, c: usize, tanhC: usize, c0: usize, dGates: usize, dh0: usize, dc0: usize,
  starts: usize, steps: i32, size: i32,
): void {
  const row = <usize>size * 4;
  for (let step = steps - 1; step >= 0; step--) {
    const start = <usize>load<i32>(starts + <usize>step * 4);
    const active = load<i32>(starts + <usize>step * 4 + 4) - <i32>start;
    const cellBefore = step > 0 ? c + <usize>load<i32>(starts + <usize>step * 4 - 4) * row : c0;
    const dGatesHere = dGates + start * row * 4;
    for (let b = 0; b < active; b++) {
      const o = <usize>b * row, at = start * row + o;
      lstmCellGradient(
        gates + at * 4, dGatesHere + o * 4, tanhC + at, cellBefore + o, dh + at, dh0 + o, dc0 + o, row,
      );
    }
    gemmPacked(active, size, 4 * size, dGatesHere, 4 * size, weight, dh0, size, 0, 0);
  }
}

@inline
function lstmCellGradient(
  gates: usize, dGates: usize, tanhC: usize, before: usize, dy: usize, dh: usize, dc: usize, row: usize,
): void {
  const one = splat(1);
  let o: usize = 0;
  for (; o + 16 <= row; o += 16) {
    const i = v128.load(gates + o), f = v128.load(gates + row + o);
    const g = v128.load(gates + 2 * row + o), out = v128.load(gates + 3 * row + o), t = v128.load(tanhC + o);
    const dOut = f32x4.add(v128.load(dy + o), v128.load(dh + o));
    const dCell = multiplyAdd(f32x4.mul(dOut, out), f32x4.sub(one, f32x4.mul(t, t)), v128.load(dc + o));
    v128.store(dGates + o, f32x4.mul(f32x4.mul(dCell, g), f32x4.mul(i, f32x4.sub(one, i))));
    v128.store(
      dGates + row + o, f32x4.mul(f32x4.mul(dCell, v128.load(before + o)), f32x4.mul(f, f32x4.sub(one, f))),
    );
    v128.store(dGates + 2 * row + o, f32x4.mul(f32x4.mul(dCell, i), f32x4.sub(one, f32x4.mul(g, g))));
    v128.store(dGates + 3 * row + o, f32x4.mul(f32x4.mul(dOut, t), f32x4.mul(out, f32x4.sub(one, out))));
    v128.store(dc + o, f32x4.mul(dCell, f));
  }
  for (; o < row; o += 4) {
    const i = load<f32>(gates + o), f = load<f32>(gates + row + o);
    const g = load<f32>(gates + 2 * row + o), out = load<f32>(gates + 3 * row + o), t = load<f32>(tanhC + o);
    const dOut = load<f32>(dy + o) + load<f32>(dh + o);
    const dCell = dOut * out * (1 - t * t) + load<f32>(dc + o);
    store<f32>(dGates + o, dCell * g * i * (1 - i));
    store<f32>(dGates + row + o, dCell * load<f32>(before + o) * f * (1 - f));
    store<f32>(dGates + 2 * row + o, dCell * i * (1 - g * g));
    store<f32>(dGates + 3 * row + o, dOut * t * out * (1 - out));
    store<f32>(dc + o, dCell * f);
  }
}

/**
 * gates [rows, 3·size]: on entry the inputs' share of r, z, n, on return r, z, n after their activations. hidden
 * [rows, size]: h₋·W_hnᵀ + b_hn, which the way back needs. `bias` [3·size]: b_hh. `work` [batch, 3·size].
 *
 *     r, z = σ(…)   n = tanh(x-share + r·(h₋·W_hnᵀ + b_hn))   h = (1 − z)·n + z·h₋
 */
export function gru(
  gates: usize, weight: usize, bias: usize, h: usize, hidden: usize, h0: usize, work: usize,
  starts: usize, steps: i32, size: i32,
): void {
  const row = <usize>size * 4;
  let before = h0;
  for (let step = 0; step < steps; step++) {
    const start = <usize>load<i32>(starts + <usize>step * 4);
    const active = load<i32>(starts + <usize>step * 4 + 4) - <i32>start;
    gemmPacked(active, 3 * size, size, before, size, weight, work, 3 * size, bias, 0);
    const hHere = h + start * row;
    for (let b = 0; b < active; b++) {
      const o = <usize>b * row, at = start * row + o;
      gruCell(gates + at * 3, work + o * 3, hHere + o, hidden + at, before + o, row);
    }
    before = hHere;
  }
}

@inline
function gruCell(gates: usize, share: usize, h: usize, hidden: usize, before: usize, row: usize): void {
  const one = splat(1);
  let o: usize = 0;
  for (; o + 16 <= row; o += 16) {
    const r = sigmoid(f32x4.add(v128.load(gates + o), v128.load(share + o)));
    const z = sigmoid(f32x4.add(v128.load(gates + row + o), v128.load(share + row + o)));
    const s = v128.load(share + 2 * row + o), n = tanh(multiplyAdd(r, s, v128.load(gates + 2 * row + o)));
    v128.store(gates + o, r);
    v128.store(gates + row + o, z);
    v128.store(gates + 2 * row + o, n);
    v128.store(hidden + o, s);
    v128.store(h + o, multiplyAdd(z, v128.load(before + o), f32x4.mul(f32x4.sub(one, z), n)));
  }
  for (; o < row; o += 4) {
    const r = sigmoid1(load<f32>(gates + o) + load<f32>(share + o));
    const z = sigmoid1(load<f32>(gates + row + o) + load<f32>(share + row + o));
    const s = load<f32>(share + 2 * row + o), n = tanh1(load<f32>(gates + 2 * row + o) + r * s);
    store<f32>(gates + o, r);
    store<f32>(gates + row + o, z);
    store<f32>(gates + 2 * row + o, n);
    store<f32>(hidden + o, s);
    store<f32>(h + o, (1 - z) * n + z * load<f32>(before + o));
  }
}

/**
 * From dh [rows, size] the gradients of the gates' input share, dGates [rows, 3·size], and of their hidden share, dHidden
 * [rows, 3·size], which differ in n: there the share is multiplied by r. `weight`: W_hh from `packWhole`. dh0 as in
 * `lstmGradient`; `work` [batch, size].
 */
export function gruGradient(
  dh: usize, gates: usize, weight: usize, h: usize, hidden: usize, h0: usize,
  dGates: usize, dHidden: usize, dh0: usize, work: usize,
  starts: usize, steps: i32, size: i32,
): void {
  const row = <usize>size * 4;
  for (let step = steps - 1; step >= 0; step--) {
    const start = <usize>load<i32>(starts + <usize>step * 4);
    const active = load<i32>(starts + <usize>step * 4 + 4) - <i32>start;
    const before = step > 0 ? h + <usize>load<i32>(starts + <usize>step * 4 - 4) * row : h0;
    for (let b = 0; b < active; b++) {
      const o = <usize>b * row, at = start * row + o;
      gruCellGradient(
        gates + at * 3, dGates + at * 3, dHidden + at * 3, hidden + at, before + o, dh + at, dh0 + o, row,
      );
    }
    // What goes straight back, z · dh, lies in dh0 now.
    gemmPacked(active, size, 3 * size, dHidden + start * row * 3, 3 * size, weight, dh0, size, 0, ACCUMULATE);
  }
}

@inline
function gruCellGradient(
  gates: usize, dGates: usize, dHidden: usize, hidden: usize, before: usize, dy: usize, dh: usize, row: usize,
): void {
  const one = splat(1);
  let o: usize = 0;
  for (; o + 16 <= row; o += 16) {
    const r = v128.load(gates + o), z = v128.load(gates + row + o), n = v128.load(gates + 2 * row + o);
    const d = f32x4.add(v128.load(dy + o), v128.load(dh + o));
    const dn = f32x4.mul(f32x4.mul(d, f32x4.sub(one, z)), f32x4.sub(one, f32x4.mul(n, n)));
    const dz = f32x4.mul(
      f32x4.mul(d, f32x4.sub(v128.load(before + o), n)), f32x4.mul(z, f32x4.sub(one, z)),
    );
    const dr = f32x4.mul(f32x4.mul(dn, v128.load(hidden + o)), f32x4.mul(r, f32x4.sub(one, r)));
    v128.store(dGates + o, dr);
    v128.store(dGates + row + o, dz);
    v128.store(dGates + 2 * row + o, dn);
    v128.store(dHidden + o, dr);
    v128.store(dHidden + row + o, dz);
    v128.store(dHidden + 2 * row + o, f32x4.mul(dn, r));
    v128.store(dh + o, f32x4.mul(d, z));
  }
  for (; o < row; o += 4) {
    const r = load<f32>(gates + o), z = load<f32>(gates + row + o), n = load<f32>(gates + 2 * row + o);
    const d = load<f32>(dy + o) + load<f32>(dh + o);
    const dn = d * (1 - z) * (1 - n * n), dz = d * (load<f32>(before + o) - n) * z * (1 - z);
    const dr = dn * load<f32>(hidden + o) * r * (1 - r);
    store<f32>(dGates + o, dr);
    store<f32>(dGates + row + o, dz);
    store<f32>(dGates + 2 * row + o, dn);
    store<f32>(dHidden + o, dr);
    store<f32>(dHidden + row + o, dz);
    store<f32>(dHidden + 2 * row + o, dn * r);
    store<f32>(dh + o, d * z);
  }
}

/** Each row of y [rows, size] = the state before that row: h of the step before, or h0 at step 0. */
export function statesBefore(h: usize, h0: usize, y: usize, starts: usize, steps: i32, size: i32): void {
  const row = <usize>size * 4;
  let before = h0;
  for (let step = 0; step < steps; step++) {
    const start = <usize>load<i32>(starts + <usize>step * 4);
    const active = load<i32>(starts + <usize>step * 4 + 4) - <i32>start;
    memory.copy(y + start * row, before, <usize>active * row);
    before = h + start * row;
  }
}

@inline
function sigmoid1(x: f32): f32 {
  return f32x4.extract_lane(sigmoid(splat(x)), 0);
}

@inline
function tanh1(x: f32): f32 {
  return f32x4.extract_lane(tanh(splat(x)), 0);
}
