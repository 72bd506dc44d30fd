/**
 * A layer of a Transformer on the next positions of some rows, given the keys and values of the positions before: what a
 * decoder computes at each step, or, without anything before, what an encoder computes of a text. All of it in one call,
 * because the sizes of a step are so small (a position a row) that the calls would take longer than the computing.
 *
 *     x ← x + attention(x, what came before and x)      x ← x + attention(x, memory), if there is one      x ← x + feedForward(x)
 *
 * each with a layer norm, of what goes into the part (`NORM_FIRST`) or of the sum.
 */
import { GELU, unary } from "./elementwise";
import { layerNorm } from "./layer-norm";
import { attentionTogether, gemmTogether } from "./threads";
import { RELU } from "./tiles";

/** The operands, in memory: addresses and numbers of 4 bytes. x and y [rows, time, size]. */
const X: usize = 0;
const Y: usize = 4;
/** [rows before, heads, past, headSize], or 0 where nothing came before. */
const PAST_KEY: usize = 8;
const PAST_VALUE: usize = 12;
/** For each row the one of the rows before that it goes on from; 0: its own. */
const PARENTS: usize = 16;
/** [rows, heads, past + time, headSize], to be written. */
const KEY: usize = 20;
const VALUE: usize = 24;
/** [rows, past + time], not 0 on padding; or 0. */
const PADDING: usize = 28;
/** [rows, heads, memoryTime, headSize], or 0 where the layer looks at no memory. */
const MEMORY_KEY: usize = 32;
const MEMORY_VALUE: usize = 36;
/** [rows, memoryTime], not 0 on padding; or 0. */
const MEMORY_PADDING: usize = 40;
const ROWS: usize = 44;
const TIME: usize = 48;
const PAST: usize = 52;
const MEMORY_TIME: usize = 56;
const HEADS: usize = 60;
const HEAD_SIZE: usize = 64;
/** Between the two products of the feed-forward part. */
const INNER: usize = 68;
const NORM_FIRST: usize = 72;
/** Not 0: GELU in place of ReLU. */
const GELU_INSIDE: usize = 76;
const EPS: usize = 80;
/** 1 / √headSize */
const SCALE: usize = 84;
/** Room for `transformerLayerBytes`. */
const WORK: usize = 88;
/** Not 0: a position sees none after it. */
const CAUSAL: usize = 92;
/** Weight and bias of each: attention in and out, attention to the memory in and out, feed-forward in and out, the norms. */
const SELF_IN: usize = 96;
const SELF_OUT: usize = 104;
const CROSS_IN: usize = 112;
const CROSS_OUT: usize = 120;
const INNER_IN: usize = 128;
const INNER_OUT: usize = 136;
const SELF_NORM: usize = 144;
const CROSS_NORM: usize = 152;
const INNER_NORM: usize = 160;

/** What attention.ts reads. */
const ATTENTION_BYTES: usize = 176;

/** `keys`: the most that a query looks at. */
export function transformerLayerBytes(positions: i32, size: i32, inner: i32, heads: i32, keys: i32): usize {
  return ATTENTION_BYTES + <usize>(positions * (2 * size + max(3 * size, inner) + 2 + heads * keys)) * 4;
}

export function transformerLayer(operands: usize): void {
  const rows = intAt(operands, ROWS), time = intAt(operands, TIME), heads = intAt(operands, HEADS);
  const headSize = intAt(operands, HEAD_SIZE), size = heads * headSize, inner = intAt(operands, INNER);
  const n = rows * time, keys = intAt(operands, PAST) + time, row = <usize>size * 4;
  const x = addressAt(operands, X), y = addressAt(operands, Y);
  // Where what goes into a part is normalised, it stands where the part's result will stand.
  const attention = addressAt(operands, WORK), part = attention + ATTENTION_BYTES;
  const taken = part + <usize>n * row, wide = taken + <usize>n * row;
  const statistics = wide + <usize>(n * max(3 * size, inner)) * 4, weights = statistics + <usize>n * 8;

  memory.fill(attention, 0, ATTENTION_BYTES);
  store<usize>(attention, weights, 72);
  store<i32>(attention, heads, 80), store<i32>(attention, time, 84), store<i32>(attention, headSize, 92);
  store<f32>(attention, load<f32>(operands + SCALE), 100);
  putView(attention + 48, taken, time * size, headSize, size);

  let input = before(operands, SELF_NORM, x, part, statistics);
  product(operands, SELF_IN, input, wide, n, size, 3 * size, 0);
  append(operands, addressAt(operands, PAST_KEY), wide + row, addressAt(operands, KEY));
  append(operands, addressAt(operands, PAST_VALUE), wide + 2 * row, addressAt(operands, VALUE));
  putView(attention, wide, time * 3 * size, headSize, 3 * size);
  store<i32>(attention, intAt(operands, CAUSAL), 96);
  attend(attention, addressAt(operands, KEY), addressAt(operands, VALUE), addressAt(operands, PADDING), keys, rows);
  product(operands, SELF_OUT, taken, part, n, size, size, 0);
  after(operands, SELF_NORM, x, part, y, statistics);

  const memoryKey = addressAt(operands, MEMORY_KEY);
  if (memoryKey !== 0) {
    input = before(operands, CROSS_NORM, y, part, statistics);
    product(operands, CROSS_IN, input, wide, n, size, size, 0);
    putView(attention, wide, time * size, headSize, size);
    store<i32>(attention, 0, 96);
    attend(
      attention, memoryKey, addressAt(operands, MEMORY_VALUE), addressAt(operands, MEMORY_PADDING),
      intAt(operands, MEMORY_TIME), rows,
    );
    product(operands, CROSS_OUT, taken, part, n, size, size, 0);
    after(operands, CROSS_NORM, y, part, y, statistics);
  }

  input = before(operands, INNER_NORM, y, part, statistics);
  const gelu = intAt(operands, GELU_INSIDE) !== 0;
  product(operands, INNER_IN, input, wide, n, size, inner, gelu ? 0 : RELU);
  if (gelu) unary(GELU, wide, wide, n * inner);
  product(operands, INNER_OUT, wide, part, n, inner, size, 0);
  after(operands, INNER_NORM, y, part, y, statistics);
}

@inline
function intAt(operands: usize, place: usize): i32 {
  return load<i32>(operands + place);
}

@inline
function addressAt(operands: usize, place: usize): usize {
  return <usize>load<u32>(operands + place);
}

/** What goes into a part: x, or its norm, which is written to `to`. */
function before(operands: usize, norm: usize, x: usize, to: usize, statistics: usize): usize {
  if (intAt(operands, NORM_FIRST) === 0) return x;
  normalize(operands, norm, x, to, statistics);
  return to;
}

/** y = x + what came out of a part, or its norm. y may be x. */
function after(operands: usize, norm: usize, x: usize, part: usize, y: usize, statistics: usize): void {
  const end = y + <usize>(intAt(operands, ROWS) * intAt(operands, TIME) * intAt(operands, HEADS) * intAt(operands, HEAD_SIZE)) * 4;
  let to = y;
  for (; to + 16 <= end; to += 16) {
    v128.store(to, f32x4.add(v128.load(x), v128.load(part)));
    x += 16;
    part += 16;
  }
  for (; to < end; to += 4) {
    store<f32>(to, load<f32>(x) + load<f32>(part));
    x += 4;
    part += 4;
  }
  if (intAt(operands, NORM_FIRST) === 0) normalize(operands, norm, y, y, statistics);
}

function normalize(operands: usize, norm: usize, x: usize, y: usize, statistics: usize): void {
  const n = intAt(operands, ROWS) * intAt(operands, TIME), size = intAt(operands, HEADS) * intAt(operands, HEAD_SIZE);
  layerNorm(
    x, addressAt(operands, norm), addressAt(operands, norm + 4), y, statistics, n, size, load<f32>(operands + EPS),
  );
}

/** y [n, outputs] = x [n, inputs] · Wᵀ + b */
function product(
  operands: usize, weight: usize, x: usize, y: usize, n: i32, inputs: i32, outputs: i32, flags: i32,
): void {
  gemmTogether(
    1, 0, 0, 0, 0, 1, n, outputs, inputs, x, inputs, addressAt(operands, weight), inputs, y, outputs,
    addressAt(operands, weight + 4), flags,
  );
}

/** What came before, of the row that each goes on from, and behind it `fresh`, which lies in rows of 3 · size. */
function append(operands: usize, past: usize, fresh: usize, to: usize): void {
  const rows = intAt(operands, ROWS), time = intAt(operands, TIME), heads = intAt(operands, HEADS);
  const headSize = intAt(operands, HEAD_SIZE), parents = addressAt(operands, PARENTS);
  const old = <usize>(intAt(operands, PAST) * headSize) * 4, bytes = <usize>headSize * 4, row = <usize>(3 * heads) * bytes;
  for (let b = 0; b < rows; b++) {
    const parent = parents !== 0 ? load<i32>(parents + <usize>b * 4) : b;
    let from = past + <usize>(parent * heads) * old;
    for (let h = 0; h < heads; h++) {
      if (old > 0) memory.copy(to, from, old);
      from += old;
      to += old;
      let head = fresh + <usize>(b * time) * row + <usize>h * bytes;
      for (let t = 0; t < time; t++) {
        for (let o: usize = 0; o < bytes; o += 4) store<f32>(to + o, load<f32>(head + o));
        to += bytes;
        head += row;
      }
    }
  }
}

/** Keys and values [rows, heads, keys, headSize]; the queries' view and the result's stand there already. */
function attend(attention: usize, key: usize, value: usize, padding: usize, keys: i32, rows: i32): void {
  const heads = load<i32>(attention, 80), queries = load<i32>(attention, 84), headSize = load<i32>(attention, 92);
  putView(attention + 16, key, heads * keys * headSize, keys * headSize, headSize);
  putView(attention + 32, value, heads * keys * headSize, keys * headSize, headSize);
  store<usize>(attention, padding, 64);
  store<i32>(attention, keys, 88);
  attentionTogether(attention, 0, rows * heads, 2 * queries * keys * headSize);
}

/** Address, and the steps to the next example, head and row, as attention.ts reads them. */
function putView(view: usize, address: usize, example: i32, head: i32, row: i32): void {
  store<usize>(view, address);
  store<i32>(view, example, 4), store<i32>(view, head, 8), store<i32>(view, row, 12);
}
