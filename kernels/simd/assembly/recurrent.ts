/**
 * Recurrent layers over a batch of sequences, [time, batch, …]: LSTM, GRU and the plain ones, forwards and back.
 *
 * The inputs' share of the gates (x·Wᵀ + b) comes in, made for all steps at once. What has to wait for the step before is
 * h·Uᵀ + b, with U packed once for all steps. Where a mask says padding (0), the row's states go on as they are and its
 * output is 0; in such a step only the other rows are multiplied.
 */
import { sigmoid, tanh } from "./exponential";
import { gemmPacked } from "./gemm";
import { ACCUMULATE } from "./tiles";
import { addInto, multiplyAdd, splat } from "./vector";

export const LSTM: i32 = 0;
export const GRU: i32 = 1;
export const TANH_CELL: i32 = 2;
export const RELU_CELL: i32 = 3;

function gatesOf(kind: i32): i32 {
  return kind === LSTM ? 4 : kind === GRU ? 3 : 1;
}

/** Bytes of `work` for so many rows of a batch. */
export function recurrenceBytes(kind: i32, rows: i32, size: i32): usize {
  return <usize>(rows * (gatesOf(kind) + 1) * size + rows) * 4;
}

/** The operands of a call, in memory: an LSTM, a GRU or a plain cell, the sizes, and 1 where time runs backwards. */
const KIND: usize = 0;
const TIME: usize = 4;
const BATCH: usize = 8;
const SIZE: usize = 12;
const REVERSE: usize = 16;
/** Addresses. U from `packWhole`: transposed for the way there, as it is for the way back. */
const WEIGHT: usize = 20;
/** [time, batch], or 0 */
const MASK: usize = 24;
/** For the way back, written on the way there: the gates after their activations, [time, batch, gates·size]. */
const GATES: usize = 28;
/** [time, batch, size] an LSTM's tanh c, a GRU's h·U_nᵀ + b_n */
const EXTRA: usize = 32;
/** [time, batch, size] the states before each step; cBefore and c only of an LSTM. */
const H_BEFORE: usize = 36;
const C_BEFORE: usize = 40;
/** [batch, size] the first states on entry, the last on return; or the gradients of the last, and of the first. */
const H: usize = 44;
const C: usize = 48;
/** `recurrenceBytes` for the whole batch. */
const WORK: usize = 52;
/** There: [time, batch, gates·size], [time, batch, size], and [gates·size] or 0. */
const INPUT: usize = 56;
const OUTPUT: usize = 60;
const BIAS: usize = 64;
/** Back: the gradients of the output and of both shares of the gates; these are one place, except of a GRU, where n differs. */
const D_OUTPUT: usize = 56;
const D_INPUT: usize = 60;
const D_HIDDEN: usize = 64;

export function batchOf(operands: usize): i32 {
  return load<i32>(operands + BATCH);
}

/** Multiplications of a row of the batch: h·Uᵀ at each step. */
export function rowCost(operands: usize): i32 {
  const size = load<i32>(operands + SIZE);
  return load<i32>(operands + TIME) * size * size * gatesOf(load<i32>(operands + KIND));
}

@inline
function addressAt(word: usize): usize {
  return <usize>load<u32>(word);
}

/** The batch's rows from `first` to before `end`, which know nothing of the others. */
export function recurrenceOf(operands: usize, first: i32, end: i32): void {
  const kind = load<i32>(operands + KIND), time = load<i32>(operands + TIME), batch = batchOf(operands);
  const size = load<i32>(operands + SIZE), reverse = load<i32>(operands + REVERSE) !== 0;
  const weight = addressAt(operands + WEIGHT), mask = addressAt(operands + MASK), gates = addressAt(operands + GATES);
  const extra = addressAt(operands + EXTRA), hBefore = addressAt(operands + H_BEFORE);
  const cBefore = addressAt(operands + C_BEFORE), work = addressAt(operands + WORK) + recurrenceBytes(kind, first, size);
  const input = addressAt(operands + INPUT), output = addressAt(operands + OUTPUT), bias = addressAt(operands + BIAS);
  const row = <usize>size * 4, width = gatesOf(kind) * size, wide = <usize>width * 4;
  const count = end - first, share = work, packed = share + <usize>count * wide, rows = packed + <usize>count * row;
  const h = addressAt(operands + H) + <usize>first * row, c = addressAt(operands + C) + <usize>first * row;
  for (let step = 0; step < time; step++) {
    const t = <usize>((reverse ? time - 1 - step : step) * batch + first);
    const active = findRows(mask ? mask + t * 4 : 0, count, rows);
    memory.copy(hBefore + t * row, h, <usize>count * row);
    if (kind === LSTM) memory.copy(cBefore + t * row, c, <usize>count * row);
    let from = h;
    if (active < count) {
      takeRows(h, rows, active, row, packed);
      from = packed;
      memory.fill(output + t * row, 0, <usize>count * row);
    }
    gemmPacked(active, width, size, from, size, weight, share, width, bias, 0);
    for (let i = 0; i < active; i++) {
      const b = <usize>load<i32>(rows + <usize>i * 4), at = t + b;
      const x = input + at * wide, u = share + <usize>i * wide, g = gates + at * wide, y = output + at * row;
      if (kind === LSTM) lstmCell(x, u, g, h + b * row, c + b * row, extra + at * row, row);
      else if (kind === GRU) gruCell(x, u, g, h + b * row, extra + at * row, row);
      else plainCell(kind, x, u, g, h + b * row, row);
      memory.copy(y, h + b * row, row);
    }
  }
}

/** The same rows back. */
export function recurrenceGradientOf(operands: usize, first: i32, end: i32): void {
  const kind = load<i32>(operands + KIND), time = load<i32>(operands + TIME), batch = batchOf(operands);
  const size = load<i32>(operands + SIZE), reverse = load<i32>(operands + REVERSE) !== 0;
  const weight = addressAt(operands + WEIGHT), mask = addressAt(operands + MASK), gates = addressAt(operands + GATES);
  const extra = addressAt(operands + EXTRA), hBefore = addressAt(operands + H_BEFORE);
  const cBefore = addressAt(operands + C_BEFORE), work = addressAt(operands + WORK) + recurrenceBytes(kind, first, size);
  const dOutput = addressAt(operands + D_OUTPUT), dInput = addressAt(operands + D_INPUT);
  const dHidden = addressAt(operands + D_HIDDEN);
  const row = <usize>size * 4, width = gatesOf(kind) * size, wide = <usize>width * 4;
  const count = end - first, share = work, product = share + <usize>count * wide, rows = product + <usize>count * row;
  const dh = addressAt(operands + H) + <usize>first * row, dc = addressAt(operands + C) + <usize>first * row;
  for (let step = time - 1; step >= 0; step--) {
    const t = <usize>((reverse ? time - 1 - step : step) * batch + first);
    const active = findRows(mask ? mask + t * 4 : 0, count, rows);
    if (active < count) {
      memory.fill(dInput + t * wide, 0, <usize>count * wide);
      if (dHidden !== dInput) memory.fill(dHidden + t * wide, 0, <usize>count * wide);
    }
    for (let i = 0; i < active; i++) {
      const b = <usize>load<i32>(rows + <usize>i * 4), at = t + b;
      const g = gates + at * wide, dx = dInput + at * wide, d = dh + b * row;
      addInto(d, dOutput + at * row, size);
      if (kind === LSTM) lstmCellBack(g, dx, extra + at * row, cBefore + at * row, d, dc + b * row, row);
      else if (kind === GRU) gruCellBack(g, dx, dHidden + at * wide, extra + at * row, hBefore + at * row, d, row);
      else plainCellBack(kind, g, dx, d, row);
    }
    const gradients = dHidden + t * wide;
    // Of a GRU some of dh goes straight back: it lies in dh now, and the product is added.
    const flags = kind === GRU ? ACCUMULATE : 0;
    if (active === count) {
      gemmPacked(count, size, width, gradients, width, weight, dh, size, 0, flags);
    } else {
      takeRows(gradients, rows, active, wide, share);
      if (kind === GRU) takeRows(dh, rows, active, row, product);
      gemmPacked(active, size, width, share, width, weight, product, size, 0, flags);
      for (let i = 0; i < active; i++) {
        memory.copy(dh + <usize>load<i32>(rows + <usize>i * 4) * row, product + <usize>i * row, row);
      }
    }
  }
}

/** The numbers of the rows that are no padding; returns how many. */
function findRows(mask: usize, count: i32, rows: usize): i32 {
  let found = 0;
  for (let b = 0; b < count; b++) {
    if (mask && load<f32>(mask + <usize>b * 4) === 0) continue;
    store<i32>(rows + <usize>found * 4, b);
    found++;
  }
  return found;
}

function takeRows(x: usize, rows: usize, n: i32, bytes: usize, y: usize): void {
  for (let i = 0; i < n; i++) {
    memory.copy(y + <usize>i * bytes, x + <usize>load<i32>(rows + <usize>i * 4) * bytes, bytes);
  }
}

/** i, f, o = σ(…)   g = tanh(…)   c ← f·c + i·g   h ← o·tanh(c) */
function lstmCell(x: usize, u: usize, gates: usize, h: usize, c: usize, tanhC: usize, row: usize): void {
  let o: usize = 0;
  for (; o + 16 <= row; o += 16) {
    const i = sigmoid(sumAt(x + o, u + o)), f = sigmoid(sumAt(x + row + o, u + row + o));
    const g = tanh(sumAt(x + 2 * row + o, u + 2 * row + o)), out = sigmoid(sumAt(x + 3 * row + o, u + 3 * row + o));
    const cell = multiplyAdd(f, v128.load(c + o), f32x4.mul(i, g)), t = tanh(cell);
    v128.store(gates + o, i);
    v128.store(gates + row + o, f);
    v128.store(gates + 2 * row + o, g);
    v128.store(gates + 3 * row + o, out);
    v128.store(c + o, cell);
    v128.store(tanhC + o, t);
    v128.store(h + o, f32x4.mul(out, t));
  }
  for (; o < row; o += 4) {
    const i = sigmoid1(x + o, u + o), f = sigmoid1(x + row + o, u + row + o);
    const g = tanh1(load<f32>(x + 2 * row + o) + load<f32>(u + 2 * row + o));
    const out = sigmoid1(x + 3 * row + o, u + 3 * row + o);
    const cell = f * load<f32>(c + o) + i * g, t = tanh1(cell);
    store<f32>(gates + o, i);
    store<f32>(gates + row + o, f);
    store<f32>(gates + 2 * row + o, g);
    store<f32>(gates + 3 * row + o, out);
    store<f32>(c + o, cell);
    store<f32>(tanhC + o, t);
    store<f32>(h + o, out * t);
  }
}

/** dh holds ∂/∂h of this step; dc ∂/∂c of it on entry, of the step before on return. */
function lstmCellBack(
  gates: usize, dGates: usize, tanhC: usize, before: usize, dh: usize, dc: usize, row: usize,
): void {
  const one = splat(1);
  let o: usize = 0;
  for (; o + 16 <= row; o += 16) {
    const i = v128.load(gates + o), f = v128.load(gates + row + o);
    const g = v128.load(gates + 2 * row + o), out = v128.load(gates + 3 * row + o), t = v128.load(tanhC + o);
    const d = v128.load(dh + o);
    const dCell = multiplyAdd(f32x4.mul(d, out), f32x4.sub(one, f32x4.mul(t, t)), v128.load(dc + o));
    v128.store(dGates + o, f32x4.mul(f32x4.mul(dCell, g), f32x4.mul(i, f32x4.sub(one, i))));
    v128.store(
      dGates + row + o, f32x4.mul(f32x4.mul(dCell, v128.load(before + o)), f32x4.mul(f, f32x4.sub(one, f))),
    );
    v128.store(dGates + 2 * row + o, f32x4.mul(f32x4.mul(dCell, i), f32x4.sub(one, f32x4.mul(g, g))));
    v128.store(dGates + 3 * row + o, f32x4.mul(f32x4.mul(d, t), f32x4.mul(out, f32x4.sub(one, out))));
    v128.store(dc + o, f32x4.mul(dCell, f));
  }
  for (; o < row; o += 4) {
    const i = load<f32>(gates + o), f = load<f32>(gates + row + o);
    const g = load<f32>(gates + 2 * row + o), out = load<f32>(gates + 3 * row + o), t = load<f32>(tanhC + o);
    const d = load<f32>(dh + o), dCell = d * out * (1 - t * t) + load<f32>(dc + o);
    store<f32>(dGates + o, dCell * g * i * (1 - i));
    store<f32>(dGates + row + o, dCell * load<f32>(before + o) * f * (1 - f));
    store<f32>(dGates + 2 * row + o, dCell * i * (1 - g * g));
    store<f32>(dGates + 3 * row + o, d * t * out * (1 - out));
    store<f32>(dc + o, dCell * f);
  }
}

/** r, z = σ(…)   n = tanh(x_n + r·u_n)   h ← n + z·(h − n) */
function gruCell(x: usize, u: usize, gates: usize, h: usize, hidden: usize, row: usize): void {
  let o: usize = 0;
  for (; o + 16 <= row; o += 16) {
    const r = sigmoid(sumAt(x + o, u + o)), z = sigmoid(sumAt(x + row + o, u + row + o));
    const s = v128.load(u + 2 * row + o), n = tanh(multiplyAdd(r, s, v128.load(x + 2 * row + o)));
    v128.store(gates + o, r);
    v128.store(gates + row + o, z);
    v128.store(gates + 2 * row + o, n);
    v128.store(hidden + o, s);
    v128.store(h + o, multiplyAdd(z, f32x4.sub(v128.load(h + o), n), n));
  }
  for (; o < row; o += 4) {
    const r = sigmoid1(x + o, u + o), z = sigmoid1(x + row + o, u + row + o);
    const s = load<f32>(u + 2 * row + o), n = tanh1(load<f32>(x + 2 * row + o) + r * s);
    store<f32>(gates + o, r);
    store<f32>(gates + row + o, z);
    store<f32>(gates + 2 * row + o, n);
    store<f32>(hidden + o, s);
    store<f32>(h + o, n + z * (load<f32>(h + o) - n));
  }
}

/** dh holds ∂/∂h of this step on entry, and on return what goes to the step before past the product with U. */
function gruCellBack(
  gates: usize, dInput: usize, dHidden: usize, hidden: usize, before: usize, dh: usize, row: usize,
): void {
  const one = splat(1);
  let o: usize = 0;
  for (; o + 16 <= row; o += 16) {
    const r = v128.load(gates + o), z = v128.load(gates + row + o), n = v128.load(gates + 2 * row + o);
    const d = v128.load(dh + o), kept = f32x4.mul(d, z);
    const dn = f32x4.mul(f32x4.sub(d, kept), f32x4.sub(one, f32x4.mul(n, n)));
    const dz = f32x4.mul(f32x4.mul(kept, f32x4.sub(v128.load(before + o), n)), f32x4.sub(one, z));
    const dr = f32x4.mul(f32x4.mul(dn, v128.load(hidden + o)), f32x4.mul(r, f32x4.sub(one, r)));
    v128.store(dInput + o, dr);
    v128.store(dInput + row + o, dz);
    v128.store(dInput + 2 * row + o, dn);
    v128.store(dHidden + o, dr);
    v128.store(dHidden + row + o, dz);
    v128.store(dHidden + 2 * row + o, f32x4.mul(dn, r));
    v128.store(dh + o, kept);
  }
  for (; o < row; o += 4) {
    const r = load<f32>(gates + o), z = load<f32>(gates + row + o), n = load<f32>(gates + 2 * row + o);
    const d = load<f32>(dh + o), kept = d * z, dn = (d - kept) * (1 - n * n);
    const dz = kept * (load<f32>(before + o) - n) * (1 - z), dr = dn * load<f32>(hidden + o) * r * (1 - r);
    store<f32>(dInput + o, dr);
    store<f32>(dInput + row + o, dz);
    store<f32>(dInput + 2 * row + o, dn);
    store<f32>(dHidden + o, dr);
    store<f32>(dHidden + row + o, dz);
    store<f32>(dHidden + 2 * row + o, dn * r);
    store<f32>(dh + o, kept);
  }
}

/** h ← tanh(…), or max(0, …) */
function plainCell(kind: i32, x: usize, u: usize, gates: usize, h: usize, row: usize): void {
  let o: usize = 0;
  for (; o + 16 <= row; o += 16) {
    const sum = sumAt(x + o, u + o), y = kind === TANH_CELL ? tanh(sum) : f32x4.pmax(sum, splat(0));
    v128.store(gates + o, y);
    v128.store(h + o, y);
  }
  for (; o < row; o += 4) {
    const sum = load<f32>(x + o) + load<f32>(u + o), y = kind === TANH_CELL ? tanh1(sum) : sum < 0 ? 0 : sum;
    store<f32>(gates + o, y);
    store<f32>(h + o, y);
  }
}

function plainCellBack(kind: i32, gates: usize, dInput: usize, dh: usize, row: usize): void {
  for (let o: usize = 0; o < row; o += 4) {
    const y = load<f32>(gates + o), d = load<f32>(dh + o);
    store<f32>(dInput + o, kind === TANH_CELL ? d * (1 - y * y) : y > 0 ? d : 0);
  }
}

@inline
function sumAt(x: usize, u: usize): v128 {
  return f32x4.add(v128.load(x), v128.load(u));
}

@inline
function sigmoid1(x: usize, u: usize): f32 {
  return f32x4.extract_lane(sigmoid(splat(load<f32>(x) + load<f32>(u))), 0);
}

@inline
function tanh1(x: f32): f32 {
  return f32x4.extract_lane(tanh(splat(x)), 0);
}
