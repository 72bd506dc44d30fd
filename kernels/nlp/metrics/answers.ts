import { checkOneOf } from "../arguments.ts";
import { toSegments, type References } from "./segments.ts";

export type AnswerRules = "squad" | "korquad";

export interface AnswerOptions {
  /**
   * Whose rules decide what is the same answer.
   *
   * - `"squad"`: lower case, ASCII punctuation and the words a, an, the left out; F1 counts words. For English.
   * - `"korquad"`: lower case, quotation marks and brackets (《》〈〉 among them) become blanks, ASCII punctuation is left out;
   *   particles stay, and F1 counts characters: 서울에서 for 서울 is half right instead of wrong. KorQuAD 1.0's rules.
   *
   * Default "squad".
   */
  readonly rules?: AnswerRules;
}

export interface AnswerScore {
  /** 1 if the answer is, but for normalisation, one of the references, else 0. */
  readonly exactMatch: number;
  /** 0 … 1, of the reference that fits best. */
  readonly f1: number;
}

export interface AnswerScores extends AnswerScore {
  /** One an answer, in order; the scores above are their means. */
  readonly examples: readonly AnswerScore[];
}

/**
 * Exact match and F1 of answers to questions.
 *
 *     f1 = 2·P·R / (P + R)     P = shared / words of the answer,  R = shared / words of the reference
 *
 * Words (with `rules: "korquad"` characters) are shared as often as both have them. Of several references each score takes
 * the best. An empty answer is right, with f1 1, only where a reference is empty, as SQuAD 2.0 has unanswerable questions.
 *
 * Sources: P. Rajpurkar et al., "SQuAD: 100,000+ Questions for Machine Comprehension of Text", 2016; S. Lim et al.,
 * "KorQuAD1.0: Korean QA Dataset for Machine Reading Comprehension", 2019.
 *
 * @ko 질의응답의 정답 일치율(EM)과 F1을 구합니다. 한국어는 `rules: "korquad"`로 글자 단위 F1을 구합니다.
 * @example
 * answerScores(["The Eiffel Tower"], [["Eiffel Tower", "Tour Eiffel"]]);      // exactMatch 1, f1 1
 * answerScores(["서울에서"], ["서울"], { rules: "korquad" });                  // exactMatch 0, f1 0.667
 */
export function answerScores(
  predictions: readonly string[],
  references: readonly References[],
  options: AnswerOptions = {},
): AnswerScores {
  const where = "answerScores";
  const rules = toRules(options, where);
  const segments = toSegments(predictions, references, { where, what: "predictions" });
  const examples = segments.map(({ hypothesis, references: wanted }): AnswerScore => {
    const answer = normalizers[rules](hypothesis);
    const scores = wanted.map((text) => {
      const right = normalizers[rules](text);
      return { exactMatch: Number(answer === right), f1: tokenF1(cut(answer, rules), cut(right, rules)) };
    });
    return {
      exactMatch: Math.max(...scores.map(({ exactMatch }) => exactMatch)),
      f1: Math.max(...scores.map(({ f1 }) => f1)),
    };
  });
  const mean = (key: keyof AnswerScore) =>
    examples.reduce((sum, score) => sum + score[key], 0) / examples.length;
  return { exactMatch: mean("exactMatch"), f1: mean("f1"), examples };
}

/**
 * An answer as the scores compare it.
 *
 * @ko 답을 비교하기 전에 대소문자, 문장 부호, 관사를 정리합니다.
 * @example normalizeAnswer("The  cat's hat!") // "cats hat"
 */
export function normalizeAnswer(text: string, options: AnswerOptions = {}): string {
  return normalizers[toRules(options, "normalizeAnswer")](text);
}

const ASCII_PUNCTUATION = /[!-/:-@[-`{-~]/g;

const normalizers: Readonly<Record<AnswerRules, (text: string) => string>> = {
  squad: (text) =>
    closeUp(
      text
        .toLowerCase()
        .replace(ASCII_PUNCTUATION, "")
        .replace(/(?<![\p{L}\p{N}_])(?:a|an|the)(?![\p{L}\p{N}_])/gu, " "),
    ),
  korquad: (text) =>
    closeUp(
      text
        .replace(/['"《》<>〈〉()‘’]/g, " ")
        .toLowerCase()
        .replace(ASCII_PUNCTUATION, ""),
    ),
};

function closeUp(text: string): string {
  return text.split(/\s+/).filter(Boolean).join(" ");
}

function cut(text: string, rules: AnswerRules): string[] {
  return rules === "korquad" ? [...text.replaceAll(" ", "")] : text.split(" ").filter(Boolean);
}

function tokenF1(answer: readonly string[], right: readonly string[]): number {
  if (answer.length === 0 || right.length === 0) return Number(answer.length === right.length);
  const left = new Map<string, number>();
  for (const token of right) left.set(token, (left.get(token) ?? 0) + 1);
  const shared = answer.filter((token) => {
    const count = left.get(token) ?? 0;
    left.set(token, count - 1);
    return count > 0;
  }).length;
  return (2 * shared) / (answer.length + right.length);
}

function toRules({ rules = "squad" }: AnswerOptions, where: string): AnswerRules {
  checkOneOf(rules, { where, what: "rules", allowed: Object.keys(normalizers) });
  return rules;
}
