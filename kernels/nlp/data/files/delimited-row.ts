/**
 * Rows of values between delimiters, as RFC 4180 (https://www.rfc-editor.org/rfc/rfc4180) has them and as real files
 * do. A row is first read by the rule; if its values do not come out, it is read again with one rule loosened after the
 * other, so that a file that keeps the rule is never read otherwise. A quote that nobody closes spoils at most its own
 * line, not the rest of the file.
 */
import type { Localized } from "../../error.ts";
import { splitLines } from "./lines.ts";

/** "doubled": a value may be wrapped in quotes, and a quote inside it is doubled. "literal": a quote is a character. */
export type Quotes = "doubled" | "literal";

export interface Place {
  readonly start: number;
  readonly delimiter: string;
  readonly quotes: Quotes;
  readonly width: number | undefined;
}

export interface ReadRow {
  readonly values: readonly string[];
  /** Where the line end stands. */
  readonly end: number;
  readonly forgiven?: Localized;
}

export interface BrokenRow {
  readonly reason: Localized;
  readonly end: number;
}

/** How a quote is read: by the rule, or with one of the mistakes that real files make. */
type Mode = "doubled" | "backslash" | "inner" | "literal";

const FORGIVEN: Readonly<Record<Mode, Localized | undefined>> = {
  doubled: undefined,
  backslash: {
    en: "a quote has a backslash before it instead of being doubled",
    ko: "따옴표를 겹쳐 쓰지 않고 앞에 역슬래시를 씀",
  },
  inner: {
    en: "a quote inside a quoted value is not doubled",
    ko: "따옴표로 감싼 값 안의 따옴표를 겹쳐 쓰지 않음",
  },
  literal: {
    en: "a quote wraps no value and was read as a character",
    ko: "값을 감싸지 않는 따옴표를 글자로 읽음",
  },
};

export function readRow(text: string, { start, delimiter, quotes, width }: Place): ReadRow | BrokenRow {
  const modes: readonly Mode[] =
    quotes === "literal" ? ["literal"] : ["doubled", "backslash", "inner", "literal"];
  const fits = (row: ReadRow) =>
    width === undefined ||
    row.values.length === width ||
    (row.values.length > width && row.values.slice(width).every((value) => value.trim() === ""));
  const readAs = (mode: Mode) => scanRow(text, { start, delimiter, mode, returnEnds: true });

  const byRule = readAs(modes[0]);
  if (byRule && fits(byRule)) return byRule;
  for (const mode of modes.slice(1)) {
    const row = readAs(mode);
    if (row && fits(row)) return { ...row, forgiven: FORGIVEN[mode] };
  }
  const joined = scanOverReturns(text, { start, delimiter, mode: modes[0] });
  if (joined && fits(joined)) return joined;

  const end = endOfLine(text, start);
  if (!byRule) return { reason: OPEN_QUOTE, end };
  const reason = wrongCount(byRule.values.length, width!);
  const runsAway = hidesRows(text.slice(end, byRule.end), { delimiter, width: width! });
  return runsAway ? { reason: OPEN_QUOTE, end } : { reason, end: byRule.end };
}

/** Where lines end with a line feed, a carriage return alone may be a character of a value. */
function scanOverReturns(
  text: string,
  { start, delimiter, mode }: { start: number; delimiter: string; mode: Mode },
): ReadRow | undefined {
  if (!text.includes("\n") || !/^[^\n]*\r[^\n]/.test(text.slice(start, start + 100_000))) return undefined;
  const row = scanRow(text, { start, delimiter, mode, returnEnds: false });
  return (
    row && {
      ...row,
      values: row.values.map((value) => value.replace(/\r/g, " ")),
      forgiven: {
        en: "a carriage return inside a value was read as a blank",
        ko: "값 안의 캐리지 리턴을 빈칸으로 읽음",
      },
    }
  );
}

/** Whether most of the lines that a quoted value has swallowed look like rows of their own. */
function hidesRows(swallowed: string, { delimiter, width }: { delimiter: string; width: number }): boolean {
  const lines = splitLines(swallowed).slice(1);
  const rows = lines.filter(({ text }) => text.split(delimiter).length === width);
  return lines.length > 0 && rows.length * 2 >= lines.length;
}

interface Scan {
  readonly start: number;
  readonly delimiter: string;
  readonly mode: Mode;
  /** Whether a carriage return that no line feed follows ends a row. */
  readonly returnEnds: boolean;
}

/** One row read in one mode; undefined where the mode's rule is broken. */
function scanRow(text: string, { start, delimiter, mode, returnEnds }: Scan): ReadRow | undefined {
  const endsAt = (at: number) =>
    at >= text.length || text[at] === "\n" || (text[at] === "\r" && (returnEnds || text[at + 1] === "\n"));
  const afterBlanks = (at: number) => {
    while (text[at] === " " || (text[at] === "\t" && delimiter !== "\t")) at += 1;
    return at;
  };
  const closesAt = (at: number) => endsAt(at) || text[at] === delimiter;

  /** The value wrapped in quotes whose first character is at `from`. */
  const scanQuoted = (from: number): { value: string; end: number } | undefined => {
    let value = "";
    for (let at = from; at < text.length; at++) {
      const sign = text[at];
      // Only a quoted value that keeps the rule may hold line ends: a wrong guess then costs no more than its line.
      if ((sign === "\n" || sign === "\r") && mode !== "doubled") return undefined;
      if (mode === "backslash" && sign === "\\" && text[at + 1] === '"') {
        value += text.slice(from, at);
        from = at + 1;
        at += 1;
      } else if (sign === '"') {
        const end = afterBlanks(at + 1);
        const twice = text[at + 1] === '"';
        if (twice && mode === "inner" && closesAt(afterBlanks(at + 2))) {
          return { value: value + text.slice(from, at + 1), end: afterBlanks(at + 2) };
        }
        if (twice) {
          value += text.slice(from, at + 1);
          from = at + 2;
          at += 1;
        } else if (closesAt(end)) {
          return { value: value + text.slice(from, at), end };
        } else if (mode !== "inner") return undefined;
      }
    }
    return undefined;
  };

  const values: string[] = [];
  let strayQuote = false;
  for (let at = start; ; at++) {
    const opened = afterBlanks(at);
    if (mode !== "literal" && text[opened] === '"') {
      const quoted = scanQuoted(opened + 1);
      if (!quoted) return undefined;
      values.push(quoted.value);
      at = quoted.end;
    } else {
      const from = at;
      while (!closesAt(at)) at += 1;
      values.push(text.slice(from, at));
      strayQuote ||= mode === "doubled" && text.slice(from, at).includes('"');
    }
    if (endsAt(at)) return { values, end: at, forgiven: strayQuote ? FORGIVEN.literal : undefined };
  }
}

export function endOfLine(text: string, start: number): number {
  let at = start;
  while (at < text.length && text[at] !== "\n" && text[at] !== "\r") at += 1;
  return at;
}

const OPEN_QUOTE: Localized = {
  en: "a quote opens a value and is not closed as it should be",
  ko: "값을 여는 따옴표가 제대로 닫히지 않음",
};

function wrongCount(values: number, columns: number): Localized {
  return {
    en: `${values} values for ${columns} columns`,
    ko: `열은 ${columns}개인데 값은 ${values}개`,
  };
}
