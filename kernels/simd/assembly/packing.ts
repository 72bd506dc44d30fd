/**
 * Copies of the operands in the order in which the innermost loop reads them, one number after the other. It costs one
 * pass and saves a cache miss for nearly every step where rows lie far apart; transposing happens here, by the way.
 *
 * A's panel: for each step of k the 4 numbers of its rows. B's panel: for each step of k the 8 numbers of its columns.
 * Rows and columns that a panel has too many are 0.
 */
import { COLUMNS, ROWS } from "./tiles";

/** `rowStride`: bytes from one row of A to the next; `kStride`: from one step of k to the next. */
export function packRows(rows: i32, k: i32, a: usize, rowStride: usize, kStride: usize, to: usize): void {
  if (rows === ROWS && rowStride === 4) {
    for (let i = 0; i < k; i++) {
      v128.store(to, v128.load(a));
      a += kStride;
      to += 16;
    }
  } else if (rows === ROWS && kStride === 4) {
    transpose4(k, a, rowStride, to, 16);
  } else {
    for (let i = 0; i < ROWS; i++) {
      let from = a + <usize>i * rowStride, d = to + <usize>i * 4;
      for (let j = 0; j < k; j++) {
        store<f32>(d, i < rows ? load<f32>(from) : 0);
        from += kStride;
        d += 16;
      }
    }
  }
}

/**
 * Four panels of A side by side where A is transposed, its rows 4 bytes apart: a step's 16 numbers are a whole cache line,
 * which is read once. Panel by panel each line would be fetched four times, having been displaced in between.
 */
export function packFourPanels(k: i32, a: usize, kStride: usize, to: usize): void {
  const panel = <usize>k * 16;
  for (let i = 0; i < k; i++) {
    v128.store(to, v128.load(a));
    v128.store(to + panel, v128.load(a, 16));
    v128.store(to + 2 * panel, v128.load(a, 32));
    v128.store(to + 3 * panel, v128.load(a, 48));
    a += kStride;
    to += 16;
  }
}

/** Two panels of B side by side where B is not transposed, for the same reason. */
export function packTwoPanels(k: i32, b: usize, kStride: usize, to: usize): void {
  const panel = <usize>k * 32;
  for (let i = 0; i < k; i++) {
    v128.store(to, v128.load(b));
    v128.store(to, v128.load(b, 16), 16);
    v128.store(to + panel, v128.load(b, 32));
    v128.store(to + panel, v128.load(b, 48), 16);
    b += kStride;
    to += 32;
  }
}

/** `columnStride`: bytes from one column of B to the next; `kStride`: from one step of k to the next. */
export function packColumns(columns: i32, k: i32, b: usize, columnStride: usize, kStride: usize, to: usize): void {
  if (columns === COLUMNS && columnStride === 4) {
    for (let i = 0; i < k; i++) {
      v128.store(to, v128.load(b));
      v128.store(to, v128.load(b, 16), 16);
      b += kStride;
      to += 32;
    }
  } else if (columns === COLUMNS && kStride === 4) {
    transpose4(k, b, columnStride, to, 32);
    transpose4(k, b + 4 * columnStride, columnStride, to + 16, 32);
  } else {
    for (let i = 0; i < k; i++) {
      let from = b;
      for (let j = 0; j < COLUMNS; j++) {
        store<f32>(to, j < columns ? load<f32>(from) : 0);
        from += columnStride;
        to += 4;
      }
      b += kStride;
    }
  }
}

/** Four rows that run along k become k groups of four, `step` bytes apart. */
function transpose4(k: i32, from: usize, stride: usize, to: usize, step: usize): void {
  let p0 = from, p1 = p0 + stride, p2 = p1 + stride, p3 = p2 + stride;
  let i = 0;
  for (; i + 4 <= k; i += 4) {
    const r0 = v128.load(p0), r1 = v128.load(p1), r2 = v128.load(p2), r3 = v128.load(p3);
    const t0 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5), t1 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
    const t2 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7), t3 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<f32>(t0, t1, 0, 1, 4, 5));
    to += step;
    v128.store(to, v128.shuffle<f32>(t0, t1, 2, 3, 6, 7));
    to += step;
    v128.store(to, v128.shuffle<f32>(t2, t3, 0, 1, 4, 5));
    to += step;
    v128.store(to, v128.shuffle<f32>(t2, t3, 2, 3, 6, 7));
    to += step;
    p0 += 16;
    p1 += 16;
    p2 += 16;
    p3 += 16;
  }
  for (; i < k; i++) {
    store<f32>(to, load<f32>(p0));
    store<f32>(to, load<f32>(p1), 4);
    store<f32>(to, load<f32>(p2), 8);
    store<f32>(to, load<f32>(p3), 12);
    to += step;
    p0 += 4;
    p1 += 4;
    p2 += 4;
    p3 += 4;
  }
}
