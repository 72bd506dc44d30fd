/** The best few of many, without sorting the many. */

/** A value and where it stands. */
export interface Place {
  readonly value: number;
  readonly row: number;
  readonly token: number;
}

/**
 * Keeps the `capacity` largest values that it is offered, in a heap with the least of them on top: a value that is no larger
 * than that one costs a comparison. −Infinity is never kept. Of equal values the one offered first is the larger.
 */
export class TopK {
  readonly #capacity: number;
  readonly #values: Float64Array;
  readonly #rows: Int32Array;
  readonly #tokens: Int32Array;
  /** The how-manieth offer that was kept: decides between equal values. */
  readonly #turns: Float64Array;
  #size = 0;
  #turn = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
    this.#values = new Float64Array(capacity);
    this.#rows = new Int32Array(capacity);
    this.#tokens = new Int32Array(capacity);
    this.#turns = new Float64Array(capacity);
  }

  offer(value: number, row: number, token: number): void {
    if (this.#size === this.#capacity) {
      if (value > this.#values[0]) this.#put(this.#sinkHole(value), value, row, token);
    } else if (value !== -Infinity) {
      this.#put(this.#riseHole(value), value, row, token);
    }
  }

  /** Offers `start` + each value of a row, its place as the token. */
  offerRow(
    values: ArrayLike<number>,
    { row, start }: { readonly row: number; readonly start: number },
  ): void {
    let least = this.#least();
    for (let token = 0; token < values.length; token++) {
      const value = start + values[token];
      if (!(value > least)) continue;
      this.offer(value, row, token);
      least = this.#least();
    }
  }

  /** What a value has to be above to be kept. */
  #least(): number {
    return this.#size === this.#capacity ? this.#values[0] : -Infinity;
  }

  /** The largest first. */
  sorted(): Place[] {
    const order = Array.from({ length: this.#size }, (_, index) => index);
    order.sort((a, b) => (this.#isLess(a, b) ? 1 : -1));
    return order.map((index) => ({
      value: this.#values[index],
      row: this.#rows[index],
      token: this.#tokens[index],
    }));
  }

  #put(index: number, value: number, row: number, token: number): void {
    this.#values[index] = value;
    this.#rows[index] = row;
    this.#tokens[index] = token;
    this.#turns[index] = this.#turn++;
  }

  #move(from: number, to: number): void {
    this.#values[to] = this.#values[from];
    this.#rows[to] = this.#rows[from];
    this.#tokens[to] = this.#tokens[from];
    this.#turns[to] = this.#turns[from];
  }

  #isLess(a: number, b: number): boolean {
    const [x, y] = [this.#values[a], this.#values[b]];
    return x === y ? this.#turns[a] > this.#turns[b] : x < y;
  }

  /** Where a new value belongs among those on the way up from a new last place; they make room for it. */
  #riseHole(value: number): number {
    let hole = this.#size++;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (value > this.#values[parent]) return hole; // an equal one was there before, so the new one is less
      this.#move(parent, hole);
      hole = parent;
    }
    return hole;
  }

  /** The same on the way down from the top, whose value is given up. */
  #sinkHole(value: number): number {
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= this.#size) return hole;
      if (child + 1 < this.#size && this.#isLess(child + 1, child)) child += 1;
      if (value <= this.#values[child]) return hole;
      this.#move(child, hole);
      hole = child;
    }
  }
}

/** The places of the `count` largest values, the largest first; of equal values the earlier place. −Infinity is left out. */
export function findLargest(values: ArrayLike<number>, count: number): number[] {
  if (count === 0) return [];
  const top = new TopK(Math.min(count, values.length));
  top.offerRow(values, { row: 0, start: 0 });
  return top.sorted().map(({ token }) => token);
}

/** How many of the values are above this one. */
export function countAbove(values: ArrayLike<number>, value: number): number {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (values[i] > value) count += 1;
  return count;
}
