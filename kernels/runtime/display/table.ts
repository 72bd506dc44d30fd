import type { Text } from "../localized.ts";
import { brandOutput } from "./displayed.ts";
import { toJson } from "./json.ts";
import type { ConfusionOutput, TableColumn, TableOutput } from "./output.ts";
import { toPlainList } from "./plain-data.ts";
import { checkText, isLocalized, kindOf } from "./text.ts";

/** Rows that are sent; the rest is counted. */
const MOST_ROWS = 5000;

type CellValue = TableOutput["rows"][number][number];

export interface TableOptions {
  /** Names of the columns, in order. Default: the keys of the first row. */
  readonly columns?: readonly string[];
  /** Headings by column name. */
  readonly labels?: Readonly<Record<string, Text>>;
  /** Digits after the point by column name. */
  readonly digits?: Readonly<Record<string, number>>;
  readonly caption?: Text;
  /** Rows on one page. Default 10. */
  readonly pageSize?: number;
}

/** A table of records that can be sorted, filtered and paged. */
export function table(records: Iterable<object>, options: TableOptions = {}): TableOutput {
  if (typeof (records as Partial<Iterable<object>> | null)?.[Symbol.iterator] !== "function")
    throw new TypeError(`table(records) takes a list of records, but was given ${kindOf(records)}.`);
  const all = [...records] as Record<string, unknown>[];
  const odd = all.findIndex((record) => typeof record !== "object" || record === null);
  if (odd >= 0)
    throw new TypeError(
      `table: row ${odd} must be a record such as { word, count }, but was ${kindOf(all[odd])}.`,
    );
  const { labels = {}, digits = {}, caption, pageSize = 10 } = options;
  const names = options.columns ?? Object.keys(all[0] ?? {});
  const unknown = all.length > 0 ? names.find((name) => !all.some((record) => name in record)) : undefined;
  if (unknown !== undefined) {
    const known = Object.keys(all[0]).join(", ");
    throw new TypeError(`table: no row has a column "${unknown}"; the rows have ${known}.`);
  }
  const rows = all.slice(0, MOST_ROWS).map((record) => names.map((name) => toCellValue(record[name])));
  const columns = names.map((name, i): TableColumn => {
    const values = rows.map((row) => row[i]).filter((value) => value !== null);
    const type = values.length > 0 && values.every((value) => typeof value === "number") ? "number" : "text";
    const flags = values.length > 0 && values.every((value) => typeof value === "boolean");
    return {
      name,
      label: labels[name] ?? name,
      type: flags ? "boolean" : type,
      ...(digits[name] !== undefined && { digits: digits[name] }),
    };
  });
  return brandOutput({ kind: "table", columns, rows, totalRows: all.length, caption, pageSize });
}

/** A confusion matrix: `counts[truth][prediction]`. */
export function confusion(
  counts: readonly ArrayLike<number>[],
  { labels, caption }: { readonly labels: readonly Text[]; readonly caption?: Text } = { labels: [] },
): ConfusionOutput {
  const plain = toPlainList(counts, "confusion: the counts").map(
    (row, i) => toPlainList(row, `confusion: row ${i} of the counts`) as number[],
  );
  if (!Array.isArray(labels))
    throw new TypeError(
      `confusion(counts, { labels }) takes a list of labels, but was given ${kindOf(labels)}.`,
    );
  labels.forEach((label: unknown, i) => checkText(label, `confusion: label ${i}`));
  if (plain.length !== labels.length || plain.some((row) => row.length !== labels.length)) {
    const shape = `[${plain.length}, ${plain[0]?.length ?? 0}]`;
    throw new RangeError(
      `confusion: counts have the shape ${shape}, but there are ${labels.length} labels: give a square matrix with one row and column a label.`,
    );
  }
  return brandOutput({ kind: "confusion", labels: [...labels], counts: plain, caption });
}

function toCellValue(value: unknown): CellValue {
  if (value === undefined || value === null) return null;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (isLocalized(value)) return { en: value.en, ko: value.ko };
  const plain = toJson(value);
  return typeof plain === "string" ? plain : (JSON.stringify(plain) ?? String(value));
}
