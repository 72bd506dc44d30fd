import { LearnerError, type Localized } from "../../error.ts";
import type { DecodeTextOptions } from "./encoding.ts";
import { cleanText, splitLines } from "./lines.ts";
import { nothingRead } from "./nothing-read.ts";
import type { LineReport, ReadReport } from "./report.ts";
import { loadText, type DataSource, type FromFile } from "./source.ts";

export interface ParseJsonLinesOptions {
  /** Fields that every record must have a value in; one without is dropped. Default: none. */
  readonly required?: readonly string[];
}

/** A record as JSON has it: values are strings, numbers, lists, … */
export type JsonRecord = Readonly<Record<string, unknown>>;

export interface JsonLines extends ReadReport {
  /** The names of all fields, in the order in which they first appear. */
  readonly columns: readonly string[];
  readonly rows: readonly JsonRecord[];
}

/**
 * Reads JSON Lines (https://jsonlines.org): one JSON object a line. A line that is no JSON, or no object, is dropped and
 * reported, the last one too if the file was cut off in its middle.
 *
 * @ko 한 줄에 JSON 객체가 하나씩 있는 글을 읽습니다.
 * @example
 * parseJsonLines('{"text": "I won!", "label": 0}\n').rows // [{ text: "I won!", label: 0 }]
 */
export function parseJsonLines(source: string, options: ParseJsonLinesOptions = {}): JsonLines {
  return toJsonLines(source, { ...options, where: "parseJsonLines" });
}

/**
 * `parseJsonLines` for a file or a URL.
 *
 * @ko 파일이나 URL에서 JSON Lines를 읽습니다.
 */
export async function readJsonLines(
  source: DataSource,
  options: ParseJsonLinesOptions & DecodeTextOptions = {},
): Promise<FromFile<JsonLines>> {
  const where = "readJsonLines";
  const { text, ...file } = await loadText(source, { ...options, where });
  return { ...toJsonLines(text, { ...options, where }), ...file };
}

function toJsonLines(
  source: string,
  { required = [], where }: ParseJsonLinesOptions & { readonly where: string },
): JsonLines {
  const { text, repaired } = cleanText(source);
  if (isOneList(text)) throw oneList(where);
  const rows: JsonRecord[] = [];
  const dropped: LineReport[] = [];
  for (const { number, text: line } of splitLines(text)) {
    if (line.trim() === "") continue;
    const record = parseRecord(line, required);
    if ("reason" in record) dropped.push({ line: number, reason: record.reason, source: line });
    else rows.push(record.row);
  }
  if (rows.length === 0) {
    const expected = {
      en: "One JSON object a line was expected.",
      ko: "한 줄에 JSON 객체가 하나씩 있어야 합니다.",
    };
    throw nothingRead({ where, dropped, expected, remedy: LOOK_AT_IT });
  }
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return { columns, rows, dropped, repaired };
}

const LOOK_AT_IT = { en: "Look at the file in an editor.", ko: "파일을 편집기로 열어 보십시오." };

function parseRecord(
  line: string,
  required: readonly string[],
): { readonly row: JsonRecord } | { readonly reason: Localized } {
  const parsed = parseJson(line);
  if ("reason" in parsed) return parsed;
  const { value } = parsed;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { reason: { en: "JSON, but no object", ko: "JSON이지만 객체가 아님" } };
  }
  const row = value as JsonRecord;
  const missing = required.find((name) => String(row[name] ?? "").trim() === "");
  if (missing !== undefined) {
    return { reason: { en: `no value for ${missing}`, ko: `${missing} 값이 없음` } };
  }
  return { row };
}

/** Whether the text is one list over all its lines: valid JSON, but in JSON Lines each line is a value of its own. */
function isOneList(text: string): boolean {
  if (!/^\s*\[/.test(text)) return false;
  const whole = parseJson(text);
  return "value" in whole && Array.isArray(whole.value);
}

function parseJson(text: string): { readonly value: unknown } | { readonly reason: Localized } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    const message = (error as SyntaxError).message;
    return { reason: { en: `no JSON: ${message}`, ko: `JSON이 아님: ${message}` } };
  }
}

function oneList(where: string): LearnerError {
  return new LearnerError({
    code: "malformed-table",
    where,
    given: { en: "The text is one JSON list.", ko: "글 전체가 JSON 목록 하나입니다." },
    expected: {
      en: "JSON Lines has one JSON object a line, with no brackets and commas around them.",
      ko: "JSON Lines는 한 줄에 JSON 객체가 하나씩이고, 대괄호와 쉼표로 묶지 않습니다.",
    },
    remedy: {
      en: "`JSON.parse(await file.text())` gives the list of records.",
      ko: "`JSON.parse(await file.text())`로 읽으면 레코드의 목록이 나옵니다.",
    },
  });
}
