import { checkInteger, checkNotEmpty, checkNumber, checkSameLength } from "../arguments.ts";
import { createRandom } from "../random.ts";
import { mean, quantile, type BootstrapOptions, type Interval } from "./intervals.ts";

export interface PairedBootstrap extends Interval {
  /** The statistic of each system on the values as they are; `value` is a − b. */
  readonly a: number;
  readonly b: number;
  /** The share of the drawn test sets on which a is above b; ties count half. */
  readonly aWins: number;
  /**
   * How often so one-sided a result would come about if neither were better: twice the share of drawn test sets on the
   * rarer side of 0, at most 1.
   */
  readonly pValue: number;
}

/**
 * Is system a better than system b, or were these sentences kind to it? Draws the examples with replacement, the same ones
 * for both, and looks at how the difference of the statistic varies. Two systems fail on the same hard sentences, so their
 * difference is surer than their scores: compare systems with this and not by whether two intervals overlap.
 *
 *     value = statistic(a) − statistic(b)      low, high: the middle 95 % of the drawn differences
 *     pValue = min(1, 2 · (1 + min(#{difference ≤ 0}, #{difference ≥ 0})) / (samples + 1))
 *
 * `a[i]` and `b[i]` belong to the same example: 1 or 0 for right or wrong, or whatever the statistic takes (`bleuCounts`,
 * pairs of spans). Source: P. Koehn, "Statistical Significance Tests for Machine Translation Evaluation", 2004.
 *
 * @ko 같은 예시를 함께 뽑아 두 시스템의 차이와 그 신뢰 구간, p값을 구합니다.
 * @example
 * const { value, low, high, pValue } = pairedBootstrap(rightOfA, rightOfB, { seed: 1 });
 * pairedBootstrap(countsOfA, countsOfB, { statistic: (drawn) => bleuOfCounts(drawn).score });
 */
export function pairedBootstrap<T>(
  a: readonly T[],
  b: readonly T[],
  options: BootstrapOptions<T> = {},
): PairedBootstrap {
  const where = "pairedBootstrap";
  const { statistic = (values) => mean(values, where), samples = 1000, level = 0.95, seed = 0 } = options;
  checkSameLength({ a, b }, { where });
  checkNotEmpty(a, { where, what: "a" });
  checkInteger(samples, { where, what: "samples", min: 1 });
  checkNumber(level, { where, what: "level", min: 0, max: 1, above: true, below: true });
  const random = createRandom(seed);
  const differences = Array.from({ length: samples }, () => {
    const drawn = a.map(() => random.integer(a.length));
    return statistic(drawn.map((index) => a[index])) - statistic(drawn.map((index) => b[index]));
  });
  differences.sort((x, y) => x - y);
  const count = (test: (difference: number) => boolean) => differences.filter(test).length;
  const rarer = Math.min(
    count((difference) => difference <= 0),
    count((difference) => difference >= 0),
  );
  const [scoreA, scoreB] = [statistic(a), statistic(b)];
  const tail = (1 - level) / 2;
  return {
    a: scoreA,
    b: scoreB,
    value: scoreA - scoreB,
    low: quantile(differences, tail),
    high: quantile(differences, 1 - tail),
    level,
    aWins: (count((difference) => difference > 0) + count((difference) => difference === 0) / 2) / samples,
    pValue: Math.min(1, (2 * (1 + rarer)) / (samples + 1)),
  };
}
