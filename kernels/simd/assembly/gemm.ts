/**
 * C = A · B (+ bias, or + C) for matrices of any size, either operand transposed, in blocks that fit the caches: a panel
 * of B (8 columns × 256 steps, 8 KB) stays in the first-level cache while the rows of A pass by, and a block of B
 * (256 × 512, 512 KB) in the second while A's blocks do. After K. Goto and R. van de Geijn, "Anatomy of
 * High-Performance Matrix Multiplication", ACM TOMS 2008.
 */
import { packColumns, packFourPanels, packRows, packTwoPanels } from "./packing";
import { ACCUMULATE, COLUMNS, finish, multiplyDots, multiplyRow, multiplyTiles, RELU, ROWS } from "./tiles";

const K_BLOCK: i32 = 256;
const N_BLOCK: i32 = 512;
const M_BLOCK: i32 = 64;

/** With so few rows of A a panel of B is read too seldom to be worth packing. */
export const FEW_ROWS: i32 = 8;
/** And so few columns of B, A's. */
const FEW_COLUMNS: i32 = 8;

const B_BYTES: usize = K_BLOCK * N_BLOCK * 4;
const A_BYTES: usize = K_BLOCK * M_BLOCK * 4;
const TILE_BYTES: usize = ROWS * COLUMNS * 4;

/** Where this instance packs: each thread has a place of its own. */
let scratch: usize = 0;

export function scratchBytes(): usize {
  return B_BYTES + A_BYTES + TILE_BYTES;
}

export function useScratch(at: usize): void {
  scratch = at;
}

/** C [m, n] (rows `cRow` floats apart), A [m, k] or, transposed, [k, m]; B [k, n] or, transposed, [n, k]. */
export function gemm(
  transposeA: bool, transposeB: bool,
  m: i32, n: i32, k: i32,
  a: usize, aRow: i32,
  b: usize, bRow: i32,
  c: usize, cRow: i32,
  bias: usize, flags: i32,
): void {
  if (m <= 0 || n <= 0) return;
  if (k <= 0) return fillWithoutProduct(m, n, c, <usize>cRow * 4, bias, flags);
  if (m <= FEW_ROWS && !transposeA && transposeB) {
    multiplyDots(m, n, k, a, <usize>aRow * 4, b, <usize>bRow * 4, c, <usize>cRow * 4, bias, flags);
    return;
  }
  if (m === 1 && !transposeA && !transposeB) {
    multiplyRow(n, k, a, b, <usize>bRow * 4, c, bias, flags);
    return;
  }
  gemmInBlocks(transposeA, transposeB, m, n, k, a, aRow, b, bRow, c, cRow, bias, flags);
}

/**
 * `gemm` as it computes more than a few rows. A row of C is the same, bit by bit, whatever rows stand beside it: so it does
 * not matter in what pieces threads share a product, or which rows of a batch are padding.
 */
export function gemmInBlocks(
  transposeA: bool, transposeB: bool,
  m: i32, n: i32, k: i32,
  a: usize, aRow: i32,
  b: usize, bRow: i32,
  c: usize, cRow: i32,
  bias: usize, flags: i32,
): void {
  const kOfB: usize = transposeB ? 4 : <usize>bRow * 4;
  const columnOfB: usize = transposeB ? <usize>bRow * 4 : 4;
  const packB = transposeB || m > FEW_ROWS;
  for (let j = 0; j < n; j += N_BLOCK) {
    const columns = min(N_BLOCK, n - j);
    for (let l = 0; l < k; l += K_BLOCK) {
      const steps = min(K_BLOCK, k - l);
      const block = b + <usize>l * kOfB + <usize>j * columnOfB;
      if (packB) packBlock(columns, steps, block, columnOfB, kOfB, scratch);
      multiplyBlock(
        transposeA, m, columns, steps, a + <usize>(transposeA ? l * aRow : l) * 4, aRow,
        packB ? scratch : 0, block, kOfB, c + <usize>j * 4, cRow,
        bias ? bias + <usize>j * 4 : 0, flagsOfBlock(flags, l, k),
      );
    }
  }
}

/** How many bytes `packWhole` writes. */
export function packedBytes(n: i32, k: i32): usize {
  return <usize>(((n + COLUMNS - 1) & ~(COLUMNS - 1)) * k) * 4;
}

/** Packs all of B, for `gemmPacked`: worth it where the same B is multiplied again and again, as in a recurrent layer. */
export function packWhole(transposeB: bool, n: i32, k: i32, b: usize, bRow: i32, to: usize): void {
  const kOfB: usize = transposeB ? 4 : <usize>bRow * 4;
  const columnOfB: usize = transposeB ? <usize>bRow * 4 : 4;
  for (let l = 0; l < k; l += K_BLOCK) {
    const steps = min(K_BLOCK, k - l);
    packBlock(n, steps, b + <usize>l * kOfB, columnOfB, kOfB, to);
    to += packedBytes(n, steps);
  }
}

/** `gemm` with a B from `packWhole`, and A not transposed. */
export function gemmPacked(
  m: i32, n: i32, k: i32,
  a: usize, aRow: i32, packed: usize,
  c: usize, cRow: i32,
  bias: usize, flags: i32,
): void {
  for (let l = 0; l < k; l += K_BLOCK) {
    const steps = min(K_BLOCK, k - l);
    multiplyBlock(
      false, m, n, steps, a + <usize>l * 4, aRow, packed, 0, 0, c, cRow, bias, flagsOfBlock(flags, l, k),
    );
    packed += packedBytes(n, steps);
  }
}

/** What A · B is without a k: 0, or what is added to it. */
function fillWithoutProduct(m: i32, n: i32, c: usize, cRow: usize, bias: usize, flags: i32): void {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) finish(c + <usize>j * 4, 0, bias ? bias + <usize>j * 4 : 0, flags);
    c += cRow;
  }
}

/** After the first block of k C is added to, and only the last one ends with the activation. */
@inline
function flagsOfBlock(flags: i32, l: i32, k: i32): i32 {
  const first = l === 0 ? flags & ACCUMULATE : ACCUMULATE;
  return first | (l + K_BLOCK >= k ? flags & RELU : 0);
}

function packBlock(columns: i32, steps: i32, b: usize, columnOfB: usize, kOfB: usize, to: usize): void {
  let j = 0;
  for (; columnOfB === 4 && j + 2 * COLUMNS <= columns; j += 2 * COLUMNS) {
    packTwoPanels(steps, b + <usize>j * 4, kOfB, to);
    to += <usize>steps * 64;
  }
  for (; j < columns; j += COLUMNS) {
    packColumns(min(COLUMNS, columns - j), steps, b + <usize>j * columnOfB, columnOfB, kOfB, to);
    to += <usize>steps * 32;
  }
}

/** `packed`: B's panels, or 0, and then whole panels are read from `b` itself, whose steps lie `kOfB` bytes apart. */
function multiplyBlock(
  transposeA: bool,
  m: i32, columns: i32, steps: i32,
  a: usize, aRow: i32,
  packed: usize, b: usize, kOfB: usize,
  c: usize, cRow: i32,
  bias: usize, flags: i32,
): void {
  const rowOfA: usize = transposeA ? 4 : <usize>aRow * 4;
  const kOfA: usize = transposeA ? <usize>aRow * 4 : 4;
  const rowOfC: usize = <usize>cRow * 4;
  const packedA = scratch + B_BYTES, tile = packedA + A_BYTES;
  // A transposed A already has the 4 numbers of a step side by side. One as it lies costs the loop an addition for each,
  // for which there is time only where a product and a sum are one instruction.
  const direct = transposeA ? columns <= FEW_COLUMNS : ASC_FEATURE_RELAXED_SIMD && packed !== 0;
  for (let i = 0; i < m; i += M_BLOCK) {
    const rows = min(M_BLOCK, m - i), whole = rows / ROWS, rest = rows - whole * ROWS;
    const from = a + <usize>i * rowOfA;
    let to = packedA;
    let r = direct ? whole * ROWS : 0;
    for (; rowOfA === 4 && r + 4 * ROWS <= rows; r += 4 * ROWS) {
      packFourPanels(steps, from + <usize>r * 4, kOfA, to);
      to += <usize>steps * 64;
    }
    for (; r < rows; r += ROWS) {
      packRows(min(ROWS, rows - r), steps, from + <usize>r * rowOfA, rowOfA, kOfA, to);
      to += <usize>steps * 16;
    }
    const ofRest = direct ? packedA : packedA + <usize>(whole * steps) * 16;
    for (let j = 0; j < columns; j += COLUMNS) {
      const width = min(COLUMNS, columns - j);
      let panel = b + <usize>j * 4, bStep = kOfB;
      if (packed) {
        panel = packed + <usize>(j * steps) * 4;
        bStep = 32;
      } else if (width < COLUMNS) {
        packColumns(width, steps, panel, 4, kOfB, scratch);
        panel = scratch;
        bStep = 32;
      }
      let d = c + <usize>(i * cRow + j) * 4;
      const biasHere = bias ? bias + <usize>j * 4 : 0;
      const aStep: usize = direct ? kOfA : 16, aBlock: usize = direct ? 4 * rowOfA : <usize>steps * 16;
      const aHere = direct ? from : packedA;
      if (width === COLUMNS) {
        if (whole) multiplyTiles(whole, steps, aHere, aStep, rowOfA, aBlock, panel, bStep, d, rowOfC, biasHere, flags);
      } else {
        for (let block = 0; block < whole; block++) {
          const e = d + <usize>(block * ROWS) * rowOfC;
          fillTile(ROWS, width, tile, e, rowOfC, biasHere, flags);
          multiplyTiles(
            1, steps, aHere + <usize>block * aBlock, aStep, rowOfA, 0, panel, bStep, tile, 32, 0, flags | ACCUMULATE,
          );
          putTile(ROWS, width, tile, e, rowOfC);
        }
      }
      if (rest) {
        const e = d + <usize>(whole * ROWS) * rowOfC;
        fillTile(rest, width, tile, e, rowOfC, biasHere, flags);
        multiplyTiles(1, steps, ofRest, 16, 4, 0, panel, bStep, tile, 32, 0, flags | ACCUMULATE);
        putTile(rest, width, tile, e, rowOfC);
      }
    }
  }
}

/** What a tile that reaches beyond C starts from: C, or the bias. */
function fillTile(rows: i32, columns: i32, tile: usize, c: usize, cRow: usize, bias: usize, flags: i32): void {
  const bytes = <usize>columns * 4, accumulate = (flags & ACCUMULATE) !== 0;
  memory.fill(tile, 0, TILE_BYTES);
  if (!accumulate && !bias) return;
  for (let i = 0; i < rows; i++) {
    memory.copy(tile + <usize>(i * COLUMNS) * 4, accumulate ? c + <usize>i * cRow : bias, bytes);
  }
}

/** The part of a tile that lies inside C. */
function putTile(rows: i32, columns: i32, tile: usize, c: usize, cRow: usize): void {
  for (let i = 0; i < rows; i++) {
    memory.copy(c + <usize>i * cRow, tile + <usize>(i * COLUMNS) * 4, <usize>columns * 4);
  }
}
