/** Byte pair encoding learns: again and again the most frequent pair of neighbours becomes one symbol. */

export interface Merge {
  readonly left: string;
  readonly right: string;
  /** What the pair becomes. */
  readonly token: string;
  /** How often the pair stood side by side when it was chosen. */
  readonly count: number;
  /** The most frequent word in which the pair stood. */
  readonly example: MergeExample;
}

export interface MergeExample {
  /** Its symbols before the merge. */
  readonly before: readonly string[];
  /** Its symbols after the merge. */
  readonly after: readonly string[];
  /** How often the word occurs. */
  readonly count: number;
}

export interface MergeOptions {
  /** Each part of the texts as its first symbols, and how often it occurs. */
  readonly parts: readonly (readonly [symbols: readonly string[], count: number])[];
  /** A pair must occur so often. */
  readonly minFrequency: number;
  /** What a symbol inside a word begins with, "##" for WordPiece; it is not repeated inside a merged symbol. */
  readonly prefix: string;
}

interface Part {
  readonly symbols: string[];
  readonly count: number;
}

/**
 * The merges one after the other, as many as are asked for. Of pairs that are equally frequent the first in the order of
 * the alphabet is taken, so the same texts always give the same merges.
 *
 * Counts are kept up to date: a merge changes only the parts in which the pair stands.
 */
export function* mergePairs({
  parts: given,
  minFrequency,
  prefix,
}: MergeOptions): Generator<Merge, void, undefined> {
  const parts = given.map(([symbols, count]): Part => ({ symbols: [...symbols], count }));
  const pairs = new Map<
    string,
    { readonly left: string; readonly right: string; count: number; readonly places: Set<Part> }
  >();

  const change = (part: Part, sign: 1 | -1) => {
    for (let place = 0; place + 1 < part.symbols.length; place++) {
      const [left, right] = [part.symbols[place], part.symbols[place + 1]];
      const key = `${left} ${right}`;
      let pair = pairs.get(key);
      if (!pair) pairs.set(key, (pair = { left, right, count: 0, places: new Set() }));
      pair.count += sign * part.count;
      if (sign > 0) pair.places.add(part);
      else if (pair.count === 0) pairs.delete(key);
    }
  };
  for (const part of parts) change(part, 1);

  for (;;) {
    let bestKey = "";
    let bestCount = minFrequency - 1;
    for (const [key, { count }] of pairs) {
      if (count > bestCount || (count === bestCount && count >= minFrequency && key < bestKey))
        [bestKey, bestCount] = [key, count];
    }
    if (bestKey === "") return;
    const { left, right, count, places } = pairs.get(bestKey)!;
    const token = left + (prefix !== "" && right.startsWith(prefix) ? right.slice(prefix.length) : right);
    let example: MergeExample = { before: [], after: [], count: 0 };
    for (const part of [...places]) {
      const before = part.count > example.count ? [...part.symbols] : [];
      change(part, -1);
      const isJoined = join(part.symbols, { left, right, token });
      change(part, 1);
      if (isJoined && part.count > example.count)
        example = { before, after: [...part.symbols], count: part.count };
    }
    pairs.delete(bestKey);
    yield { left, right, token, count, example };
  }
}

/** From left to right, in place; whether the pair was there. */
function join(
  symbols: string[],
  { left, right, token }: { left: string; right: string; token: string },
): boolean {
  const length = symbols.length;
  let to = 0;
  for (let from = 0; from < symbols.length; from++) {
    const found = symbols[from] === left && symbols[from + 1] === right;
    symbols[to++] = found ? token : symbols[from];
    if (found) from++;
  }
  symbols.length = to;
  return to < length;
}
