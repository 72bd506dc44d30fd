/**
 * The innermost loops of a matrix product: a tile of 4 rows × 8 columns of C stays in eight registers while k runs.
 * Each step loads 8 numbers of B and 4 of A and does 32 multiplications and additions.
 *
 * 4 × 8 is what fits: 8 sums, 2 vectors of B, 4 numbers of A and a product are 15 registers, as many as an x86 engine
 * has to give. Larger tiles, and more steps in one turn of the loop, were slower: the engine spills to the stack.
 */
import { multiplyAdd, splat, sumLanes } from "./vector";

export const ROWS: i32 = 4;
export const COLUMNS: i32 = 8;

/** Add to what C holds. */
export const ACCUMULATE: i32 = 1;
/** At the end, max(0, c). */
export const RELU: i32 = 2;

/**
 * C[4·blocks, 8] = A · B (+ C, + bias). Of A, block after block lies `aBlock` bytes further; in a block the 4 numbers of a
 * step lie together and the next step's `aStep` bytes further. Of B, the 8 numbers of a step lie together and the next
 * step's `bStep` bytes further.
 */
export function multiplyTiles(
  blocks: i32, k: i32,
  a: usize, aStep: usize, aBlock: usize,
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
    if (bStep === 32 && aStep === 16) {
      // The same loop, with steps that are known: the usual case, in which both have been packed.
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
 * product: two rows of B are multiplied with `rows` ≤ 4 rows of A, four steps of k at a time, and the lanes summed up.
 */
export function multiplyDots(
  rows: i32, columns: i32, k: i32,
  a: usize, aRow: usize,
  b: usize, bRow: usize,
  c: usize, cRow: usize,
  bias: usize, flags: i32,
): void {
  const a1 = a + (rows > 1 ? aRow : 0), a2 = a1 + (rows > 2 ? aRow : 0), a3 = a2 + (rows > 3 ? aRow : 0);
  for (let j = 0; j < columns; j += 2) {
    const b0 = b + <usize>j * bRow, b1 = j + 1 < columns ? b0 + bRow : b0;
    let c00 = splat(0), c01 = splat(0), c10 = splat(0), c11 = splat(0);
    let c20 = splat(0), c21 = splat(0), c30 = splat(0), c31 = splat(0);
    let o: usize = 0;
    const whole: usize = (k & ~3) * 4, all: usize = k * 4;
    for (; o < whole; o += 16) {
      const y0 = v128.load(b0 + o), y1 = v128.load(b1 + o);
      const x0 = v128.load(a + o);
      c00 = multiplyAdd(x0, y0, c00), c01 = multiplyAdd(x0, y1, c01);
      const x1 = v128.load(a1 + o);
      c10 = multiplyAdd(x1, y0, c10), c11 = multiplyAdd(x1, y1, c11);
      const x2 = v128.load(a2 + o);
      c20 = multiplyAdd(x2, y0, c20), c21 = multiplyAdd(x2, y1, c21);
      const x3 = v128.load(a3 + o);
      c30 = multiplyAdd(x3, y0, c30), c31 = multiplyAdd(x3, y1, c31);
    }
    for (; o < all; o += 4) {
      const y0 = v128.load32_zero(b0 + o), y1 = v128.load32_zero(b1 + o);
      const x0 = v128.load32_zero(a + o);
      c00 = multiplyAdd(x0, y0, c00), c01 = multiplyAdd(x0, y1, c01);
      const x1 = v128.load32_zero(a1 + o);
      c10 = multiplyAdd(x1, y0, c10), c11 = multiplyAdd(x1, y1, c11);
      const x2 = v128.load32_zero(a2 + o);
      c20 = multiplyAdd(x2, y0, c20), c21 = multiplyAdd(x2, y1, c21);
      const x3 = v128.load32_zero(a3 + o);
      c30 = multiplyAdd(x3, y0, c30), c31 = multiplyAdd(x3, y1, c31);
    }
    const second = j + 1 < columns;
    const d = c + j * 4;
    finish(d, sumLanes(c00), bias ? bias + j * 4 : 0, flags);
    if (second) finish(d + 4, sumLanes(c01), bias ? bias + j * 4 + 4 : 0, flags);
    if (rows > 1) {
      finish(d + cRow, sumLanes(c10), bias ? bias + j * 4 : 0, flags);
      if (second) finish(d + cRow + 4, sumLanes(c11), bias ? bias + j * 4 + 4 : 0, flags);
    }
    if (rows > 2) {
      finish(d + 2 * cRow, sumLanes(c20), bias ? bias + j * 4 : 0, flags);
      if (second) finish(d + 2 * cRow + 4, sumLanes(c21), bias ? bias + j * 4 + 4 : 0, flags);
    }
    if (rows > 3) {
      finish(d + 3 * cRow, sumLanes(c30), bias ? bias + j * 4 : 0, flags);
      if (second) finish(d + 3 * cRow + 4, sumLanes(c31), bias ? bias + j * 4 + 4 : 0, flags);
    }
  }
}

/** Puts one number of C in its place: what came before, the bias, the activation. */
@inline
export function finish(c: usize, value: f32, bias: usize, flags: i32): void {
  if (flags & ACCUMULATE) value += load<f32>(c);
  else if (bias) value += load<f32>(bias);
  if (flags & RELU) value = value < 0 ? 0 : value;
  store<f32>(c, value);
}
