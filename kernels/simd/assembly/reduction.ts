/** Sums, largest and smallest numbers along a dimension: x [outer, reduced, inner] → y [outer, inner]. */
import { addInto, maxLanes, minLanes, scaleInto, splat, sumLanes } from "./vector";

export const SUM: i32 = 0;
export const MAX: i32 = 1;
export const MIN: i32 = 2;

/** A sum is taken in pieces of so many numbers, and the pieces added in double precision. */
const PIECE: i32 = 4096;

/** `scale` multiplies a sum: 1 / reduced makes it a mean. */
export function reduce(which: i32, x: usize, y: usize, outer: i32, reduced: i32, inner: i32, scale: f32): void {
  const bytes = <usize>(reduced * inner) * 4;
  for (let i = 0; i < outer; i++) {
    if (inner === 1) {
      store<f32>(y, which === SUM ? <f32>(sum(x, reduced) * scale) : extreme(which, x, reduced));
    } else if (which === SUM) {
      sumRows(x, y, reduced, inner);
      if (scale !== 1) scaleInto(y, y, inner, scale);
    } else {
      extremeOfRows(which, x, y, reduced, inner);
    }
    x += bytes;
    y += <usize>inner * 4;
  }
}

/** The sum of n numbers that lie side by side. */
export function sum(x: usize, n: i32): f64 {
  let total: f64 = 0;
  for (let from = 0; from < n; from += PIECE) {
    const end = min(from + PIECE, n);
    let s0 = splat(0), s1 = splat(0), s2 = splat(0), s3 = splat(0);
    let i = from;
    for (; i + 16 <= end; i += 16) {
      s0 = f32x4.add(s0, v128.load(x));
      s1 = f32x4.add(s1, v128.load(x, 16));
      s2 = f32x4.add(s2, v128.load(x, 32));
      s3 = f32x4.add(s3, v128.load(x, 48));
      x += 64;
    }
    for (; i + 4 <= end; i += 4) {
      s0 = f32x4.add(s0, v128.load(x));
      x += 16;
    }
    total += <f64>sumLanes(f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3)));
    for (; i < end; i++) {
      total += <f64>load<f32>(x);
      x += 4;
    }
  }
  return total;
}

/** y [columns] = Σ rows of x [rows, columns]: of four rows in one pass over y. */
export function sumRows(x: usize, y: usize, rows: i32, columns: i32): void {
  const row = <usize>columns * 4;
  memory.fill(y, 0, row);
  let i = 0;
  for (; i + 4 <= rows; i += 4) {
    const x1 = x + row, x2 = x1 + row, x3 = x2 + row;
    let o: usize = 0;
    for (; o + 16 <= row; o += 16) {
      const low = f32x4.add(v128.load(x + o), v128.load(x1 + o));
      const high = f32x4.add(v128.load(x2 + o), v128.load(x3 + o));
      v128.store(y + o, f32x4.add(v128.load(y + o), f32x4.add(low, high)));
    }
    for (; o < row; o += 4) {
      const low = load<f32>(x + o) + load<f32>(x1 + o), high = load<f32>(x2 + o) + load<f32>(x3 + o);
      store<f32>(y + o, load<f32>(y + o) + (low + high));
    }
    x = x3 + row;
  }
  for (; i < rows; i++) {
    addInto(y, x, columns);
    x += row;
  }
}

function extreme(which: i32, x: usize, n: i32): f32 {
  const start: f32 = which === MAX ? -Infinity : Infinity;
  let best = splat(start), i = 0;
  if (which === MAX) {
    for (; i + 4 <= n; i += 4) {
      best = f32x4.max(best, v128.load(x));
      x += 16;
    }
  } else {
    for (; i + 4 <= n; i += 4) {
      best = f32x4.min(best, v128.load(x));
      x += 16;
    }
  }
  let result = which === MAX ? maxLanes(best) : minLanes(best);
  for (; i < n; i++) {
    result = which === MAX ? max(result, load<f32>(x)) : min(result, load<f32>(x));
    x += 4;
  }
  return result;
}

function extremeOfRows(which: i32, x: usize, y: usize, rows: i32, columns: i32): void {
  const row = <usize>columns * 4;
  for (let o: usize = 0; o < row; o += 4) store<f32>(y + o, which === MAX ? -Infinity : Infinity);
  for (let i = 0; i < rows; i++) {
    let o: usize = 0;
    for (; o + 16 <= row; o += 16) {
      const before = v128.load(y + o), next = v128.load(x + o);
      v128.store(y + o, which === MAX ? f32x4.max(before, next) : f32x4.min(before, next));
    }
    for (; o < row; o += 4) {
      const before = load<f32>(y + o), next = load<f32>(x + o);
      store<f32>(y + o, which === MAX ? max(before, next) : min(before, next));
    }
    x += row;
  }
}
