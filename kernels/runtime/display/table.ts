import type { Text } from "../localized.ts";
import { brandOutput } from "./displayed.ts";
import { toJson } from "./json.ts";
import type { ConfusionExample, ConfusionOutput, TableColumn, TableOutput } from "./output.ts";
import { toPlainList } from "./plain-data.ts";
import { checkText, isLocalized, kindOf } from "./text.ts";

/** Rows that are sent; the rest is counted. */
const MOST_ROWS = 5000;

/** Examples that are sent of each cell of a confusion matrix. */
const MOST_EXAMPLES = 20;

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

/**
 * A table of records that can be sorted, filtered and paged.
 *
 * @ko 레코드를 표로 보여 줍니다. 정렬하고 거르고 쪽을 넘길 수 있습니다.
 */
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

export interface ConfusionOptions {
  /** The classes' names, in the order of their ids. */
  readonly labels: readonly Text[];
  /** The texts that were sorted: a cell that is opened shows its own. */
  readonly examples?: readonly ConfusionExample[];
  readonly caption?: Text;
}

/**
 * A confusion matrix, `counts[truth][prediction]`, and each class's precision, recall and F1 as bars.
 *
 * @ko 혼동 행렬을 보여 주고, 클래스마다 정밀도, 재현율, F1을 막대로 나타냅니다.
 * @example confusion(confusionMatrix(truth, prediction, { classes: 2 }), {
 *   labels: ["no", "yes"],
 *   examples: texts.map((text, i) => ({ truth: truth[i], prediction: prediction[i], text })),
 * })
 */
export function confusion(
  counts: readonly ArrayLike<number>[],
  { labels, examples, caption }: ConfusionOptions = { labels: [] },
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
  return brandOutput({
    kind: "confusion",
    labels: [...labels],
    counts: plain,
    ...(examples && { examples: toExamples(examples, labels.length) }),
    caption,
  });
}

/** The first few of each cell. */
function toExamples(examples: readonly ConfusionExample[], classes: number): ConfusionExample[] {
  if (!Array.isArray(examples))
    throw new TypeError(
      `confusion: the examples must be a list of { truth, prediction, text }, but were ${kindOf(examples)}.`,
    );
  const kept = new Map<string, number>();
  return (examples as readonly ConfusionExample[]).flatMap(({ truth, prediction, text }, i) => {
    for (const id of [truth, prediction]) {
      if (!(Number.isInteger(id) && id >= 0 && id < classes))
        throw new RangeError(
          `confusion: example ${i} has the class ${String(id)}; with ${classes} labels a class is a whole number from 0 to ${classes - 1}.`,
        );
    }
    checkText(text, `confusion: the text of example ${i}`);
    const cell = `${truth}/${prediction}`;
    const before = kept.get(cell) ?? 0;
    kept.set(cell, before + 1);
    return before < MOST_EXAMPLES ? [{ truth, prediction, text }] : [];
  });
}

function toCellValue(value: unknown): CellValue {
  if (value === undefined || value === null) return null;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (isLocalized(value)) return { en: value.en, ko: value.ko };
  const plain = toJson(value);
  return typeof plain === "string" ? plain : (JSON.stringify(plain) ?? String(value));
}
