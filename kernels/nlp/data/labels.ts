import { checkClassIds, checkInteger, checkNotEmpty, checkOneOf } from "../arguments.ts";
import { LearnerError } from "../error.ts";

/** Class names and their ids, both ways. An id is the name's place in `classes`. */
export interface LabelMap {
  readonly classes: readonly string[];
  readonly size: number;
  /** Names to ids. */
  encode(labels: readonly string[]): number[];
  /** Ids to names. */
  decode(ids: readonly number[]): string[];
}

export interface CreateLabelMapOptions {
  /** "given": in the order of first appearance. "alphabet": sorted, so that the order of the rows does not matter. Default "given". */
  readonly order?: "given" | "alphabet";
}

/**
 * The map between class names and ids, from the names or from a whole column of labels (repeats count once).
 *
 * @ko 클래스 이름과 번호를 서로 바꾸는 표를 만듭니다.
 * @example
 * const map = createLabelMap(["joy", "sadness", "anger", "fear"]);
 * map.encode(["fear", "joy"]); // [3, 0]
 * map.decode([1]);             // ["sadness"]
 */
export function createLabelMap(labels: readonly string[], options: CreateLabelMapOptions = {}): LabelMap {
  const { order = "given" } = options;
  checkNotEmpty(labels, { where: "createLabelMap", what: "labels" });
  checkOneOf(order, { where: "createLabelMap", what: "order", allowed: ["given", "alphabet"] });
  const classes = [...new Set(labels)];
  if (order === "alphabet") classes.sort();
  const ids = new Map(classes.map((name, id) => [name, id]));
  return {
    classes,
    size: classes.length,
    encode: (names) =>
      names.map((name) => {
        const id = ids.get(name);
        if (id === undefined) throw unknownLabel(name, classes);
        return id;
      }),
    decode(given) {
      checkClassIds(given, { where: "LabelMap.decode", what: "ids", classes: classes.length });
      return given.map((id) => classes[id]);
    },
  };
}

export interface ClassWeightsOptions {
  /** How many classes there are. */
  readonly classes: number;
}

/**
 * A weight for each class, so that a rare class counts as much in the loss as a frequent one:
 *
 *     weight[c] = n / (classes · nᶜ)        n labels, nᶜ of them of class c; shape [classes]
 *
 * The weights of all labels average 1. Formula: "balanced" in scikit-learn; G. King and L. Zeng, "Logistic Regression
 * in Rare Events Data", 2001.
 *
 * @ko 드문 클래스도 손실에서 같은 몫을 갖도록 클래스마다 가중치를 구합니다.
 * @example classWeights([0, 0, 0, 1], { classes: 2 }) // [0.67, 2]
 */
export function classWeights(labels: readonly number[], options: ClassWeightsOptions): number[] {
  const where = "classWeights";
  const { classes } = options;
  checkNotEmpty(labels, { where, what: "labels" });
  checkInteger(classes, { where, what: "classes", min: 1 });
  checkClassIds(labels, { where, what: "labels", classes });
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) counts[label] += 1;
  const absent = counts.indexOf(0);
  if (absent >= 0) throw absentClass(absent, classes);
  return counts.map((count) => labels.length / (classes * count));
}

function unknownLabel(name: string, classes: readonly string[]): LearnerError {
  const known = classes.map((known) => `"${known}"`).join(", ");
  return new LearnerError({
    code: "unknown-label",
    where: "LabelMap.encode",
    given: {
      en: `The label is ${JSON.stringify(name)}.`,
      ko: `받은 레이블은 ${JSON.stringify(name)}입니다.`,
    },
    expected: { en: `The classes are ${known}.`, ko: `클래스는 ${known}입니다.` },
    remedy: {
      en: "Check for stray blanks and capital letters, or make the map from all splits' labels.",
      ko: "앞뒤 빈칸과 대소문자를 확인하거나, 모든 분할의 레이블로 맵을 만드십시오.",
    },
  });
}

function absentClass(id: number, classes: number): LearnerError {
  return new LearnerError({
    code: "empty-input",
    where: "classWeights",
    given: { en: `No label is of class ${id}.`, ko: `클래스 ${id}의 레이블이 하나도 없습니다.` },
    expected: {
      en: `Each of the ${classes} classes must occur: a class that never occurs would weigh n / 0.`,
      ko: `클래스 ${classes}개가 모두 나와야 합니다. 나오지 않는 클래스의 가중치는 n / 0이 됩니다.`,
    },
    remedy: {
      en: "Count the training split's labels, and split with `stratifiedSplit`.",
      ko: "학습 분할의 레이블을 세어 보고, `stratifiedSplit`으로 나누십시오.",
    },
  });
}
