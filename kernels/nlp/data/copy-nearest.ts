import { checkInteger, checkNotEmpty } from "../arguments.ts";
import { normalize } from "../text/normalize.ts";
import type { Pair } from "./pairs.ts";

export interface CopyNearestOptions {
  /** Characters in a run. Default 3. */
  readonly n?: number;
}

export interface NearestPair extends Pair {
  /** Its place in the training pairs. */
  readonly index: number;
  /** 0 … 1; 1 where the sources have the same runs. */
  readonly similarity: number;
}

/**
 * For each source the training pair whose source is most like it:
 *
 *     J(A, B) = |A ∩ B| / |A ∪ B|        A, B: the sets of character n-grams of two sources
 *
 * Its target serves as the answer: the baseline that a trained model must beat before it can be said to translate. Case
 * does not count; among equals the first training pair is taken. Memory-based translation began so: M. Nagao, "A Framework
 * of a Mechanical Translation between Japanese and English by Analogy Principle", 1984.
 *
 * @ko 원문마다 가장 비슷한 학습 원문을 찾아 그 번역을 그대로 베낍니다. 학습한 모델이 넘어야 할 기준선입니다.
 * @example
 * const copied = copyNearest(train, test.map(({ source }) => source));
 * bleu(copied.map(({ target }) => target), test.map(({ target }) => target));
 * @throws Where there are no training pairs.
 */
export function copyNearest(
  train: readonly Pair[],
  sources: readonly string[],
  options: CopyNearestOptions = {},
): NearestPair[] {
  const where = "copyNearest";
  const { n = 3 } = options;
  checkNotEmpty(train, { where, what: "train" });
  checkInteger(n, { where, what: "n", min: 1 });

  const holders = new Map<string, number[]>();
  const sizes = train.map(({ source }, index) => {
    const runs = toRuns(source, n);
    for (const run of runs) {
      const list = holders.get(run);
      if (list) list.push(index);
      else holders.set(run, [index]);
    }
    return runs.size;
  });
  return sources.map((source) => {
    const runs = toRuns(source, n);
    const shared = new Int32Array(train.length);
    for (const run of runs) for (const index of holders.get(run) ?? []) shared[index] += 1;
    let best = 0;
    let similarity = -1;
    shared.forEach((both, index) => {
      const union = runs.size + sizes[index] - both;
      const own = union === 0 ? 1 : both / union;
      if (own > similarity) [best, similarity] = [index, own];
    });
    return { ...train[best], index: best, similarity };
  });
}

/** A blank at both ends marks where words begin and end; a text shorter than n is one run. */
function toRuns(text: string, n: number): Set<string> {
  const characters = [...` ${normalize(text, { lowercase: true }).trim()} `];
  const runs = new Set<string>();
  for (let start = 0; start === 0 || start + n <= characters.length; start++)
    runs.add(characters.slice(start, start + n).join(""));
  return runs;
}
