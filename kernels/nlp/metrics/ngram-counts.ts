/** Runs of n tokens, counted: what BLEU, chrF and ROUGE compare. */

/** How often each run of `n` neighbours occurs. The tokens hold no U+0000, which stands between them in the keys. */
export function countNgrams(tokens: readonly string[], n: number): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (let begin = 0; begin + n <= tokens.length; begin++) {
    const ngram = tokens.slice(begin, begin + n).join("\u0000");
    counts.set(ngram, (counts.get(ngram) ?? 0) + 1);
  }
  return counts;
}

/** How many of one the other has too, each run at most as often as there: Σ min(count in a, count in b). */
export function countCommon(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let common = 0;
  for (const [ngram, count] of a) common += Math.min(count, b.get(ngram) ?? 0);
  return common;
}

/** For each run the highest of its counts: what a hypothesis may match when several references are right. */
export function highestCounts(all: readonly ReadonlyMap<string, number>[]): ReadonlyMap<string, number> {
  const highest = new Map<string, number>();
  for (const counts of all) {
    for (const [ngram, count] of counts) highest.set(ngram, Math.max(count, highest.get(ngram) ?? 0));
  }
  return highest;
}
