/** The checks of arguments that many functions of the library share. Each returns nothing or throws a LearnerError. */
import { LearnerError } from "./error.ts";

/** `what` names the argument in messages: "texts", "labels". */
export interface Argument {
  readonly where: string;
  readonly what: string;
}

export function checkNotEmpty(list: { readonly length: number }, { where, what }: Argument): void {
  if (list.length > 0) return;
  throw new LearnerError({
    code: "empty-input",
    where,
    given: { en: `\`${what}\` is empty.`, ko: `\`${what}\`이(가) 비어 있습니다.` },
    expected: { en: "At least one element is needed.", ko: "원소가 하나 이상 있어야 합니다." },
    remedy: {
      en: `Print \`${what}.length\` in the cell that makes it: a filter may have dropped everything.`,
      ko: `\`${what}\`을(를) 만드는 셀에서 \`${what}.length\`를 출력해 보십시오. 필터가 전부 걸러 냈을 수 있습니다.`,
    },
  });
}

export function checkSameLength(
  lists: Readonly<Record<string, { readonly length: number }>>,
  { where }: { readonly where: string },
): void {
  const entries = Object.entries(lists);
  if (entries.every(([, list]) => list.length === entries[0][1].length)) return;
  const lengths = entries.map(([name, list]) => `\`${name}\` ${list.length}`).join(", ");
  throw new LearnerError({
    code: "length-mismatch",
    where,
    given: { en: `The lengths are ${lengths}.`, ko: `길이가 ${lengths}입니다.` },
    expected: {
      en: "They must be equal, one element an example.",
      ko: "예시마다 원소가 하나씩, 길이가 같아야 합니다.",
    },
    remedy: {
      en: "Check that all of them come from the same split and the same filter.",
      ko: "모두 같은 분할에서 같은 필터를 거쳐 나왔는지 확인하십시오.",
    },
  });
}

export function checkInteger(
  value: number,
  { where, what, min, max = Infinity }: Argument & { readonly min: number; readonly max?: number },
): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  const range = max === Infinity ? `≥ ${min}` : `${min}…${max}`;
  throw new LearnerError({
    code: "out-of-range",
    where,
    given: { en: `\`${what}\` is ${String(value)}.`, ko: `\`${what}\`이(가) ${String(value)}입니다.` },
    expected: { en: `It must be a whole number (${range}).`, ko: `정수(${range})여야 합니다.` },
    remedy: { en: `Pass a whole number as \`${what}\`.`, ko: `\`${what}\`에 정수를 넘기십시오.` },
  });
}

/** A real number in [min, max]; `above: true` leaves `min` itself out, `below: true` leaves `max` out. */
export function checkNumber(
  value: number,
  {
    where,
    what,
    min,
    max = Infinity,
    above = false,
    below = false,
  }: Argument & {
    readonly min: number;
    readonly max?: number;
    readonly above?: boolean;
    readonly below?: boolean;
  },
): void {
  const low = above ? value > min : value >= min;
  const high = below ? value < max : value <= max;
  if (Number.isFinite(value) && low && high) return;
  const range = `${min} ${above ? "<" : "≤"} ${what}${max === Infinity ? "" : ` ${below ? "<" : "≤"} ${max}`}`;
  throw new LearnerError({
    code: "out-of-range",
    where,
    given: { en: `\`${what}\` is ${String(value)}.`, ko: `\`${what}\`이(가) ${String(value)}입니다.` },
    expected: { en: `It must be a number with ${range}.`, ko: `${range}인 수여야 합니다.` },
    remedy: { en: `Choose \`${what}\` in this range.`, ko: `\`${what}\`을(를) 이 범위에서 고르십시오.` },
  });
}

/** One of a few names, such as a mode. */
export function checkOneOf(
  value: string,
  { where, what, allowed }: Argument & { readonly allowed: readonly string[] },
): void {
  if (allowed.includes(value)) return;
  const names = allowed.map((name) => `"${name}"`).join(", ");
  throw new LearnerError({
    code: "wrong-option",
    where,
    given: {
      en: `\`${what}\` is ${JSON.stringify(value)}.`,
      ko: `\`${what}\`이(가) ${JSON.stringify(value)}입니다.`,
    },
    expected: { en: `It must be one of ${names}.`, ko: `${names} 가운데 하나여야 합니다.` },
    remedy: { en: "Check the spelling.", ko: "철자를 확인하십시오." },
  });
}

/** Class ids: whole numbers from 0 up to, not including, `classes`. */
export function checkClassIds(
  ids: ArrayLike<number>,
  { where, what, classes }: Argument & { readonly classes: number },
): void {
  for (let index = 0; index < ids.length; index++) {
    const id = ids[index];
    if (Number.isInteger(id) && id >= 0 && id < classes) continue;
    throw new LearnerError({
      code: "unknown-label",
      where,
      given: {
        en: `\`${what}[${index}]\` is ${String(id)}.`,
        ko: `\`${what}[${index}]\`의 값이 ${String(id)}입니다.`,
      },
      expected: {
        en: `With ${classes} classes an id is a whole number from 0 to ${classes - 1}.`,
        ko: `클래스가 ${classes}개이면 번호는 0부터 ${classes - 1}까지의 정수입니다.`,
      },
      remedy: {
        en: "If these are names, turn them into ids with `createLabelMap(names).encode(labels)`; if a class is missing, raise the number of classes.",
        ko: "이름이라면 `createLabelMap(names).encode(labels)`로 번호로 바꾸고, 빠진 클래스가 있다면 클래스 수를 늘리십시오.",
      },
    });
  }
}
