/** Entities marked inside their sentence, as one writes them by hand: `[서울](LOC)에서`. */
import { LearnerError, type Localized } from "../../error.ts";
import type { Span } from "../schemes/spans.ts";

export interface MarkedText {
  /** The sentence without its marks. */
  readonly text: string;
  /** In characters of `text` (UTF-16 code units), in order. */
  readonly spans: Span[];
}

export interface ParseMarksOptions {
  /** The types that may be marked. Default: any word of capital letters. */
  readonly types?: readonly string[];
  /** The line of a file that the sentence stands in, named in what is thrown. Default: none. */
  readonly line?: number;
}

/** A mark; whatever square bracket is left over once the marks are gone belongs to none. */
const MARK = /\[([^[\]]*)\]\(([^()]*)\)/gu;

/**
 * A sentence with its entities marked → the sentence, and their places in it. A mark may begin and end anywhere, inside a word
 * too: Korean puts particles right behind a name. Square brackets are for marks alone, and marks do not nest.
 *
 * @ko 문장 안에 `[이름](종류)`로 표시한 개체를 글자 범위로 읽습니다.
 * @example
 * parseMarks("[서울](LOC)에서 만났다.") // { text: "서울에서 만났다.", spans: [{ start: 0, end: 2, label: "LOC" }] }
 * @throws Where a bracket belongs to no mark, a mark is empty or begins or ends with a blank, or its type is unknown.
 */
export function parseMarks(source: string, options: ParseMarksOptions = {}): MarkedText {
  const { types, line } = options;
  const spans: Span[] = [];
  let text = "";
  let behind = 0;
  for (const mark of source.matchAll(MARK)) {
    const [whole, name, label] = mark;
    text += source.slice(behind, mark.index);
    if (name === "" || name !== name.trim())
      throw malformed({ en: `The mark ${whole} is empty or begins or ends with a blank.`, ko: `표시 ${whole}이(가) 비었거나 공백으로 시작하거나 끝납니다.` }, line); // prettier-ignore
    if (types ? !types.includes(label) : !/^[A-Z]+$/u.test(label)) throw unknownType(label, { types, line });
    spans.push({ start: text.length, end: text.length + name.length, label });
    text += name;
    behind = mark.index + whole.length;
  }
  text += source.slice(behind);
  const bracket = /[[\]]/u.exec(text);
  if (bracket) {
    const near = text.slice(Math.max(0, bracket.index - 10), bracket.index + 10);
    throw malformed(
      {
        en: `A square bracket belongs to no mark: "${near}".`,
        ko: `표시에 속하지 않는 대괄호가 있습니다: "${near}"`,
      },
      line,
    );
  }
  return { text, spans };
}

function atLine(line: number | undefined): Localized {
  return line === undefined ? { en: "", ko: "" } : { en: `Line ${line}: `, ko: `${line}행: ` };
}

function malformed(what: Localized, line: number | undefined): LearnerError {
  const at = atLine(line);
  return new LearnerError({
    code: "malformed-table",
    where: "parseMarks",
    given: { en: at.en + what.en, ko: at.ko + what.ko },
    expected: {
      en: "An entity is written [name](TYPE), and brackets are used for nothing else.",
      ko: "개체는 [이름](종류)로 적고, 대괄호는 다른 데에 쓰지 않습니다.",
    },
    remedy: { en: "Mend this mark.", ko: "이 표시를 고치십시오." },
  });
}

function unknownType(
  label: string,
  { types, line }: { types: readonly string[] | undefined; line: number | undefined },
): LearnerError {
  const at = atLine(line);
  const known = types?.join(", ");
  return new LearnerError({
    code: "unknown-label",
    where: "parseMarks",
    given: {
      en: `${at.en}An entity is marked as "${label}".`,
      ko: `${at.ko}개체의 종류가 "${label}"입니다.`,
    },
    expected: {
      en: known ? `The types are ${known}.` : "A type is a word of capital letters.",
      ko: known ? `종류는 ${known}입니다.` : "종류는 영어 대문자로 된 낱말입니다.",
    },
    remedy: {
      en: "Correct it, or name it among the `types`.",
      ko: "바르게 고치거나 `types`에 넣으십시오.",
    },
  });
}
