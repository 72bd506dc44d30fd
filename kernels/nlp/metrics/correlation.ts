/** How far two lists of numbers rise and fall together. */
import { checkInteger, checkSameLength } from "../arguments.ts";
import { LearnerError } from "../error.ts";

/**
 * Pearson's correlation: 1 where one list is a rising straight line of the other, −1 a falling one, 0 neither.
 *
 *     r = Σ (xᵢ − x̄)(yᵢ − ȳ) / √( Σ (xᵢ − x̄)² · Σ (yᵢ − ȳ)² )
 *
 * NaN where a list is constant: it neither rises nor falls. Source: K. Pearson, 1895.
 *
 * @ko 피어슨 상관 계수를 구합니다. 두 값이 직선 관계에 가까울수록 1이나 −1에 가깝습니다.
 * @example pearson([1, 2, 3], [2, 4, 7]) // 0.993
 */
export function pearson(a: readonly number[], b: readonly number[]): number {
  check(a, b, "pearson");
  return correlate(a, b);
}

/**
 * Spearman's correlation: Pearson's of the ranks. It asks only whether the order agrees, so a few extreme scores do not
 * decide it. Equal numbers share the mean of their ranks: [10, 20, 20, 30] → 1, 2.5, 2.5, 4.
 *
 * NaN where a list is constant. Source: C. Spearman, "The Proof and Measurement of Association between Two Things", 1904.
 *
 * @ko 스피어만 순위 상관 계수를 구합니다. 값의 크기가 아니라 순서가 얼마나 같은지를 봅니다.
 * @example spearman([0, 1, 2, 3], [0, 1, 4, 100]) // 1: the same order
 */
export function spearman(a: readonly number[], b: readonly number[]): number {
  check(a, b, "spearman");
  return correlate(rank(a), rank(b));
}

function correlate(a: readonly number[], b: readonly number[]): number {
  if (isConstant(a) || isConstant(b)) return NaN;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [product, squaresA, squaresB] = [0, 0, 0];
  a.forEach((value, index) => {
    const [x, y] = [value - meanA, b[index] - meanB];
    product += x * y;
    squaresA += x * x;
    squaresB += y * y;
  });
  // Rounding must not push a perfect line beyond 1.
  return Math.max(-1, Math.min(1, product / Math.sqrt(squaresA) / Math.sqrt(squaresB)));
}

/** Ranks from 1; equal numbers share the mean of the places that they take. */
function rank(values: readonly number[]): number[] {
  const order = values.map((_, index) => index).sort((i, j) => values[i] - values[j]);
  const ranks = new Array<number>(values.length);
  let begin = 0;
  while (begin < order.length) {
    let end = begin + 1;
    while (end < order.length && values[order[end]] === values[order[begin]]) end += 1;
    for (let place = begin; place < end; place++) ranks[order[place]] = (begin + 1 + end) / 2;
    begin = end;
  }
  return ranks;
}

/** By comparison: the mean of equal numbers may differ from them in the last digit. */
function isConstant(values: readonly number[]): boolean {
  return values.every((value) => value === values[0]);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function check(a: readonly number[], b: readonly number[], where: string): void {
  checkSameLength({ a, b }, { where });
  checkInteger(a.length, { where, what: "a.length", min: 2 });
  checkFinite(a, { where, what: "a" });
  checkFinite(b, { where, what: "b" });
}

function checkFinite(values: readonly number[], { where, what }: { where: string; what: string }): void {
  const index = values.findIndex((value) => !Number.isFinite(value));
  if (index < 0) return;
  throw new LearnerError({
    code: "out-of-range",
    where,
    given: {
      en: `\`${what}[${index}]\` is ${String(values[index])}.`,
      ko: `\`${what}[${index}]\`의 값이 ${String(values[index])}입니다.`,
    },
    expected: { en: "Every value must be a finite number.", ko: "모든 값이 유한한 수여야 합니다." },
    remedy: {
      en: "Leave out the pairs for which a value is missing.",
      ko: "값이 빠진 쌍을 두 목록에서 함께 빼십시오.",
    },
  });
}
