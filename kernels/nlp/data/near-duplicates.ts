import { checkInteger, checkNumber } from "../arguments.ts";
import { normalize } from "../text/normalize.ts";

export interface NearDuplicatesOptions {
  /** Words in a run. Default 3. */
  readonly n?: number;
  /** Pairs more alike than this are found. Default 0.5. */
  readonly threshold?: number;
}

export interface NearDuplicate {
  /** Places in `texts`, first < second. */
  readonly first: number;
  readonly second: number;
  /** The Jaccard similarity, above the threshold and at most 1. */
  readonly similarity: number;
}

/**
 * Pairs of texts that share most of their runs of n words:
 *
 *     J(A, B) = |A ∩ B| / |A ∪ B|        A, B: the sets of word n-grams of two texts
 *
 * A text of fewer than n words is one run, the whole text. Case and punctuation do not count. A test split that holds
 * a near-duplicate of a training text measures memory, not learning. Source: A. Broder, "On the Resemblance and
 * Containment of Documents", 1997.
 *
 * All pairs are found, and few are compared. If J(A, B) > t, the sets share more than t·|A| runs. So they share one of
 * the |A| − ⌊t·|A|⌋ rarest runs of A that is also among those of B: only these are indexed. Source: R. Bayardo, Y. Ma and
 * R. Srikant, "Scaling Up All Pairs Similarity Search", 2007.
 *
 * @ko 단어 n-그램이 거의 겹치는 글의 쌍을 빠짐없이 찾습니다.
 * @example
 * nearDuplicates(["I am so happy today", "I am so happy today!!", "It rains"]) // [{ first: 0, second: 1, similarity: 1 }]
 */
export function nearDuplicates(
  texts: readonly string[],
  options: NearDuplicatesOptions = {},
): NearDuplicate[] {
  const where = "nearDuplicates";
  const { n = 3, threshold = 0.5 } = options;
  checkInteger(n, { where, what: "n", min: 1 });
  checkNumber(threshold, { where, what: "threshold", min: 0, max: 1, below: true });

  const sets = toRankedSets(texts.map((text) => toRuns(text, n)));
  const textsByRun = new Map<number, number[]>();
  const found: NearDuplicate[] = [];
  sets.forEach((runs, second) => {
    const candidates = new Set<number>();
    for (const run of runs.subarray(0, countRare(runs.length, threshold))) {
      const holders = textsByRun.get(run) ?? [];
      for (const first of holders) candidates.add(first);
      holders.push(second);
      textsByRun.set(run, holders);
    }
    for (const first of candidates) {
      const other = sets[first];
      // At best the smaller set lies wholly in the larger one.
      if (Math.min(other.length, runs.length) / Math.max(other.length, runs.length) <= threshold) continue;
      const both = countShared(other, runs);
      const similarity = both / (other.length + runs.length - both);
      if (similarity > threshold) found.push({ first, second, similarity });
    }
  });
  return found.sort((a, b) => b.similarity - a.similarity || a.first - b.first || a.second - b.second);
}

/** |A| − ⌊t·|A|⌋; a hair more where t·|A| is a whole number that rounding has missed. */
function countRare(size: number, threshold: number): number {
  return Math.min(size, size - Math.floor(threshold * size - 1e-9));
}

/** Each set as the ranks of its runs, rarest first. */
function toRankedSets(sets: readonly ReadonlySet<string>[]): Uint32Array[] {
  const counts = new Map<string, number>();
  for (const runs of sets) for (const run of runs) counts.set(run, (counts.get(run) ?? 0) + 1);
  const byRarity = [...counts].sort(([, a], [, b]) => a - b);
  const ranks = new Map(byRarity.map(([run], rank) => [run, rank]));
  return sets.map((runs) => Uint32Array.from(runs, (run) => ranks.get(run)!).sort());
}

/** How many numbers two ascending lists have in common. */
function countShared(a: Uint32Array, b: Uint32Array): number {
  let shared = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) shared += 1;
    if (a[i] <= b[j]) i += 1;
    else j += 1;
  }
  return shared;
}

function toRuns(text: string, n: number): Set<string> {
  const words = normalize(text, { lowercase: true }).match(/[\p{L}\p{M}\p{N}'’]+/gu) ?? [];
  if (words.length === 0) return new Set();
  const runs = new Set<string>();
  for (let start = 0; start === 0 || start + n <= words.length; start++)
    runs.add(words.slice(start, start + n).join(" "));
  return runs;
}
