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
    return new AlignedText(
      this.text.slice(from, to),
      this.#starts.slice(from, to),
      this.#ends.slice(from, to),
    );
  }

  /** The place in the original of units `from` to, not including, `to`; white space at its ends is left out. */
  span(from: number, to: number, original: string): [start: number, end: number] {
    const start = Math.min(...this.#starts.slice(from, to));
    const end = Math.max(...this.#ends.slice(from, to));
    const inside = original.slice(start, end);
    const trimmed = inside.trim();
    if (trimmed === "") return [start, end];
    const lead = inside.length - inside.trimStart().length;
    return [start + lead, start + lead + trimmed.length];
  }

  /** Each match of the pattern becomes `change(match)`, whose every unit comes from the whole match. */
  replace(pattern: RegExp, change: (match: string) => string): AlignedText {
    const [text, starts, ends]: [string[], number[], number[]] = [[], [], []];
    const copy = (from: number, to: number) => {
      text.push(this.text.slice(from, to));
      for (let unit = from; unit < to; unit++) {
        starts.push(this.#starts[unit]);
        ends.push(this.#ends[unit]);
      }
    };
    let done = 0;
    for (const match of this.text.matchAll(pattern)) {
      const [from, to] = [match.index, match.index + match[0].length];
      const changed = change(match[0]);
      copy(done, from);
      if (changed === match[0]) copy(from, to);
      else {
        text.push(changed);
        for (let unit = 0; unit < changed.length; unit++) {
          starts.push(this.#starts[from]);
          ends.push(this.#ends[to - 1]);
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

  trim(): AlignedText {
    const from = this.length - this.text.trimStart().length;
    return this.slice(from, Math.max(from, this.text.trimEnd().length));
  }
}
