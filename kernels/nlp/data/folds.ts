/** k-fold cross-validation: every row is tested on once, by a model that has not seen it. */
import { checkInteger, checkNotEmpty } from "../arguments.ts";
import { LearnerError } from "../error.ts";
import { createRandom } from "../random.ts";
import { groupIndices } from "./split.ts";

export interface KFoldOptions<T> {
  /** How many folds. Default 5. */
  readonly folds?: number;
  /** The row's class: each fold then has every class's share. Default: classes do not matter. */
  readonly by?: (row: T) => string | number;
  /** Default 0. */
  readonly seed?: number;
}

export interface Fold<T> {
  readonly train: T[];
  readonly test: T[];
}

/**
 * Splits rows at random into k parts of like size; fold i tests on part i and trains on the others. With `by` each class
 * is dealt out by itself: no two parts differ by more than one row of a class, nor by more than one row in all. Rows keep
 * their order.
 *
 * Source: M. Stone, "Cross-Validatory Choice and Assessment of Statistical Predictions", 1974; scikit-learn's KFold and
 * StratifiedKFold.
 *
 * @ko 데이터를 k개로 나누어, 모든 행이 한 번씩 시험에 쓰이게 합니다.
 * @example
 * for (const { train, test } of kFold(rows, { folds: 5, by: (row) => row.label, seed: 1 })) { … }
 */
export function kFold<T>(rows: readonly T[], options: KFoldOptions<T> = {}): Fold<T>[] {
  const where = "kFold";
  const { folds = 5, by, seed = 0 } = options;
  checkNotEmpty(rows, { where, what: "rows" });
  checkInteger(folds, { where, what: "folds", min: 2, max: rows.length });

  const random = createRandom(seed);
  const partOf = new Array<number>(rows.length);
  let dealt = 0;
  for (const [name, members] of groupIndices(rows, by ?? (() => ""))) {
    if (by && members.length < folds) throw smallClass({ name, rows: members.length, folds });
    // The next class is dealt where the last one stopped, so that the remainders do not all fall to the first parts.
    for (const index of random.shuffle(members)) partOf[index] = dealt++ % folds;
  }
  return Array.from({ length: folds }, (_, fold) => ({
    train: rows.filter((_, index) => partOf[index] !== fold),
    test: rows.filter((_, index) => partOf[index] === fold),
  }));
}

function smallClass(given: { name: string | number; rows: number; folds: number }): LearnerError {
  const { name, rows, folds } = given;
  return new LearnerError({
    code: "out-of-range",
    where: "kFold",
    given: {
      en: `The class ${JSON.stringify(name)} has ${rows} row(s), and there are ${folds} folds.`,
      ko: `클래스 ${JSON.stringify(name)}의 행은 ${rows}개인데 폴드는 ${folds}개입니다.`,
    },
    expected: {
      en: "Each fold needs a row of every class to test on.",
      ko: "폴드마다 모든 클래스의 행이 적어도 하나는 있어야 합니다.",
    },
    remedy: {
      en: "Take fewer folds, join rare classes, or leave `by` out.",
      ko: "폴드를 줄이거나, 드문 클래스를 합치거나, `by`를 빼십시오.",
    },
  });
}
