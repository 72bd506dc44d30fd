/** Order and parts: shuffling, splitting into train, dev and test, and cutting into batches. */
import { checkInteger, checkNotEmpty, checkNumber } from "../arguments.ts";
import { LearnerError } from "../error.ts";
import { createRandom } from "../random.ts";

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

export interface BatchesOptions {
  readonly size: number;
  /** Shuffle first, with this seed. Default: the given order. */
  readonly seed?: number;
  /** Leave out a last batch that is not full. Default false. */
  readonly dropLast?: boolean;
}

/**
 * Cuts a list into batches of `size`; the last may be shorter: 10 by 4 gives 4, 4, 2.
 *
 * @ko 목록을 `size`개씩 배치로 자릅니다.
 */
export function batches<T>(list: readonly T[], options: BatchesOptions): T[][] {
  const { size, seed, dropLast = false } = options;
  checkInteger(size, { where: "batches", what: "size", min: 1 });
  const ordered = seed === undefined ? list : shuffle(list, { seed });
  const cut: T[][] = [];
  for (let start = 0; start < ordered.length; start += size) {
    const batch = ordered.slice(start, start + size);
    if (batch.length === size || !dropLast) cut.push(batch);
  }
  return cut;
}

function groupIndices<T>(
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
