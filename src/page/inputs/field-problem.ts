import type { Language } from "../../outputs/index.ts";

/** What a browser knows of a field's value; its own words come in its own language, not the reader's. */
export type FieldValidity = Pick<
  ValidityState,
  "valid" | "valueMissing" | "tooShort" | "tooLong" | "patternMismatch" | "typeMismatch"
>;

export interface FieldLimits {
  readonly minlength?: number;
  readonly maxlength?: number;
}

/** What is wrong with a text, in words; undefined when nothing is. */
export function maybeFieldProblem(
  validity: FieldValidity,
  { minlength, maxlength, language }: FieldLimits & { language: Language },
): string | undefined {
  const words = WORDS[language];
  if (validity.valid) return undefined;
  if (validity.valueMissing) return words.missing;
  if (validity.tooShort && minlength !== undefined) return words.short(minlength);
  if (validity.tooLong && maxlength !== undefined) return words.long(maxlength);
  if (validity.patternMismatch) return words.pattern;
  if (validity.typeMismatch) return words.type;
  return words.other;
}

const WORDS = {
  en: {
    missing: "Write something here.",
    short: (length: number) => `Write at least ${length} characters.`,
    long: (length: number) => `Write at most ${length} characters.`,
    pattern: "This does not have the form that is asked for.",
    type: "This is not an address of the kind that is asked for.",
    other: "This value is not valid.",
  },
  ko: {
    missing: "내용을 입력하십시오.",
    short: (length: number) => `${length}자 이상 입력하십시오.`,
    long: (length: number) => `${length}자 이하로 입력하십시오.`,
    pattern: "요구하는 형식과 맞지 않습니다.",
    type: "요구하는 종류의 주소가 아닙니다.",
    other: "올바르지 않은 값입니다.",
  },
};
