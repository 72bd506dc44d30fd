/**
 * Work shared with helper threads, which sleep while there is none. A job is cut into pieces; whoever is free takes the
 * next, the asking thread among them, so a helper that does not wake up costs nothing.
 *
 * A helper that was put to sleep in the middle of a piece (its core is wanted elsewhere) has to be waited for. Where such
 * waiting costs more than helpers save, the asking thread works alone for a while, twice as long each time it comes to
 * that again. One that never comes back is given up: what it had taken is computed anew, and there are no helpers from
 * then on.
 */
import { FEW_ROWS, gemm, gemmInBlocks } from "./gemm";
import { attentionGradientOf, attentionOf } from "./attention";
import { batchOf, recurrenceGradientOf, recurrenceOf, rowCost } from "./recurrent";

/** Milliseconds, from the host. */
@external("env", "now")
declare function now(): f64;

/** A helper does not come back: the host ends all of them. */
@external("env", "lost")
declare function lost(): void;

/** The block that all threads look at. Addresses within it: */
const EPOCH: usize = 0; // counts the jobs; helpers sleep on it
const COUNT: usize = 4; // pieces of the job
const DONE: usize = 8; // pieces that are finished; the asking thread sleeps on it
const NEXT: usize = 16; // 64 bits: the job's number, and the next piece to be taken
const KIND: usize = 24;
const OPERANDS: usize = 32; // up to 24 words
const FINISHED: usize = 128; // a byte for each piece
const MOST_PIECES: i32 = 64;

const GEMM: i32 = 0;
const ATTENTION: i32 = 1;
const ATTENTION_GRADIENT: i32 = 2;
const RECURRENCE: i32 = 3;
const RECURRENCE_GRADIENT: i32 = 4;

/** No piece can have this number: set while a job is being written down. */
const NONE: i64 = 1 << 30;

/** Below so many multiplications a job is done before a helper has woken up. */
const WORTH_SHARING: i64 = 1 << 18;
const PIECES_PER_THREAD: i32 = 4;

/** Milliseconds that helpers have saved, less those for which they were waited for: no more are counted than MOST_SAVED. */
const MOST_SAVED: f64 = 4;
const LEAST_SAVED: f64 = -4;
/** For so long, in milliseconds, the asking thread works alone when less was saved. */
const FIRST_REST: f64 = 50;
const LONGEST_REST: f64 = 2000;
/** After so many jobs without a rest it is halved. */
const CALM: i32 = 500;
/** Nanoseconds after which a helper counts as dead. */
const PATIENCE: i64 = 3000000000;

let control: usize = 0;
let helpers: i32 = 0;
let saved: f64 = 0;
let restUntil: f64 = 0;
let rest: f64 = FIRST_REST;
let calm: i32 = 0;

export function controlBytes(): usize {
  return FINISHED + <usize>MOST_PIECES;
}

/** In every thread: where the block lies, and how many helpers there are. 0: none. */
export function useThreads(at: usize, count: i32): void {
  control = at;
  helpers = count;
}

/** How many helpers there are: 0 after one was lost. */
export function helperCount(): i32 {
  return helpers;
}

/** What a helper does all its life. Returns when `dismiss` was called. */
export function help(): void {
  if (ASC_FEATURE_THREADS) {
    let seen = atomic.load<i32>(control + EPOCH);
    while (seen >= 0) {
      atomic.wait<i32>(control + EPOCH, seen, -1);
      seen = atomic.load<i32>(control + EPOCH);
      if (seen >= 0) takePieces(seen);
    }
  }
}

/** Lets the helpers go. */
export function dismiss(): void {
  if (ASC_FEATURE_THREADS) {
    if (control === 0) return;
    atomic.store<i32>(control + EPOCH, -1);
    atomic.notify(control + EPOCH, -1);
    helpers = 0;
  }
}

/**
 * `gemm`, with help where it is worth it; of `count` products whose operands and results lie `aStep`, `bStep` and `cStep`
 * floats apart (0: all of them have the same).
 */
export function gemmTogether(
  count: i32, aStep: i32, bStep: i32, cStep: i32, transposeA: i32, transposeB: i32, m: i32, n: i32, k: i32,
  a: usize, aRow: i32, b: usize, bRow: i32, c: usize, cRow: i32, bias: usize, flags: i32,
): void {
  if (!mayShare(<i64>m * n * k * count)) {
    for (let item = 0; item < count; item++) {
      gemm(
        <bool>transposeA, <bool>transposeB, m, n, k, a + <usize>(item * aStep) * 4, aRow,
        b + <usize>(item * bStep) * 4, bRow, c + <usize>(item * cStep) * 4, cRow, bias, flags,
      );
    }
    return;
  }
  // Many products are shared one by one; a single one by its rows in fours, or by its columns in eights. Few rows are
  // computed in ways of their own, which fewer would not be: those stay together.
  const way = count > 1 ? BY_PRODUCTS : m > FEW_ROWS && m * 2 >= n ? BY_ROWS : BY_COLUMNS;
  const whole = way === BY_PRODUCTS ? count : way === BY_ROWS ? m : n;
  const unit = way === BY_PRODUCTS ? 1 : way === BY_ROWS ? 4 : 8, units = (whole + unit - 1) / unit;
  const pieces = min(units, mostPieces());
  const size = ((units + pieces - 1) / pieces) * unit;
  begin(GEMM);
  const words = control + OPERANDS;
  store<i32>(words, transposeA), store<i32>(words, transposeB, 4);
  store<i32>(words, m, 8), store<i32>(words, n, 12), store<i32>(words, k, 16);
  store<i32>(words, a, 20), store<i32>(words, aRow, 24), store<i32>(words, b, 28), store<i32>(words, bRow, 32);
  store<i32>(words, c, 36), store<i32>(words, cRow, 40), store<i32>(words, bias, 44), store<i32>(words, flags, 48);
  store<i32>(words, way, 52), store<i32>(words, size, 56), store<i32>(words, count, 60);
  store<i32>(words, aStep, 64), store<i32>(words, bStep, 68), store<i32>(words, cStep, 72);
  share((whole + size - 1) / size);
}

const BY_PRODUCTS: i32 = 0;
const BY_ROWS: i32 = 1;
const BY_COLUMNS: i32 = 2;

/** `attention` and its gradient, by their heads; `operands` as they lie in memory, see attention.ts. */
export function attentionTogether(operands: usize, gradient: i32, items: i32, cost: i32): void {
  itemsTogether(gradient ? ATTENTION_GRADIENT : ATTENTION, operands, items, 1, cost);
}

/** A recurrent layer and its gradient, by the rows of the batch in fours; `operands`: see recurrent.ts. */
export function recurrenceTogether(operands: usize, gradient: i32): void {
  itemsTogether(gradient ? RECURRENCE_GRADIENT : RECURRENCE, operands, batchOf(operands), 4, rowCost(operands));
}

/** So many items of `cost` multiplications each, in pieces of a multiple of `unit`. */
function itemsTogether(kind: i32, operands: usize, items: i32, unit: i32, cost: i32): void {
  if (!mayShare(<i64>items * cost)) {
    runItems(kind, operands, 0, items, 0);
    return;
  }
  const units = (items + unit - 1) / unit, pieces = min(units, mostPieces());
  const size = ((units + pieces - 1) / pieces) * unit;
  begin(kind);
  const words = control + OPERANDS;
  store<i32>(words, operands), store<i32>(words, items, 4), store<i32>(words, size, 8);
  share((items + size - 1) / size);
}

function runItems(kind: i32, operands: usize, from: i32, to: i32, piece: i32): void {
  switch (kind) {
    case ATTENTION: return attentionOf(operands, from, to, piece);
    case ATTENTION_GRADIENT: return attentionGradientOf(operands, from, to, piece);
    case RECURRENCE: return recurrenceOf(operands, from, to);
    case RECURRENCE_GRADIENT: return recurrenceGradientOf(operands, from, to);
  }
}

/** For how many pieces at once `attentionTogether` needs room to work in. */
export function mostPieces(): i32 {
  return helpers === 0 ? 1 : min(MOST_PIECES, (helpers + 1) * PIECES_PER_THREAD);
}

function runPiece(piece: i32): void {
  const words = control + OPERANDS, kind = load<i32>(control + KIND);
  if (kind === GEMM) {
    const m = load<i32>(words, 8), n = load<i32>(words, 12), transposeA = load<i32>(words), transposeB = load<i32>(words, 4);
    const aRow = load<i32>(words, 24), bRow = load<i32>(words, 32), cRow = load<i32>(words, 40);
    const way = load<i32>(words, 52), size = load<i32>(words, 56), count = load<i32>(words, 60), from = piece * size;
    let a = <usize>load<u32>(words, 20), b = <usize>load<u32>(words, 28), c = <usize>load<u32>(words, 36);
    let bias = <usize>load<u32>(words, 44), rows = m, columns = n, first = 0, end = 1;
    if (way === BY_PRODUCTS) {
      first = from;
      end = min(count, from + size);
    } else if (way === BY_ROWS) {
      rows = min(size, m - from);
      a += <usize>(transposeA ? from : from * aRow) * 4;
      c += <usize>(from * cRow) * 4;
    } else {
      columns = min(size, n - from);
      b += <usize>(transposeB ? from * bRow : from) * 4;
      c += <usize>from * 4;
      if (bias) bias += <usize>from * 4;
    }
    if (way === BY_ROWS) {
      gemmInBlocks(
        <bool>transposeA, <bool>transposeB, rows, columns, load<i32>(words, 16), a, aRow, b, bRow, c, cRow, bias,
        load<i32>(words, 48),
      );
      return;
    }
    for (let item = first; item < end; item++) {
      gemm(
        <bool>transposeA, <bool>transposeB, rows, columns, load<i32>(words, 16),
        a + <usize>(item * load<i32>(words, 64)) * 4, aRow, b + <usize>(item * load<i32>(words, 68)) * 4, bRow,
        c + <usize>(item * load<i32>(words, 72)) * 4, cRow, bias, load<i32>(words, 48),
      );
    }
    return;
  }
  const operands = <usize>load<u32>(words), items = load<i32>(words, 4), size = load<i32>(words, 8), from = piece * size;
  runItems(kind, operands, from, min(items, from + size), piece);
}

@inline
function mayShare(multiplications: i64): bool {
  if (!ASC_FEATURE_THREADS) return false;
  return helpers > 0 && multiplications >= WORTH_SHARING && now() >= restUntil;
}

/** From here on nobody takes a piece, and the job may be written down. */
function begin(kind: i32): void {
  if (ASC_FEATURE_THREADS) {
    // The number first: a helper that still looks at the job before finds that its time is over (see takePieces).
    const epoch = (atomic.load<i32>(control + EPOCH) + 1) & 0x7fffffff;
    atomic.store<i32>(control + EPOCH, epoch);
    atomic.store<i64>(control + NEXT, (<i64>epoch << 32) | NONE);
    store<i32>(control + KIND, kind);
  }
}

function share(count: i32): void {
  if (ASC_FEATURE_THREADS) {
    const epoch = atomic.load<i32>(control + EPOCH);
    memory.fill(control + FINISHED, 0, MOST_PIECES);
    atomic.store<i32>(control + COUNT, count);
    atomic.store<i32>(control + DONE, 0);
    atomic.store<i64>(control + NEXT, <i64>epoch << 32);
    atomic.notify(control + EPOCH, min(helpers, count - 1));
    const started = now();
    const own = takePieces(epoch);
    const worked = now() - started;
    join(count);
    learn(own > 0 ? (worked * (count - own)) / own : 0, now() - started - worked);
  }
}

/**
 * Does pieces of a job as long as there are any, and returns how many.
 *
 * A piece is taken by exchanging the number that was looked at for the next one, which fails where another thread was faster
 * or another job has begun. One that is late must not just count on: it would take a piece of the next job away from it, and
 * the asking thread would wait for that piece forever.
 */
function takePieces(epoch: i32): i32 {
  let own = 0;
  if (ASC_FEATURE_THREADS) {
    for (;;) {
      const next = atomic.load<i64>(control + NEXT), piece = next & 0xffffffff;
      const count = atomic.load<i32>(control + COUNT);
      if (<i32>(next >> 32) !== epoch || piece >= count) break;
      if (atomic.cmpxchg<i64>(control + NEXT, next, next + 1) !== next) continue;
      runPiece(<i32>piece);
      own++;
      atomic.store<u8>(control + FINISHED + <usize>piece, 1);
      if (atomic.add<i32>(control + DONE, 1) + 1 === count) atomic.notify(control + DONE, 1);
    }
  }
  return own;
}

/** Waits for the pieces that helpers have taken. */
function join(count: i32): void {
  if (ASC_FEATURE_THREADS) {
    // A piece takes tens of microseconds: mostly it is done before going to sleep and waking up would be.
    for (let turn = 0; turn < 2000; turn++) if (atomic.load<i32>(control + DONE) === count) return;
    for (;;) {
      const done = atomic.load<i32>(control + DONE);
      if (done === count) return;
      if (atomic.wait<i32>(control + DONE, done, PATIENCE) === AtomicWaitResult.TIMED_OUT) break;
    }
    // Ended first: one that woke up after all must not write into memory that has become something else's.
    lost();
    dismiss();
    for (let piece = 0; piece < count; piece++) {
      if (!atomic.load<u8>(control + FINISHED + <usize>piece)) runPiece(piece);
    }
  }
}

/** Milliseconds: what the pieces that helpers have done would have taken here, and what was waited for them. */
function learn(helped: f64, waited: f64): void {
  saved = min(saved + helped - waited, MOST_SAVED);
  if (saved < LEAST_SAVED) {
    saved = 0;
    restUntil = now() + rest;
    rest = min(rest * 2, LONGEST_REST);
    calm = 0;
  } else if (++calm === CALM) {
    rest = max(rest * 0.5, FIRST_REST);
    calm = 0;
  }
}
