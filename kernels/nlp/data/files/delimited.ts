/** Rows of values between delimiters. */
import { endOfLine, readRow, type Quotes } from "./delimited-row.ts";
import { splitLines } from "./lines.ts";
import type { LineReport } from "./report.ts";

export interface DelimitedRow {
  /** As they stand in the file, blanks at their ends included. */
  readonly values: readonly string[];
  readonly line: number;
  readonly source: string;
}

export interface DelimitedRows {
  readonly rows: readonly DelimitedRow[];
  readonly dropped: readonly LineReport[];
  readonly repaired: readonly LineReport[];
  readonly comments: readonly string[];
}

export interface ReadRowsOptions {
  readonly delimiter: string;
  readonly quotes: Quotes;
  /** How many values a row must have. Default: as many as the first row, empty ones at its end left out. */
  readonly width?: number;
  /** Lines that begin so are comments. Default: none are. */
  readonly comment?: string;
}

/** All rows of a text. Lines of nothing but blanks and delimiters are no rows. */
export function readRows(text: string, options: ReadRowsOptions): DelimitedRows {
  const { delimiter, quotes, comment } = options;
  let { width } = options;
  const rows: DelimitedRow[] = [];
  const dropped: LineReport[] = [];
  const repaired: LineReport[] = [];
  const comments: string[] = [];
  let line = 1;
  for (let at = 0; at < text.length;) {
    const start = at;
    const first = text.slice(at, endOfLine(text, at));
    if (first.split(delimiter).every((value) => value.trim() === "")) {
      at = behindLineEnd(text, at + first.length);
    } else if (comment && first.startsWith(comment)) {
      comments.push(first);
      at = behindLineEnd(text, at + first.length);
    } else {
      const row = readRow(text, { start, delimiter, quotes, width });
      at = behindLineEnd(text, row.end);
      const source = text.slice(start, row.end);
      if ("reason" in row) dropped.push({ line, reason: row.reason, source });
      else {
        width ??= filledWidth(row.values);
        rows.push({ values: row.values.slice(0, width), line, source });
        if (row.forgiven) repaired.push({ line, reason: row.forgiven, source });
      }
    }
    line += splitLines(text.slice(start, at)).length;
  }
  return { rows, dropped, repaired, comments };
}

function filledWidth(values: readonly string[]): number {
  return values.findLastIndex((value) => value.trim() !== "") + 1;
}

function behindLineEnd(text: string, at: number): number {
  return at + (text.startsWith("\r\n", at) ? 2 : 1);
}
