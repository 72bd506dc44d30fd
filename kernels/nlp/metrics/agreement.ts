/** One number for how well two lists of labels agree. */
import { checkNotEmpty, checkSameLength } from "../arguments.ts";
import { confusionMatrix } from "./confusion.ts";

/**
 * The share of examples that are right:
 *
 *     accuracy = (1/n) · Σᵢ [truthᵢ = predictionᵢ]
 *
 * @ko 맞힌 예시의 비율을 구합니다.
 * @example accuracy([0, 1, 2, 2], [0, 1, 1, 2]) // 0.75
 */
export function accuracy(truth: readonly number[], prediction: readonly number[]): number {
  checkSameLength({ truth, prediction }, { where: "accuracy" });
  checkNotEmpty(truth, { where: "accuracy", what: "truth" });
  return truth.filter((label, index) => label === prediction[index]).length / truth.length;
}

/**
 * Matthews' correlation coefficient for any number of classes: 1 all right, 0 no better than chance, down to −1.
 *
 *     MCC = (c·n − Σₖ tₖ·pₖ) / √((n² − Σₖ pₖ²) · (n² − Σₖ tₖ²))
 *
 * n examples, c of them right, tₖ of class k, pₖ predicted as k. 0 where a class swallows all (0/0). Source:
 * J. Gorodkin, "Comparing two K-category assignments by a K-category correlation coefficient", 2004.
 *
 * @ko 매슈스 상관 계수를 구합니다. 모두 맞으면 1, 우연과 다름없으면 0입니다.
 */
export function matthews(truth: readonly number[], prediction: readonly number[]): number {
  const { n, right, products, truthSquares, predictionSquares } = tally(truth, prediction);
  const scale = Math.sqrt((n * n - predictionSquares) * (n * n - truthSquares));
  return scale === 0 ? 0 : (right * n - products) / scale;
}

/**
 * Cohen's kappa: the agreement beyond the one that two lists with these class shares would reach by chance.
 *
 *     κ = (pₒ − pₑ) / (1 − pₑ)        pₒ = c / n,  pₑ = Σₖ (tₖ/n)·(pₖ/n)
 *
 * NaN where chance alone agrees everywhere (both lists hold one and the same class). Source: J. Cohen, "A Coefficient
 * of Agreement for Nominal Scales", 1960.
 *
 * @ko 코헨의 카파를 구합니다. 우연히 일치할 몫을 뺀 일치도입니다.
 */
export function kappa(truth: readonly number[], prediction: readonly number[]): number {
  const { n, right, products } = tally(truth, prediction);
  const observed = right / n;
  const expected = products / (n * n);
  return (observed - expected) / (1 - expected);
}

function tally(truth: readonly number[], prediction: readonly number[]) {
  const matrix = confusionMatrix(truth, prediction);
  const t = matrix.map((row) => row.reduce((sum, count) => sum + count, 0));
  const p = matrix.map((_, k) => matrix.reduce((sum, row) => sum + row[k], 0));
  return {
    n: truth.length,
    right: matrix.reduce((sum, row, k) => sum + row[k], 0),
    products: t.reduce((sum, count, k) => sum + count * p[k], 0),
    truthSquares: t.reduce((sum, count) => sum + count * count, 0),
    predictionSquares: p.reduce((sum, count) => sum + count * count, 0),
  };
}
