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
 * An index from runs to the texts that hold them compares only pairs that share something.
 *
 * @ko 단어 n-그램이 거의 겹치는 글의 쌍을 찾습니다.
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

  const sets = texts.map((text) => toRuns(text, n));
  const textsByRun = new Map<string, number[]>();
  const found: NearDuplicate[] = [];
  sets.forEach((runs, second) => {
    const shared = new Map<number, number>();
    for (const run of runs) {
      const holders = textsByRun.get(run) ?? [];
      for (const first of holders) shared.set(first, (shared.get(first) ?? 0) + 1);
      holders.push(second);
      textsByRun.set(run, holders);
    }
    for (const [first, both] of shared) {
      const similarity = both / (sets[first].size + runs.size - both);
      if (similarity > threshold) found.push({ first, second, similarity });
    }
  });
  return found.sort((a, b) => b.similarity - a.similarity || a.first - b.first || a.second - b.second);
}

function toRuns(text: string, n: number): Set<string> {
  const words = normalize(text, { lowercase: true }).match(/[\p{L}\p{M}\p{N}'’]+/gu) ?? [];
  if (words.length === 0) return new Set();
  const runs = new Set<string>();
  for (let start = 0; start === 0 || start + n <= words.length; start++)
    runs.add(words.slice(start, start + n).join(" "));
  return runs;
}
