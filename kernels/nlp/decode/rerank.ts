/** Ranking hypotheses anew, without a new search. */
import { checkNotEmpty, checkNumber } from "../arguments.ts";
import { toScore } from "./hypothesis.ts";

/** What is needed of a hypothesis to rank it. */
export interface Rankable {
  readonly tokens: readonly number[];
  /** Σ of the log-probabilities, 0 at most. */
  readonly total: number;
}

export interface RerankOptions {
  /** The exponent α in score = total / lengthᵅ. */
  readonly lengthPenalty: number;
}

/**
 * The hypotheses with their scores under another length penalty, the best first. What a search has already ended with is all
 * that is looked at: with another penalty a new search might find others (for `earlyStopping` and the pool go by it).
 *
 * @ko 다른 길이 벌점으로 가설의 점수를 다시 매겨 좋은 것부터 늘어놓습니다.
 * @example rerank(output.ended, { lengthPenalty: 0.6 })[0]
 */
export function rerank<H extends Rankable>(
  hypotheses: readonly H[],
  { lengthPenalty }: RerankOptions,
): (H & { readonly score: number })[] {
  const where = "rerank";
  checkRankable(hypotheses, where);
  checkNumber(lengthPenalty, { where, what: "lengthPenalty", min: -Infinity });
  return hypotheses
    .map((hypothesis) => ({
      ...hypothesis,
      score: toScore(hypothesis.total, { length: hypothesis.tokens.length, lengthPenalty }),
    }))
    .sort((a, b) => b.score - a.score);
}

/** The length penalties, from one to another, under which one hypothesis wins. */
export interface WinningRange<H> {
  /** −Infinity in the first. */
  readonly from: number;
  /** Infinity in the last. */
  readonly to: number;
  readonly hypothesis: H;
}

export interface BreakEven<H> {
  /** In order; each winner is longer than the one before. */
  readonly ranges: readonly WinningRange<H>[];
  /** The penalties at which the winner changes: one fewer than ranges. There both have the same score. */
  readonly values: readonly number[];
}

/**
 * At which length penalties the winner changes, exactly. For a total below 0,
 *
 *     total / lengthᵅ is largest   ⇔   log(−total) − α · log(length) is smallest
 *
 * so each hypothesis is a straight line over α, and the winners are the lower hull of the lines. Two lines cross at
 *
 *     α = log(total₁ / total₂) / log(length₁ / length₂)
 *
 * With α → −∞ the shortest wins, with α → ∞ the longest.
 *
 * @ko 길이 벌점이 얼마일 때 1위가 바뀌는지 정확히 구합니다.
 * @example
 * // −2 with 2 tokens against −3 with 4 tokens
 * breakEvenLengthPenalty([short, long]).values; // [0.585]: log 1.5 / log 2. Below it the short one wins.
 */
export function breakEvenLengthPenalty<H extends Rankable>(hypotheses: readonly H[]): BreakEven<H> {
  checkRankable(hypotheses, "breakEvenLengthPenalty");
  const lines = hypotheses.map((hypothesis) => ({
    hypothesis,
    height: Math.log(-hypothesis.total), // −∞ for a total of 0, which wins everywhere
    slope: Math.log(hypothesis.tokens.length),
  }));
  const certain = lines.find(({ height }) => height === -Infinity);
  if (certain) {
    return { ranges: [{ from: -Infinity, to: Infinity, hypothesis: certain.hypothesis }], values: [] };
  }
  // Far to the left the least slope wins; of equal slopes always the lower line.
  let winner = lines.reduce((best, line) =>
    line.slope < best.slope || (line.slope === best.slope && line.height < best.height) ? line : best,
  );
  let from = -Infinity;
  const ranges: WinningRange<H>[] = [];
  const values: number[] = [];
  for (;;) {
    const crossings = lines
      .filter(({ slope }) => slope > winner.slope)
      .map((line) => ({ line, at: (line.height - winner.height) / (line.slope - winner.slope) }));
    const to = crossings.reduce((least, { at }) => Math.min(least, at), Infinity);
    ranges.push({ from, to, hypothesis: winner.hypothesis });
    if (to === Infinity) return { ranges, values };
    values.push(to);
    from = to;
    // Where several cross there, the steepest is the lowest behind it.
    winner = crossings
      .filter(({ at }) => at === to)
      .reduce((best, { line }) => (line.slope > best.slope ? line : best), winner);
  }
}

function checkRankable(hypotheses: readonly Rankable[], where: string): void {
  checkNotEmpty(hypotheses, { where, what: "hypotheses" });
  hypotheses.forEach(({ total, tokens }, index) => {
    checkNumber(total, { where, what: `hypotheses[${index}].total`, min: -Infinity, max: 0 });
    checkNotEmpty(tokens, { where, what: `hypotheses[${index}].tokens` });
  });
}
