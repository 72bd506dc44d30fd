/**
 * The innermost loops of a matrix product: a tile of 4 rows × 8 columns of C stays in eight registers while k runs.
 * Each step loads 8 numbers of B and 4 of A and does 32 multiplications and additions.
 *
 * 4 × 8 is what fits: 8 sums, 2 vectors of B, 4 numbers of A and a product are 15 registers, as many as an x86 engine
 * has to give. Larger tiles, and more steps in one turn of the loop, were slower: the engine spills to the stack.
 */
import { multiplyAdd, splat, sumLanesOfFour } from "./vector";

export const ROWS: i32 = 4;
export const COLUMNS: i32 = 8;

/** Add to what C holds. */
export const ACCUMULATE: i32 = 1;
/** At the end, max(0, c). */
export const RELU: i32 = 2;

/**
 * C[4·blocks, 8] = A · B (+ C, + bias). Of A, block after block lies `aBlock` bytes further; in a block the next step's
 * numbers lie `aStep` bytes further. The 4 numbers of a step lie `aNumber` bytes apart where `aStep` is 4, that is, where
 * rows are read as they lie; otherwise together. Of B, the 8 numbers of a step lie together and the next step's `bStep`
 * bytes further.
 */
export function multiplyTiles(
  blocks: i32, k: i32,
  a: usize, aStep: usize, aNumber: usize, aBlock: usize,
  b: usize, bStep: usize,
  c: usize, cRow: usize,
  bias: usize, flags: i32,
): void {
  const end = b + <usize>k * bStep;
  for (let block = 0; block < blocks; block++) {
    let c00 = splat(0), c01 = splat(0), c10 = splat(0), c11 = splat(0);
    let c20 = splat(0), c21 = splat(0), c30 = splat(0), c31 = splat(0);
    if (flags & ACCUMULATE) {
      c00 = v128.load(c), c01 = v128.load(c, 16);
      let row = c + cRow;
      c10 = v128.load(row), c11 = v128.load(row, 16);
      row += cRow;
      c20 = v128.load(row), c21 = v128.load(row, 16);
      row += cRow;
      c30 = v128.load(row), c31 = v128.load(row, 16);
    } else if (bias) {
      c00 = c10 = c20 = c30 = v128.load(bias);
      c01 = c11 = c21 = c31 = v128.load(bias, 16);
    }
    let p = a, q = b;
    if (ASC_FEATURE_RELAXED_SIMD && bStep === 32 && aStep === 4) {
      // B packed and A as it lies.
      let p1 = a + aNumber, p2 = p1 + aNumber, p3 = p2 + aNumber;
      if (k > 0) do {
        const b0 = v128.load(q), b1 = v128.load(q, 16);
        const a0 = v128.load32_splat(p);
        c00 = multiplyAdd(a0, b0, c00), c01 = multiplyAdd(a0, b1, c01);
        const a1 = v128.load32_splat(p1);
        c10 = multiplyAdd(a1, b0, c10), c11 = multiplyAdd(a1, b1, c11);
        const a2 = v128.load32_splat(p2);
        c20 = multiplyAdd(a2, b0, c20), c21 = multiplyAdd(a2, b1, c21);
        const a3 = v128.load32_splat(p3);
        c30 = multiplyAdd(a3, b0, c30), c31 = multiplyAdd(a3, b1, c31);
        p += 4;
        p1 += 4;
        p2 += 4;
        p3 += 4;
        q += 32;
      } while (q !== end);
    } else if (bStep === 32 && aStep === 16) {
      // Both packed: the same loop as below, with steps that are known.
      if (k > 0) do {
        const b0 = v128.load(q), b1 = v128.load(q, 16);
        const a0 = v128.load32_splat(p);
        c00 = multiplyAdd(a0, b0, c00), c01 = multiplyAdd(a0, b1, c01);
        const a1 = v128.load32_splat(p, 4);
        c10 = multiplyAdd(a1, b0, c10), c11 = multiplyAdd(a1, b1, c11);
        const a2 = v128.load32_splat(p, 8);
        c20 = multiplyAdd(a2, b0, c20), c21 = multiplyAdd(a2, b1, c21);
        const a3 = v128.load32_splat(p, 12);
        c30 = multiplyAdd(a3, b0, c30), c31 = multiplyAdd(a3, b1, c31);
        p += 16;
        q += 32;
      } while (q !== end);
    } else if (k > 0) do {
      const b0 = v128.load(q), b1 = v128.load(q, 16);
      const a0 = v128.load32_splat(p);
      c00 = multiplyAdd(a0, b0, c00), c01 = multiplyAdd(a0, b1, c01);
      const a1 = v128.load32_splat(p, 4);
      c10 = multiplyAdd(a1, b0, c10), c11 = multiplyAdd(a1, b1, c11);
      const a2 = v128.load32_splat(p, 8);
      c20 = multiplyAdd(a2, b0, c20), c21 = multiplyAdd(a2, b1, c21);
      const a3 = v128.load32_splat(p, 12);
      c30 = multiplyAdd(a3, b0, c30), c31 = multiplyAdd(a3, b1, c31);
      p += aStep;
      q += bStep;
    } while (q !== end);
    if (flags & RELU) {
      c00 = f32x4.pmax(c00, splat(0)), c01 = f32x4.pmax(c01, splat(0));
      c10 = f32x4.pmax(c10, splat(0)), c11 = f32x4.pmax(c11, splat(0));
      c20 = f32x4.pmax(c20, splat(0)), c21 = f32x4.pmax(c21, splat(0));
      c30 = f32x4.pmax(c30, splat(0)), c31 = f32x4.pmax(c31, splat(0));
    }
    v128.store(c, c00), v128.store(c, c01, 16);
    c += cRow;
    v128.store(c, c10), v128.store(c, c11, 16);
    c += cRow;
    v128.store(c, c20), v128.store(c, c21, 16);
    c += cRow;
    v128.store(c, c30), v128.store(c, c31, 16);
    c += cRow;
    a += aBlock;
  }
}

/**
 * The same where both operands run along k (A · Bᵀ) and A has few rows, so that packing B would cost as much as the
 * product: four rows of B are multiplied with each two rows of A, four steps of k at a time, and the lanes summed up.
 */
export function multiplyDots(
  rows: i32, columns: i32, k: i32,
  a: usize, aRow: usize,
  b: usize, bRow: usize,
  c: usize, cRow: usize,
  bias: usize, flags: i32,
): void {
  const whole: usize = (k & ~3) * 4, all: usize = k * 4;
  for (let j = 0; j < columns; j += 4) {
    const wide = columns - j;
    const b0 = b + <usize>j * bRow, b1 = wide > 1 ? b0 + bRow : b0;
    const b2 = wide > 2 ? b1 + bRow : b0, b3 = wide > 3 ? b2 + bRow : b0;
    const biasHere = bias ? bias + <usize>j * 4 : 0;
    let d = c + <usize>j * 4;
    for (let i = 0; i < rows; i += 2) {
      const a0 = a + <usize>i * aRow, a1 = i + 1 < rows ? a0 + aRow : a0;
      let c00 = splat(0), c01 = splat(0), c02 = splat(0), c03 = splat(0);
      let c10 = splat(0), c11 = splat(0), c12 = splat(0), c13 = splat(0);
      let o: usize = 0;
      for (; o < whole; o += 16) {
        const x0 = v128.load(a0 + o), x1 = v128.load(a1 + o);
        const y0 = v128.load(b0 + o);
        c00 = multiplyAdd(x0, y0, c00), c10 = multiplyAdd(x1, y0, c10);
        const y1 = v128.load(b1 + o);
        c01 = multiplyAdd(x0, y1, c01), c11 = multiplyAdd(x1, y1, c11);
        const y2 = v128.load(b2 + o);
        c02 = multiplyAdd(x0, y2, c02), c12 = multiplyAdd(x1, y2, c12);
        const y3 = v128.load(b3 + o);
        c03 = multiplyAdd(x0, y3, c03), c13 = multiplyAdd(x1, y3, c13);
      }
      for (; o < all; o += 4) {
        const x0 = v128.load32_zero(a0 + o), x1 = v128.load32_zero(a1 + o);
        const y0 = v128.load32_zero(b0 + o);
        c00 = multiplyAdd(x0, y0, c00), c10 = multiplyAdd(x1, y0, c10);
        const y1 = v128.load32_zero(b1 + o);
        c01 = multiplyAdd(x0, y1, c01), c11 = multiplyAdd(x1, y1, c11);
        const y2 = v128.load32_zero(b2 + o);
        c02 = multiplyAdd(x0, y2, c02), c12 = multiplyAdd(x1, y2, c12);
        const y3 = v128.load32_zero(b3 + o);
        c03 = multiplyAdd(x0, y3, c03), c13 = multiplyAdd(x1, y3, c13);
      }
      finishFour(wide, d, sumLanesOfFour(c00, c01, c02, c03), biasHere, flags);
      if (i + 1 < rows) finishFour(wide, d + cRow, sumLanesOfFour(c10, c11, c12, c13), biasHere, flags);
      d += 2 * cRow;
    }
  }
}

/** A · B with one row of A, B as it lies: sixteen columns of C stay in registers while k runs. */
export function multiplyRow(
  columns: i32, k: i32, a: usize, b: usize, bRow: usize, c: usize, bias: usize, flags: i32,
): void {
  const end = a + <usize>k * 4;
  let j = 0;
  for (; j + 16 <= columns; j += 16) {
    let c0 = splat(0), c1 = splat(0), c2 = splat(0), c3 = splat(0), q = b;
    for (let p = a; p < end; p += 4) {
      const x = v128.load32_splat(p);
      c0 = multiplyAdd(x, v128.load(q), c0), c1 = multiplyAdd(x, v128.load(q, 16), c1);
      c2 = multiplyAdd(x, v128.load(q, 32), c2), c3 = multiplyAdd(x, v128.load(q, 48), c3);
      q += bRow;
    }
    finishFour(4, c, c0, bias, flags);
    finishFour(4, c + 16, c1, bias ? bias + 16 : 0, flags);
    finishFour(4, c + 32, c2, bias ? bias + 32 : 0, flags);
    finishFour(4, c + 48, c3, bias ? bias + 48 : 0, flags);
    b += 64;
    c += 64;
    if (bias) bias += 64;
  }
  for (; j < columns; j += 4) {
    const wide = columns - j;
    let sum = splat(0), q = b;
    for (let p = a; p < end; p += 4) {
      sum = multiplyAdd(v128.load32_splat(p), wide < 4 ? loadSome(q, wide) : v128.load(q), sum);
      q += bRow;
    }
    finishFour(wide, c, sum, bias, flags);
    b += 16;
    c += 16;
    if (bias) bias += 16;
  }
}

/** One, two or three neighbouring numbers; what lies behind them is not read. */
@inline
function loadSome(from: usize, count: i32): v128 {
  if (count === 1) return v128.load32_zero(from);
  const two = v128.load64_zero(from);
  return count === 2 ? two : f32x4.replace_lane(two, 2, load<f32>(from, 8));
}

/** Puts the first `wide` of four neighbouring numbers of C in their places. */
@inline
function finishFour(wide: i32, c: usize, values: v128, bias: usize, flags: i32): void {
  if (wide < 4) {
    finish(c, f32x4.extract_lane(values, 0), bias, flags);
    if (wide > 1) finish(c + 4, f32x4.extract_lane(values, 1), bias ? bias + 4 : 0, flags);
    if (wide > 2) finish(c + 8, f32x4.extract_lane(values, 2), bias ? bias + 8 : 0, flags);
    return;
  }
  let sum = values;
  if (flags & ACCUMULATE) sum = f32x4.add(sum, v128.load(c));
  else if (bias) sum = f32x4.add(sum, v128.load(bias));
  if (flags & RELU) sum = f32x4.pmax(sum, splat(0));
  v128.store(c, sum);
}

/** Puts one number of C in its place: what came before, the bias, the activation. */
@inline
export function finish(c: usize, value: f32, bias: usize, flags: i32): void {
  if (flags & ACCUMULATE) value += load<f32>(c);
  else if (bias) value += load<f32>(bias);
  if (flags & RELU) value = value < 0 ? 0 : value;
  store<f32>(c, value);
}
