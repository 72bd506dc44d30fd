/** The info string of a cell's fence: `ts {id=tokenizer run=click fold exercise="word pieces"}`. */
import type { Localized } from "../../../kernels/runtime/localized.ts";

/** One attribute as it is written, and where. */
export interface InfoAttribute {
  readonly name: string;
  /** Undefined for a bare name such as `fold`. */
  readonly value: string | undefined;
  /** Where it stands in the info string. */
  readonly from: number;
  readonly to: number;
}

/** What could not be read, and what was expected there. */
export interface InfoProblem {
  readonly found: string;
  readonly expected: Localized;
}

/** The attributes of a fence marked `ts`. */
export interface CellInfo {
  readonly attributes: readonly InfoAttribute[];
  /** Where the closing brace stands, or where reading stopped. */
  readonly end: number;
  readonly problem?: InfoProblem;
}

/**
 * Reads the info string of a fence. Undefined for quoted code: another language, no braces, or braces in which nobody
 * meant an id (`ts {1,3-4}`, as other tools mark lines).
 */
export function maybeCellInfo(info: string): CellInfo | undefined {
  const start = /^[ \t]*ts(?:[ \t]*\{|(?=[ \t]))/.exec(info);
  if (!start) return undefined;
  if (start[0].endsWith("{")) {
    const cell = readAttributes(info, start[0].length);
    return cell.problem && !mentionsId(info) ? undefined : cell;
  }
  if (!mentionsId(info)) return undefined;
  const found = info.slice(start[0].length).trim();
  const expected = { en: "the braces follow ts at once", ko: "중괄호는 ts 바로 뒤에 와야 합니다" };
  return { attributes: [], end: start[0].length, problem: { found, expected } };
}

/** `name` or `name=value` as it is written in an info string, in quotes where it needs them. */
export function maybeAttributeText(name: string, value?: string): string | undefined {
  if (value === undefined) return name;
  if (/^[^\s"'=<>`{}]+$/.test(value)) return `${name}=${value}`;
  if (value === "" || /[\r\n`]/.test(value)) return undefined;
  if (!value.includes('"')) return `${name}="${value}"`;
  return value.includes("'") ? undefined : `${name}='${value}'`;
}

function mentionsId(info: string): boolean {
  return /\{[^}]*\bid[ \t]*=/.test(info);
}

function readAttributes(info: string, start: number): CellInfo {
  const attributes: InfoAttribute[] = [];
  let end = start;
  const fail = (expected: Localized): CellInfo => ({
    attributes,
    end,
    problem: { found: info.slice(end).trim(), expected },
  });
  for (;;) {
    const blanks = /^[ \t]*/.exec(info.slice(end))![0].length;
    const from = end + blanks;
    if (info[from] === "}") {
      end = from + 1;
      if (info.slice(end).trim() !== "") {
        return fail({
          en: "nothing follows the closing brace",
          ko: "닫는 중괄호 뒤에는 아무것도 올 수 없습니다",
        });
      }
      return { attributes, end: from };
    }
    if (attributes.length > 0 && blanks === 0) {
      return fail({ en: "a blank stands between two attributes", ko: "속성 사이에는 빈칸이 있어야 합니다" });
    }
    const name = /^[A-Za-z][\w-]*/.exec(info.slice(from))?.[0];
    const value = name === undefined ? null : readValue(info.slice(from + name.length));
    end = from;
    if (name === undefined || value === null) {
      return fail({
        en: 'a name, name=value or name="a value" is expected, and a closing brace at the end',
        ko: '이름, 이름=값, 이름="값" 가운데 하나가 와야 하고 끝에는 닫는 중괄호가 있어야 합니다',
      });
    }
    if (attributes.some((attribute) => attribute.name === name)) {
      return fail({ en: `"${name}" can stand only once`, ko: `"${name}"은(는) 한 번만 쓸 수 있습니다` });
    }
    end = from + name.length + value.length;
    attributes.push({ name, value: value.value, from, to: end });
  }
}

/** What follows a name: nothing, or "=" and a value; null where a value should stand and does not. */
function readValue(text: string): { value: string | undefined; length: number } | null {
  if (!text.startsWith("=")) return { value: undefined, length: 0 };
  const match = /^=(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`{}]+))/.exec(text);
  if (!match) return null;
  return { value: match[1] ?? match[2] ?? match[3], length: match[0].length };
}
