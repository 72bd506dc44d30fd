import { confusionMatrix, type ClassesOptions } from "./confusion.ts";

export interface Scores {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export interface ClassScores extends Scores {
  /** Examples that truly are of the class. */
  readonly support: number;
}

export interface PrecisionRecallF1 {
  /** One entry a class, by id. */
  readonly perClass: readonly ClassScores[];
  /** The plain mean over the classes: a rare class counts as much as a frequent one. */
  readonly macro: Scores;
  /** From the counts of all classes added up. With one label an example all three equal the accuracy. */
  readonly micro: Scores;
  /** The mean over the classes, each weighted with its support. */
  readonly weighted: Scores;
}

/**
 * Of what was called class c, how much is (precision); of what is class c, how much was found (recall):
 *
 *     precisionᶜ = tp / (tp + fp)     recallᶜ = tp / (tp + fn)     f1ᶜ = 2·tp / (2·tp + fp + fn)
 *
 * A quotient 0/0 (a class that never occurs or is never predicted) counts as 0, as in scikit-learn.
 *
 * @ko 클래스마다 정밀도, 재현율, F1을 구하고 매크로, 마이크로, 가중 평균을 냅니다.
 * @example
 * const scores = precisionRecallF1([0, 0, 1, 1], [0, 1, 1, 1]);
 * scores.perClass[1].precision; // 2 of 3 predictions of class 1 are right: 0.667
 * scores.macro.f1;              // 0.733
 */
export function precisionRecallF1(
  truth: readonly number[],
  prediction: readonly number[],
  options: ClassesOptions = {},
): PrecisionRecallF1 {
  const matrix = confusionMatrix(truth, prediction, options);
  const counts = matrix.map((row, c) => ({
    tp: row[c],
    fn: sum(row) - row[c],
    fp: sum(matrix.map((other) => other[c])) - row[c],
  }));
  const perClass = counts.map((count) => ({ ...toScores(count), support: count.tp + count.fn }));
  return {
    perClass,
    macro: average(perClass, () => 1),
    micro: toScores({
      tp: sum(counts.map(({ tp }) => tp)),
      fp: sum(counts.map(({ fp }) => fp)),
      fn: sum(counts.map(({ fn }) => fn)),
    }),
    weighted: average(perClass, ({ support }) => support),
  };
}

function toScores({ tp, fp, fn }: { tp: number; fp: number; fn: number }): Scores {
  return { precision: ratio(tp, tp + fp), recall: ratio(tp, tp + fn), f1: ratio(2 * tp, 2 * tp + fp + fn) };
}

function average(scores: readonly ClassScores[], weightOf: (score: ClassScores) => number): Scores {
  const total = sum(scores.map(weightOf));
  const mean = (key: keyof Scores) => sum(scores.map((score) => score[key] * weightOf(score))) / total;
  return { precision: mean("precision"), recall: mean("recall"), f1: mean("f1") };
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
