/** A text that has been changed and still knows, for each of its UTF-16 units, where in the original it comes from. */
export class AlignedText {
  readonly text: string;
  readonly #starts: readonly number[];
  readonly #ends: readonly number[];

  private constructor(text: string, starts: readonly number[], ends: readonly number[]) {
    this.text = text;
    this.#starts = starts;
    this.#ends = ends;
  }

  /** `offset`: where the text begins in the original. */
  static of(text: string, offset = 0): AlignedText {
    const starts = Array.from({ length: text.length }, (_, unit) => offset + unit);
    return new AlignedText(
      text,
      starts,
      starts.map((start) => start + 1),
    );
  }

  get length(): number {
    return this.text.length;
  }

  slice(from: number, to: number): AlignedText {
    if (from === 0 && to === this.length) return this;
    return new AlignedText(
      this.text.slice(from, to),
      this.#starts.slice(from, to),
      this.#ends.slice(from, to),
    );
  }

  /** The place in the original of units `from` to, not including, `to`; white space at its ends is left out. */
  span(from: number, to: number, original: string): [start: number, end: number] {
    let [start, end] = [Infinity, 0];
    for (let unit = from; unit < to; unit++) {
      start = Math.min(start, this.#starts[unit]);
      end = Math.max(end, this.#ends[unit]);
    }
    if (start >= end) return [end, end];
    const inside = original.slice(start, end);
    const trimmed = inside.trim();
    if (trimmed === "") return [start, end];
    const lead = inside.length - inside.trimStart().length;
    return [start + lead, start + lead + trimmed.length];
  }

  /** Each match of the pattern becomes `change(match)`, whose every unit comes from the whole match. */
  replace(pattern: RegExp, change: (match: string) => string): AlignedText {
    const places = Array.from(
      this.text.matchAll(pattern),
      ({ index, 0: { length } }) => [index, index + length] as const,
    );
    return places.length === 0 ? this : this.replaceAt(places, change);
  }

  /** As `replace`, for places that are known: in their order, none upon another. */
  replaceAt(
    places: readonly (readonly [from: number, to: number])[],
    change: (match: string) => string,
  ): AlignedText {
    const [text, starts, ends]: [string[], number[], number[]] = [[], [], []];
    const copy = (from: number, to: number) => {
      text.push(this.text.slice(from, to));
      for (let unit = from; unit < to; unit++) {
        starts.push(this.#starts[unit]);
        ends.push(this.#ends[unit]);
      }
    };
    let done = 0;
    for (const [from, to] of places) {
      const match = this.text.slice(from, to);
      const changed = change(match);
      copy(done, from);
      if (changed === match) copy(from, to);
      else {
        // What is put in between two units stands nowhere in the original.
        const between = this.#starts[from] ?? this.#ends.at(-1) ?? 0;
        const [start, end] = from < to ? [this.#starts[from], this.#ends[to - 1]] : [between, between];
        text.push(changed);
        for (let unit = 0; unit < changed.length; unit++) {
          starts.push(start);
          ends.push(end);
        }
      }
      done = to;
    }
    copy(done, this.length);
    return new AlignedText(text.join(""), starts, ends);
  }

  /** With something before it that stands nowhere in the original. */
  prepend(text: string): AlignedText {
    const start = this.#starts[0] ?? 0;
    const added = Array<number>(text.length).fill(start);
    return new AlignedText(text + this.text, [...added, ...this.#starts], [...added, ...this.#ends]);
  }

  /** Without white space at the ends that are named. */
  trim({ left, right }: { readonly left: boolean; readonly right: boolean }): AlignedText {
    const from = left ? this.length - this.text.trimStart().length : 0;
    return this.slice(from, right ? Math.max(from, this.text.trimEnd().length) : this.length);
  }
}
