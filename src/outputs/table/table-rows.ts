/** Which rows of a table are shown, in which order, and what of them is copied. */
import type { TableColumn, TableOutput } from "../../../kernels/runtime/display/output.ts";
import { inLanguage, type Language } from "../language.ts";
import { findColumnDigits, formatNumber } from "../number-format.ts";

export interface TableSort {
  readonly column: string;
  readonly direction: "ascending" | "descending";
}

type Cell = TableOutput["rows"][number][number];

/** A cell as the reader sees it. */
export type FormatCell = (value: Cell, column: number) => string;

/** Cells in words, numbers of a column with their points in line. */
export function createFormatCell({ columns, rows }: TableOutput, language: Language): FormatCell {
  const digits = columns.map(
    (column, i) =>
      column.digits ?? (column.type === "number" ? findColumnDigits(rows.map((row) => row[i])) : undefined),
  );
  return (value, column) => {
    if (value === null || value === undefined) return "";
    if (typeof value === "number") {
      // A value too small for its column's digits would be shown as nothing.
      const vanishes = value !== 0 && Math.abs(value) < 10 ** -(digits[column] ?? 0) / 2;
      return formatNumber(
        value,
        vanishes && columns[column].digits === undefined ? {} : { digits: digits[column] },
      );
    }
    if (typeof value === "boolean") return value ? "✓" : "✗";
    return inLanguage(value, language);
  };
}

/** Indices of the rows in which every word of the filter is found, in the order of the sort. */
export function findRows(
  { columns, rows }: TableOutput,
  {
    filter,
    sort,
    format,
    language,
  }: { filter: string; sort?: TableSort; format: FormatCell; language: Language },
): number[] {
  const wanted = filter.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const found = rows.flatMap((row, index) => {
    if (wanted.length === 0) return [index];
    const text = row
      .map((value, column) => format(value, column))
      .join("\t")
      .toLocaleLowerCase();
    return wanted.every((word) => text.includes(word)) ? [index] : [];
  });
  const column = sort ? columns.findIndex((column) => column.name === sort.column) : -1;
  if (!sort || column < 0) return found;
  const collator = new Intl.Collator(language, { numeric: true });
  const sign = sort.direction === "ascending" ? 1 : -1;
  return found.sort((a, b) => {
    const [left, right] = [rows[a][column], rows[b][column]];
    // Rows without a value come last in both directions; equal ones keep the order they came in.
    if (isMissing(left) || isMissing(right))
      return Number(isMissing(left)) - Number(isMissing(right)) || a - b;
    return sign * compare(left, right, { collator, language }) || a - b;
  });
}

/** The sort after a press on a column's head: ascending, descending, as it came. */
export function nextSort(sort: TableSort | undefined, column: TableColumn): TableSort | undefined {
  if (sort?.column !== column.name) return { column: column.name, direction: "ascending" };
  return sort.direction === "ascending" ? { column: column.name, direction: "descending" } : undefined;
}

/** Rows as tab-separated values for a spreadsheet: numbers in full, tabs and line breaks in a text as spaces. */
export function toTsv(
  { columns, rows }: TableOutput,
  indices: readonly number[],
  language: Language,
): string {
  const head = columns.map((column) => plain(inLanguage(column.label, language)));
  const body = indices.map((index) =>
    rows[index].map((value) => {
      if (value === null || value === undefined) return "";
      return typeof value === "number" || typeof value === "boolean"
        ? String(value)
        : plain(inLanguage(value, language));
    }),
  );
  return [head, ...body].map((row) => row.join("\t")).join("\n");
}

function plain(text: string): string {
  return text.replace(/[\t\r\n]+/g, " ");
}

function isMissing(value: Cell): boolean {
  return value === null || value === undefined || (typeof value === "number" && Number.isNaN(value));
}

function compare(
  a: Cell,
  b: Cell,
  { collator, language }: { collator: Intl.Collator; language: Language },
): number {
  if (typeof a === "object" || typeof a === "string" || typeof b === "object" || typeof b === "string") {
    return collator.compare(words(a, language), words(b, language));
  }
  return Number(a) - Number(b);
}

function words(value: Cell, language: Language): string {
  return typeof value === "object" && value !== null ? inLanguage(value, language) : String(value);
}
