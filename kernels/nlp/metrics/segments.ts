/** Outputs and what they are held to, as the metrics of texts take them. */
import { checkNotEmpty, checkSameLength } from "../arguments.ts";
import { LearnerError } from "../error.ts";

/** What an output is compared with: one text, or several of which each would be right. */
export type References = string | readonly string[];

/** Each output with its list of references. */
export interface Segment {
  readonly hypothesis: string;
  readonly references: readonly string[];
}

export function toSegments(
  hypotheses: readonly string[],
  references: readonly References[],
  { where, what = "hypotheses" }: { readonly where: string; readonly what?: string },
): Segment[] {
  checkSameLength({ [what]: hypotheses, references }, { where });
  checkNotEmpty(hypotheses, { where, what });
  return hypotheses.map((hypothesis, index) => {
    checkText(hypothesis, { where, what: `${what}[${index}]` });
    const given = references[index];
    const list = typeof given === "string" ? [given] : given;
    if (!Array.isArray(list)) checkText(list, { where, what: `references[${index}]` });
    checkNotEmpty(list, { where, what: `references[${index}]` });
    list.forEach((text, place) => checkText(text, { where, what: `references[${index}][${place}]` }));
    return { hypothesis, references: list };
  });
}

function checkText(value: unknown, { where, what }: { readonly where: string; readonly what: string }): void {
  if (typeof value === "string") return;
  const kind = Array.isArray(value) ? "a list" : typeof value;
  throw new LearnerError({
    code: "wrong-option",
    where,
    given: { en: `\`${what}\` is ${kind}.`, ko: `\`${what}\`의 자료형이 ${kind}입니다.` },
    expected: {
      en: "Outputs are texts; references are a text, or a list of texts, for each output.",
      ko: "출력은 문자열이고, 참조는 출력마다 문자열 하나 또는 문자열의 목록이어야 합니다.",
    },
    remedy: {
      en: 'Join tokens with `tokens.join(" ")`, and pass `tokenize: "none"` where the function takes it.',
      ko: '토큰은 `tokens.join(" ")`으로 이어 붙이고, 함수가 받는다면 `tokenize: "none"`을 넘기십시오.',
    },
  });
}
