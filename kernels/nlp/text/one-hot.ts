import { checkClassIds, checkInteger, checkNotEmpty } from "../arguments.ts";
import { LearnerError } from "../error.ts";

/**
 * Labels as vectors with a single 1:
 *
 *     oneHot[i][c] = 1 if labels[i] is class c, else 0        shape [labels, classes]
 *
 * `labels` are class ids, and `classes` how many there are; or labels are names and `classes` the names in their order.
 * The order decides which column a class gets, so it has to be the same in training, in prediction, and on disk.
 *
 * @ko 레이블을 자기 자리만 1인 벡터로 바꿉니다.
 * @example
 * oneHot([2, 0], 3);                               // [[0, 0, 1], [1, 0, 0]]
 * oneHot(["anger"], ["joy", "sadness", "anger"]);  // [[0, 0, 1]]
 */
export function oneHot(
  labels: readonly (number | string)[],
  classes: number | readonly string[],
): number[][] {
  const where = "oneHot";
  checkNotEmpty(labels, { where, what: "labels" });
  const size = typeof classes === "number" ? classes : classes.length;
  checkInteger(size, { where, what: "classes", min: 1 });
  const ids = labels.map((label) => (typeof label === "number" ? label : findClass(label, classes)));
  checkClassIds(ids, { where, what: "labels", classes: size });
  return ids.map((id) => Array.from({ length: size }, (_, column) => (column === id ? 1 : 0)));
}

function findClass(label: string, classes: number | readonly string[]): number {
  const id = typeof classes === "number" ? -1 : classes.indexOf(label);
  if (id >= 0) return id;
  const known = typeof classes === "number" ? `${classes}` : classes.map((name) => `"${name}"`).join(", ");
  throw new LearnerError({
    code: "unknown-label",
    where: "oneHot",
    given: { en: `Label ${JSON.stringify(label)}.`, ko: `받은 레이블은 ${JSON.stringify(label)}입니다.` },
    expected: { en: `The classes are ${known}.`, ko: `클래스는 ${known}입니다.` },
    remedy: {
      en: "Check the spelling, or pass the list of all class names as `classes`.",
      ko: "철자를 확인하거나, `classes`에 모든 클래스 이름의 목록을 넘기십시오.",
    },
  });
}
