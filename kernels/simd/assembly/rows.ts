/** Rows picked by number, and added up by number (int32); and walks through a tensor in steps of any size. */
import { addInto } from "./vector";

/** y [outer, n, inner] = the rows `ids` of x [outer, rows, inner], of `bytes` bytes a row. A row that x does not have is 0. */
export function gatherRows(x: usize, ids: usize, y: usize, outer: i32, rows: i32, n: i32, bytes: usize): void {
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < n; i++) {
      const id = load<i32>(ids + <usize>i * 4);
      if (<u32>id < <u32>rows) copyRow(y, x + <usize>id * bytes, bytes);
      else memory.fill(y, 0, bytes);
      y += bytes;
    }
    x += <usize>rows * bytes;
  }
}

/** y [segments, columns]: each the sum of the rows of x [n, columns] that bear its number. Other numbers count for nothing. */
export function segmentSum(x: usize, ids: usize, y: usize, n: i32, columns: i32, segments: i32): void {
  const bytes = <usize>columns * 4;
  memory.fill(y, 0, <usize>segments * bytes);
  for (let i = 0; i < n; i++) {
    const id = load<i32>(ids + <usize>i * 4);
    if (<u32>id < <u32>segments) addInto(y + <usize>id * bytes, x, columns);
    x += bytes;
  }
}

/** The same for whole numbers. */
export function segmentSumInt(x: usize, ids: usize, y: usize, n: i32, columns: i32, segments: i32): void {
  const bytes = <usize>columns * 4;
  memory.fill(y, 0, <usize>segments * bytes);
  for (let i = 0; i < n; i++) {
    const id = load<i32>(ids + <usize>i * 4);
    if (<u32>id < <u32>segments) {
      const to = y + <usize>id * bytes;
      for (let o: usize = 0; o < bytes; o += 4) store<i32>(to + o, load<i32>(to + o) + load<i32>(x + o));
    }
    x += bytes;
  }
}

/** y = x, `rows` of them, of `bytes` bytes each; a row begins xRow bytes after the last one in x, yRow in y. */
export function copyRows(x: usize, y: usize, rows: i32, bytes: usize, xRow: usize, yRow: usize): void {
  for (let row = 0; row < rows; row++) {
    copyRow(y, x, bytes);
    x += xRow;
    y += yRow;
  }
}

/** Short rows are copied here: `memory.copy` is a call out of the module. */
@inline
function copyRow(to: usize, from: usize, bytes: usize): void {
  if (bytes > 512) {
    memory.copy(to, from, bytes);
    return;
  }
  let o: usize = 0;
  for (; o + 16 <= bytes; o += 16) v128.store(to + o, v128.load(from + o));
  for (; o < bytes; o++) store<u8>(to + o, load<u8>(from + o));
}

/**
 * y = x seen through strides: y of the sizes `shape` (rank ints), the element at a place lies in x at the sum of
 * place · stride (rank ints, in elements; 0 repeats, a negative one goes backwards). Elements of `width` bytes, 1 or 4.
 */
export function copyStrided(x: usize, y: usize, rank: i32, shape: usize, strides: usize, width: i32): void {
  if (width === 4) copyDimension<u32>(x, y, rank, shape, strides);
  else copyDimension<u8>(x, y, rank, shape, strides);
}

/** Returns where y goes on. */
function copyDimension<T>(x: usize, y: usize, rank: i32, shape: usize, strides: usize): usize {
  if (rank === 0) {
    store<T>(y, load<T>(x));
    return y + sizeof<T>();
  }
  const size = load<i32>(shape), stride = load<i32>(strides) * <i32>sizeof<T>();
  if (rank > 1) {
    for (let i = 0; i < size; i++) {
      y = copyDimension<T>(x, y, rank - 1, shape + 4, strides + 4);
      x += stride;
    }
    return y;
  }
  if (stride === sizeof<T>()) {
    copyRow(y, x, <usize>size * sizeof<T>());
    return y + <usize>size * sizeof<T>();
  }
  let i = 0;
  if (stride === 0 && sizeof<T>() === 4) {
    const same = v128.load32_splat(x);
    for (; i + 4 <= size; i += 4) {
      v128.store(y, same);
      y += 16;
    }
  }
  for (; i < size; i++) {
    store<T>(y, load<T>(x));
    x += stride;
    y += sizeof<T>();
  }
  return y;
}
