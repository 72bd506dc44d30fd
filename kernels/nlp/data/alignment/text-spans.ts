/** Between spans of characters, as a text's marks and offsets give them, and spans of words. */
import { checkOneOf } from "../../arguments.ts";
import { LearnerError, type Localized } from "../../error.ts";
import { checkSpans, type Span } from "../schemes/spans.ts";

/** Each word's place in its text, [start, end) in UTF-16 code units: an encoding's `offsets`, say. */
export type Offsets = readonly (readonly [start: number, end: number])[];

export interface ToWordSpansOptions {
  readonly offsets: Offsets;
  /**
   * What becomes of a span that begins or ends inside a word (the names of the modes are spaCy's). "expand": it takes every
   * word that it touches. "contract": only the words that are wholly in it. "strict": it is left out. Default "expand".
   */
  readonly mode?: "expand" | "contract" | "strict";
}

export interface MisalignedSpan {
  /** In characters, as given. */
  readonly span: Span;
  /** In words, as it came out; undefined if it was left out. */
  readonly words: Span | undefined;
  readonly reason: Localized;
}

export interface WordSpans {
  readonly spans: Span[];
  /** The spans whose boundaries are not those of words: what is lost between characters and words. */
  readonly misaligned: MisalignedSpan[];
}

/**
 * Spans of characters → spans of words. Korean particles are why the two differ: in "김민수는" the name ends inside the
 * word. Of two spans that touch one word the first gets it.
 *
 * @ko 글자로 센 범위를 단어로 센 범위로 바꾸고, 경계가 맞지 않는 것을 알려 줍니다.
 * @example
 * const offsets = [[0, 4], [5, 7]]; // "김민수는 왔다"
 * toWordSpans([{ start: 0, end: 3, label: "PER" }], { offsets }).spans // [{ start: 0, end: 1, label: "PER" }]
 */
export function toWordSpans(textSpans: readonly Span[], options: ToWordSpansOptions): WordSpans {
  const where = "toWordSpans";
  const { offsets, mode = "expand" } = options;
  checkOneOf(mode, { where, what: "mode", allowed: ["expand", "contract", "strict"] });
  checkOffsets(offsets, where);
  checkSpans(textSpans, { where, unit: { en: "characters", ko: "글자" } });

  const spans: Span[] = [];
  const misaligned: MisalignedSpan[] = [];
  for (const span of [...textSpans].sort((a, b) => a.start - b.start)) {
    const free = spans.at(-1)?.end ?? 0;
    const touched = findWords(offsets, ([start, end]) => start < span.end && span.start < end);
    const inside = findWords(offsets, ([start, end]) => start >= span.start && end <= span.end);
    const exact =
      touched && offsets[touched.start][0] === span.start && offsets[touched.end - 1][1] === span.end;
    const wanted = mode === "expand" || exact ? touched : mode === "contract" ? inside : undefined;
    const start = Math.max(wanted?.start ?? 0, free);
    const words = wanted && start < wanted.end ? { ...wanted, start, label: span.label } : undefined;
    if (words) spans.push(words);
    if (exact && words?.start === touched.start) continue;
    const reason = !touched ? NO_WORD : touched.start < free ? SHARED : CUTS;
    misaligned.push({ span, words, reason });
  }
  return { spans, misaligned };
}

const NO_WORD: Localized = { en: "no word stands there", ko: "그 자리에 단어가 없음" };
const SHARED: Localized = { en: "its first word belongs to the span before", ko: "첫 단어가 앞 범위에 속함" };
const CUTS: Localized = { en: "begins or ends inside a word", ko: "단어 중간에서 시작하거나 끝남" };

export interface ToTextSpansOptions {
  readonly offsets: Offsets;
}

/**
 * Spans of words → spans of characters, from the beginning of the first word to the end of the last.
 *
 * @ko 단어로 센 범위를 글자로 센 범위로 바꿉니다.
 * @example
 * toTextSpans([{ start: 0, end: 2, label: "PER" }], { offsets: [[0, 3], [4, 7]] }) // [{ start: 0, end: 7, label: "PER" }]
 */
export function toTextSpans(spans: readonly Span[], options: ToTextSpansOptions): Span[] {
  const where = "toTextSpans";
  const { offsets } = options;
  checkOffsets(offsets, where);
  checkSpans(spans, { where, length: offsets.length });
  return spans.map(({ start, end, label }) => ({
    start: offsets[start][0],
    end: offsets[end - 1][1],
    label,
  }));
}

/** The run of words that hold the condition; words without characters ([0, 0]) hold none. */
function findWords(
  offsets: Offsets,
  holds: (offset: Offsets[number]) => boolean,
): { readonly start: number; readonly end: number } | undefined {
  const isIn = (offset: Offsets[number]) => offset[0] < offset[1] && holds(offset);
  const start = offsets.findIndex(isIn);
  return start < 0 ? undefined : { start, end: offsets.findLastIndex(isIn) + 1 };
}

function checkOffsets(offsets: Offsets, where: string): void {
  let before: Offsets[number] = [0, 0];
  for (const [index, [start, end]] of offsets.entries()) {
    if (start === end) continue;
    if (end > start && start >= before[0] && end >= before[1]) {
      before = [start, end];
      continue;
    }
    throw new LearnerError({
      code: "out-of-range",
      where,
      given: {
        en: `\`offsets[${index}]\` is [${start}, ${end}], behind [${before.join(", ")}].`,
        ko: `\`offsets[${index}]\`이(가) [${start}, ${end}]인데 앞 단어는 [${before.join(", ")}]입니다.`,
      },
      expected: {
        en: "Words follow each other in the text: start < end, and neither goes back.",
        ko: "단어는 글의 순서대로여야 합니다. start < end이고, 앞으로 되돌아가지 않아야 합니다.",
      },
      remedy: {
        en: "Take the offsets of one sentence, in the order of its words.",
        ko: "한 문장의 offsets를 단어 순서대로 넘기십시오.",
      },
    });
  }
}
