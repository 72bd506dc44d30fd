/** One line of a CoNLL file: a row of columns, or a comment, or neither. */
import { checkInteger, checkOneOf } from "../../arguments.ts";
import type { Localized } from "../../error.ts";
import { isBlank, type Line } from "./lines.ts";

export const DOCUMENT_START = "-DOCSTART-";

export interface RowReaderOptions {
  readonly where: string;
  readonly tokenColumn?: number;
  readonly labelColumn?: number;
  readonly separator?: "tab" | "blanks";
  readonly comment?: string | false;
}

export interface ColumnsRow {
  readonly values: readonly string[];
  /** Undefined in a file of one column. */
  readonly label: string | undefined;
  /** Whether it was parted by blanks in a file whose columns are parted by tabs. */
  readonly byBlanks: boolean;
}

export interface RowReader {
  read(line: string): ColumnsRow | "comment" | { readonly reason: Localized };
}

/** A reader of lines that has seen the whole file: what parts its columns, and how many most lines have. */
export function createRowReader(lines: readonly Line[], options: RowReaderOptions): RowReader {
  const { where, tokenColumn = 0, labelColumn = -1, separator, comment = "auto" } = options;
  checkInteger(tokenColumn, { where, what: "tokenColumn", min: 0 });
  if (separator) checkOneOf(separator, { where, what: "separator", allowed: ["tab", "blanks"] });
  const filled = lines
    .map(({ text }) => text)
    .filter((text) => !isBlank(text) && !text.startsWith(DOCUMENT_START));
  const sure = filled.filter((text) => !text.startsWith("#"));
  const sample = sure.length > 0 ? sure : filled;
  const tabs = separator ? separator === "tab" : isMost(sample, (text) => text.includes("\t"));
  const cut = tabs ? cutAtTabs : cutAtBlanks;
  const width = findMostFrequent(sample.map((text) => cut(text).length));
  checkInteger(labelColumn, { where, what: "labelColumn", min: -width });
  const label = labelColumn < 0 ? width + labelColumn : labelColumn;
  // A label counted from the end is only found in a row that is whole.
  const needed = labelColumn < 0 ? width : Math.max(tokenColumn, label) + 1;

  const toValues = (line: string): { readonly values: readonly string[]; readonly byBlanks: boolean } => {
    const values = cut(line);
    if (values.length === width) return { values, byBlanks: false };
    if (tabs && !/\t|^#/.test(line)) {
      const parts = cutAtBlanks(line);
      if (parts.length === width) return { values: parts, byBlanks: true };
    }
    // "  O": a token that is a blank, where blanks part the columns.
    if (!tabs && values.length === width - 1 && /^[ \t]{2}/.test(line)) {
      return { values: [" ", ...values], byBlanks: false };
    }
    return { values, byBlanks: false };
  };

  return {
    read(line) {
      const { values, byBlanks } = toValues(line);
      if (comment === "auto" ? looksLikeComment(line, values, width) : comment && line.startsWith(comment)) {
        return "comment";
      }
      if ((values[tokenColumn] ?? "") === "") return { reason: NO_TOKEN };
      if (values.length === width - 1 && label === width - 1) return { reason: NO_LABEL };
      if (labelColumn < 0 ? values.length !== width : values.length < needed) {
        return { reason: wrongCount(values.length, { width, needed }) };
      }
      if (width === 1) return { values, label: undefined, byBlanks };
      return values[label] === "" ? { reason: NO_LABEL } : { values, label: values[label], byBlanks };
    },
  };
}

/** "# id 7\tdomain=en" may have as many values as a row; but a token that begins with # holds no blank. */
function looksLikeComment(line: string, values: readonly string[], width: number): boolean {
  if (!line.startsWith("#")) return false;
  return values.length === width ? /[^ ] +[^ ]/.test(values[0]) : /[ \t=]/.test(line.trim());
}

/**
 * Values lose stray blanks, but a token of nothing but blanks stays; empty values at the end go. Only blanks and tabs
 * are blanks here: other spaces of Unicode may be tokens.
 */
function cutAtTabs(line: string): string[] {
  const values = line.split("\t").map((value, column) => {
    const trimmed = value.replace(/^ +| +$/g, "");
    return trimmed === "" && column === 0 ? value : trimmed;
  });
  return values.slice(0, Math.max(1, values.findLastIndex((value) => value !== "") + 1));
}

function cutAtBlanks(line: string): string[] {
  return line.split(/[ \t]+/).filter((value) => value !== "");
}

function isMost<T>(list: readonly T[], holds: (element: T) => boolean): boolean {
  return list.filter(holds).length * 2 > list.length;
}

export function findMostFrequent(numbers: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  let best = numbers[0] ?? 1;
  for (const [number, count] of counts) if (count > counts.get(best)!) best = number;
  return best;
}

const NO_TOKEN: Localized = { en: "no token", ko: "토큰이 없음" };
const NO_LABEL: Localized = { en: "no label", ko: "레이블이 없음" };

export const BY_BLANKS: Localized = {
  en: "columns parted by blanks in a file with tabs",
  ko: "탭을 쓰는 파일에서 열이 빈칸으로 나뉘어 있음",
};

function wrongCount(
  values: number,
  { width, needed }: { readonly width: number; readonly needed: number },
): Localized {
  return {
    en: `${values} columns where the file has ${width}${needed === width ? "" : ` and ${needed} are needed`}`,
    ko: `파일의 열은 ${width}개${needed === width ? "" : `(필요한 열은 ${needed}개)`}인데 이 줄은 ${values}개`,
  };
}
