/** Order and parts: shuffling, splitting into train, dev and test, and cutting into batches. */
import { checkInteger, checkNotEmpty, checkNumber } from "../arguments.ts";
import { LearnerError } from "../error.ts";
import { createRandom, type Random } from "../random.ts";

export interface ShuffleOptions {
  /** Default 0. */
  readonly seed?: number;
}

/**
 * A new list with the same elements in random order; every order is equally likely (Fisher–Yates).
 *
 * @ko 목록의 순서를 무작위로 섞은 새 목록을 만듭니다.
 */
export function shuffle<T>(list: readonly T[], options: ShuffleOptions = {}): T[] {
  return createRandom(options.seed ?? 0).shuffle(list);
}

export interface StratifiedSplitOptions<T, Part extends string> {
  /** The share of each part, by name; they add up to 1. */
  readonly fractions: Readonly<Record<Part, number>>;
  /** The row's class: each class is split by itself, so every part has the same mixture. */
  readonly by: (row: T) => string | number;
  /** Default 0. */
  readonly seed?: number;
}

/**
 * Splits rows at random into parts in which every class has the same share.
 *
 * Of a class with n rows, a part with fraction f gets ⌊n·f⌋ or one more: what the roundings leave over goes to the
 * parts that lost most by them. Rows keep their order inside a part.
 *
 * @ko 클래스의 비율을 지키면서 데이터를 무작위로 나눕니다.
 * @example
 * const { train, dev, test } = stratifiedSplit(rows, {
 *   fractions: { train: 0.6, dev: 0.1, test: 0.3 },
 *   by: (row) => row.label,
 *   seed: 1,
 * });
 */
export function stratifiedSplit<T, Part extends string>(
  rows: readonly T[],
  options: StratifiedSplitOptions<T, Part>,
): Record<Part, T[]> {
  const { fractions, by, seed = 0 } = options;
  checkNotEmpty(rows, { where: "stratifiedSplit", what: "rows" });
  const parts = Object.keys(fractions) as Part[];
  checkFractions(parts.map((part) => fractions[part]));

  const random = createRandom(seed);
  const partOf = new Array<Part>(rows.length);
  for (const members of groupIndices(rows, by).values()) {
    const shuffled = random.shuffle(members);
    let start = 0;
    toCounts(members.length, { fractions, parts }).forEach((count, p) => {
      for (const index of shuffled.slice(start, start + count)) partOf[index] = parts[p];
      start += count;
    });
  }
  const split = Object.fromEntries(parts.map((part) => [part, [] as T[]])) as Record<Part, T[]>;
  rows.forEach((row, index) => split[partOf[index]].push(row));
  return split;
}

export interface BatchesOptions<T> {
  readonly size: number;
  /** Shuffle first, with this seed. Default: the given order. */
  readonly seed?: number;
  /** Leave out a last batch that is not full. Default false. */
  readonly dropLast?: boolean;
  /**
   * An example's length, in tokens say: batches are then made of examples of like length, so that little is padded.
   * Default: length does not matter.
   */
  readonly lengthOf?: (example: T) => number;
  /**
   * How many batches are drawn at random before they are sorted by length; fewer mix more, more pad less. Without a seed all
   * are. Default 50. Only with `lengthOf`.
   */
  readonly pool?: number;
}

/**
 * Cuts a list into batches of `size`; the last may be shorter: 10 by 4 gives 4, 4, 2.
 *
 * With `lengthOf`, bucketed by length: the shuffled list is taken in pools of `pool` batches, each pool is sorted by length
 * and cut, and the batches are shuffled. So an epoch's order stays random, and a batch holds sentences that are
 * nearly as long as its longest. Without a seed the whole list is sorted, short to long.
 *
 * @ko 목록을 `size`개씩 배치로 자르며, 원하면 길이가 비슷한 것끼리 묶습니다.
 * @example
 * batches(sentences, { size: 32, seed: 1, lengthOf: (sentence) => sentence.tokens.length })
 */
export function batches<T>(list: readonly T[], options: BatchesOptions<T>): T[][] {
  const where = "batches";
  const { size, seed, dropLast = false, lengthOf, pool = 50 } = options;
  checkInteger(size, { where, what: "size", min: 1 });
  checkInteger(pool, { where, what: "pool", min: 1 });
  const random = seed === undefined ? undefined : createRandom(seed);
  const ordered = random ? random.shuffle(list) : list;
  const all = lengthOf
    ? bucket(ordered, { size, lengthOf, random, poolSize: random ? size * pool : Infinity })
    : cut(ordered, size);
  return dropLast ? all.filter((batch) => batch.length === size) : all;
}

/** The places of the rows of each class, classes in the order of their first row. */
export function groupIndices<T>(
  rows: readonly T[],
  by: (row: T) => string | number,
): Map<string | number, number[]> {
  const groups = new Map<string | number, number[]>();
  rows.forEach((row, index) => {
    const key = by(row);
    const group = groups.get(key);
    if (group) group.push(index);
    else groups.set(key, [index]);
  });
  return groups;
}

/** Whole numbers that add up to `total`, by the largest remainder. */
function toCounts<Part extends string>(
  total: number,
  { fractions, parts }: { fractions: Readonly<Record<Part, number>>; parts: readonly Part[] },
): number[] {
  const exact = parts.map((part) => total * fractions[part]);
  // A product such as 310 · 0.1 may lie a hair under the whole number that it is.
  const counts = exact.map((share) => Math.floor(share + 1e-9));
  const left = total - counts.reduce((sum, count) => sum + count, 0);
  const order = exact.map((share, p) => ({ p, lost: share - counts[p] })).sort((a, b) => b.lost - a.lost);
  for (const { p } of order.slice(0, left)) counts[p] += 1;
  return counts;
}

function checkFractions(fractions: readonly number[]): void {
  const where = "stratifiedSplit";
  for (const fraction of fractions)
    checkNumber(fraction, { where, what: "fraction", min: 0, max: 1, above: true });
  const sum = fractions.reduce((total, fraction) => total + fraction, 0);
  if (Math.abs(sum - 1) < 1e-6) return;
  throw new LearnerError({
    code: "out-of-range",
    where,
    given: { en: `The fractions add up to ${sum}.`, ko: `비율의 합이 ${sum}입니다.` },
    expected: { en: "They must add up to 1.", ko: "합이 1이어야 합니다." },
    remedy: {
      en: "Name every part, for instance { train: 0.8, test: 0.2 }.",
      ko: "{ train: 0.8, test: 0.2 }처럼 모든 부분을 적으십시오.",
    },
  });
}

function bucket<T>(
  list: readonly T[],
  options: {
    readonly size: number;
    readonly lengthOf: (example: T) => number;
    readonly random: Random | undefined;
    readonly poolSize: number;
  },
): T[][] {
  const { size, lengthOf, random, poolSize } = options;
  const sorted = cut(list, poolSize).flatMap((pool) =>
    pool
      .map((example) => ({ example, length: lengthOf(example) }))
      .sort((a, b) => a.length - b.length)
      .map(({ example }) => example),
  );
  const made = cut(sorted, size);
  return random ? random.shuffle(made) : made;
}

function cut<T>(list: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let start = 0; start < list.length; start += size) parts.push(list.slice(start, start + size));
  return parts;
}
