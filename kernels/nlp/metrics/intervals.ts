/** How sure a measured number is: intervals that would hold the true value in 95 of 100 repetitions. */
import { checkInteger, checkNotEmpty, checkNumber, checkOneOf } from "../arguments.ts";
import { LearnerError } from "../error.ts";
import { createRandom } from "../random.ts";

export interface Interval {
  /** The statistic on the values as they are. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly level: number;
}

export interface BootstrapOptions<T> {
  /** Gives the number of interest for a list of values. Default: their mean. */
  readonly statistic?: (values: readonly T[]) => number;
  /** How many lists are drawn. Default 1000. */
  readonly samples?: number;
  /** Default 0.95. */
  readonly level?: number;
  /** Default 0. */
  readonly seed?: number;
}

/**
 * The percentile bootstrap: draw as many values as there are, with replacement, compute the statistic, do so a
 * thousand times; the middle 95 % of the results are the interval. It asks: had other sentences come into the test
 * split, what might we have measured?
 *
 * Values are numbers, or anything that the statistic takes, such as pairs of truth and prediction. Source: B. Efron,
 * "Bootstrap Methods: Another Look at the Jackknife", 1979.
 *
 * @ko 예시를 복원 추출해 지표의 신뢰 구간을 구합니다.
 * @example
 * const right = truth.map((label, i) => (label === prediction[i] ? 1 : 0));
 * bootstrapInterval(right, { seed: 1 }); // { value: 0.82, low: 0.78, high: 0.86, level: 0.95 }
 *
 * const pairs = truth.map((label, i) => [label, prediction[i]] as const);
 * bootstrapInterval(pairs, {
 *   statistic: (drawn) => precisionRecallF1(drawn.map(([t]) => t), drawn.map(([, p]) => p), { classes: 4 }).macro.f1,
 * });
 */
export function bootstrapInterval<T>(values: readonly T[], options: BootstrapOptions<T> = {}): Interval {
  const where = "bootstrapInterval";
  const { statistic = (list) => mean(list, where), samples = 1000, level = 0.95, seed = 0 } = options;
  checkNotEmpty(values, { where, what: "values" });
  checkInteger(samples, { where, what: "samples", min: 1 });
  checkNumber(level, { where, what: "level", min: 0, max: 1, above: true, below: true });
  const random = createRandom(seed);
  const drawn = Array.from({ length: samples }, () =>
    statistic(values.map(() => values[random.integer(values.length)])),
  );
  drawn.sort((a, b) => a - b);
  const tail = (1 - level) / 2;
  return { value: statistic(values), low: quantile(drawn, tail), high: quantile(drawn, 1 - tail), level };
}

export interface WilsonOptions {
  /** Default 0.95. Known levels: 0.9, 0.95, 0.99. */
  readonly level?: 0.9 | 0.95 | 0.99;
}

/** z with P(|Z| ≤ z) = level for a standard normal Z. */
const CRITICAL = { 0.9: 1.6448536269514722, 0.95: 1.959963984540054, 0.99: 2.5758293035489004 } as const;

/**
 * The interval of a share such as an accuracy, without drawing anything:
 *
 *     (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n)        p = successes / total, n = total
 *
 * It stays inside 0 … 1 and is honest for few examples: 10 right of 10 gives 0.72 … 1, not 1 … 1. Source: E. Wilson,
 * "Probable Inference, the Law of Succession, and Statistical Inference", 1927.
 *
 * @ko 정확도 같은 비율의 신뢰 구간을 식으로 구합니다.
 */
export function wilsonInterval(successes: number, total: number, options: WilsonOptions = {}): Interval {
  const where = "wilsonInterval";
  const { level = 0.95 } = options;
  checkInteger(total, { where, what: "total", min: 1 });
  checkInteger(successes, { where, what: "successes", min: 0, max: total });
  checkOneOf(String(level), { where, what: "level", allowed: Object.keys(CRITICAL) });
  const z = CRITICAL[level];
  const p = successes / total;
  const middle = p + (z * z) / (2 * total);
  const spread = z * Math.sqrt((p * (1 - p)) / total + (z * z) / (4 * total * total));
  const scale = 1 + (z * z) / total;
  return {
    value: p,
    low: Math.max(0, (middle - spread) / scale),
    high: Math.min(1, (middle + spread) / scale),
    level,
  };
}

/** The mean of numbers; anything else needs a statistic of its own. */
export function mean(values: readonly unknown[], where: string): number {
  let sum = 0;
  for (const value of values) {
    if (typeof value !== "number") throw needsStatistic(value, where);
    sum += value;
  }
  return sum / values.length;
}

function needsStatistic(value: unknown, where: string): LearnerError {
  return new LearnerError({
    code: "wrong-option",
    where,
    given: { en: `A value is of type ${typeof value}.`, ko: `값의 자료형이 ${typeof value}입니다.` },
    expected: {
      en: "Without `statistic` the values are averaged, so they must be numbers.",
      ko: "`statistic`이 없으면 평균을 내므로 값이 수여야 합니다.",
    },
    remedy: {
      en: "Pass `statistic: (values) => …`, a function that gives one number for a list of such values.",
      ko: "이런 값의 목록에서 수 하나를 구하는 함수를 `statistic: (values) => …`으로 넘기십시오.",
    },
  });
}

/** Between the two neighbours in order, as NumPy's default does. */
export function quantile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}
