import { checkClassIds, checkInteger, checkNotEmpty, checkSameLength } from "../arguments.ts";

export interface ClassesOptions {
  /** How many classes there are. Default: the highest id that occurs, plus one. */
  readonly classes?: number;
}

/**
 * How often each class was taken for each:
 *
 *     matrix[t][p] = number of examples of class t that were predicted as class p        shape [classes, classes]
 *
 * The diagonal holds what is right. Rows are the truth, as in scikit-learn.
 *
 * @ko 어느 클래스를 어느 클래스로 보았는지 세어 혼동 행렬을 만듭니다.
 * @example confusionMatrix([0, 0, 1], [0, 1, 1]) // [[1, 1], [0, 1]]
 */
export function confusionMatrix(
  truth: readonly number[],
  prediction: readonly number[],
  options: ClassesOptions = {},
): number[][] {
  const where = "confusionMatrix";
  checkSameLength({ truth, prediction }, { where });
  checkNotEmpty(truth, { where, what: "truth" });
  const highest = [...truth, ...prediction].reduce((high, id) => Math.max(high, id), 0);
  const classes = options.classes ?? (Number.isInteger(highest) ? highest + 1 : 1);
  checkInteger(classes, { where, what: "classes", min: 1 });
  checkClassIds(truth, { where, what: "truth", classes });
  checkClassIds(prediction, { where, what: "prediction", classes });
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  truth.forEach((t, index) => (matrix[t][prediction[index]] += 1));
  return matrix;
}
