/** A file of the learner's own, in any format that the library reads. */
import { checkOneOf } from "../../arguments.ts";
import { LearnerError } from "../../error.ts";
import { parseCsv, parseTsv, type Table } from "../table.ts";
import { parseConll, type ConllFile } from "./conll.ts";
import { parseConllu, type ConlluFile } from "./conllu.ts";
import type { Quotes } from "./delimited-row.ts";
import { readRows } from "./delimited.ts";
import type { DecodeTextOptions } from "./encoding.ts";
import { guessQuotes } from "./guess-form.ts";
import { DATA_FORMATS, guessFormat, looksLikeHeader, type DataFormat } from "./guess-format.ts";
import { parseJsonLines, type JsonLines } from "./json-lines.ts";
import { cleanText } from "./lines.ts";
import { parseParallel, type ParallelText } from "./parallel.ts";
import { loadText, type DataSource, type FromFile, type SourceText } from "./source.ts";
import { parseLines, type TextLines } from "./text-lines.ts";

/** What was read: `kind` tells whether it has `rows` or `sentences`, `format` how it was read. */
export type Dataset =
  | (Table & { readonly kind: "rows"; readonly format: "tsv" | "csv" })
  | (JsonLines & { readonly kind: "rows"; readonly format: "jsonl" })
  | (TextLines & { readonly kind: "rows"; readonly format: "lines" })
  | (ConllFile & { readonly kind: "sentences"; readonly format: "conll" })
  | (ConlluFile & { readonly kind: "sentences"; readonly format: "conllu" });

export type ParallelDataset = ParallelText & { readonly kind: "rows"; readonly format: "parallel" };

export interface ParseDatasetOptions {
  /** Default: seen from the content, and from the name where the content leaves it open. */
  readonly format?: DataFormat;
  /** The file's name. */
  readonly name?: string;
}

/**
 * Reads a text whose format is not known beforehand. Columns of a table without a header are called column1, column2, ….
 * A reader for one format (`parseCsv`, `parseConll`, …) has more options.
 *
 * @ko 형식을 모르는 글을 내용을 보고 알맞은 방식으로 읽습니다.
 * @example
 * const mine = parseDataset('{"text": "I won!"}\n');
 * mine.kind   // "rows"
 * mine.format // "jsonl"
 */
export function parseDataset(source: string, options: ParseDatasetOptions = {}): Dataset {
  return toDataset(source, { ...options, where: "parseDataset" });
}

/**
 * Reads a file that somebody dropped onto the page, or a URL: a table, JSON Lines, words with labels, or plain lines.
 * Several files are aligned text, line by line, each side named by its file's ending.
 *
 * @ko 내 파일이나 URL을 형식에 맞추어 읽으며, 파일이 여럿이면 병렬 글로 읽습니다.
 * @example
 * const file = view(Inputs.file({ label: "Your data" }));
 * const mine = file && (await readDataset(file));
 */
export function readDataset(
  source: DataSource,
  options?: ParseDatasetOptions & DecodeTextOptions,
): Promise<FromFile<Dataset>>;
export function readDataset(
  sources: readonly DataSource[],
  options?: DecodeTextOptions,
): Promise<ParallelDataset>;
export function readDataset(
  source: DataSource | readonly DataSource[],
  options?: ParseDatasetOptions & DecodeTextOptions,
): Promise<FromFile<Dataset> | ParallelDataset>;
export async function readDataset(
  source: DataSource | readonly DataSource[],
  options: ParseDatasetOptions & DecodeTextOptions = {},
): Promise<FromFile<Dataset> | ParallelDataset> {
  const where = "readDataset";
  if (Array.isArray(source)) return readSides(source as readonly DataSource[], { ...options, where });
  const { text, name, encoding } = await loadText(source as DataSource, { ...options, where });
  const dataset = toDataset(text, { name, ...options, where });
  return { ...dataset, name: options.name ?? name, encoding };
}

function toDataset(
  source: string,
  { name, format: given, where }: ParseDatasetOptions & { readonly where: string },
): Dataset {
  if (given !== undefined) checkOneOf(given, { where, what: "format", allowed: DATA_FORMATS });
  const { text } = cleanText(source);
  const format = given ?? guessFormat(text, { name });
  switch (format) {
    case "tsv": {
      const quotes = guessQuotes(text, { delimiter: "\t" });
      const columns = toColumns(text, { delimiter: "\t", quotes });
      return { kind: "rows", format, ...parseTsv(source, { columns }) };
    }
    case "csv": {
      const { delimiter, quotes } = parseCsv(source);
      const columns = toColumns(text, { delimiter, quotes });
      return { kind: "rows", format, ...parseCsv(source, { columns, delimiter }) };
    }
    case "jsonl":
      return { kind: "rows", format, ...parseJsonLines(source) };
    case "lines":
      return { kind: "rows", format, ...parseLines(source) };
    case "conll":
      return { kind: "sentences", format, ...parseConll(source) };
    case "conllu":
      return { kind: "sentences", format, ...parseConllu(source) };
    default:
      return format satisfies never;
  }
}

/** Names for the columns of a table whose first line does not name them. */
function toColumns(
  text: string,
  form: { readonly delimiter: string; readonly quotes: Quotes },
): string[] | undefined {
  const rows = readRows(text, form).rows.map(({ values }) => values);
  if (rows.length === 0 || looksLikeHeader(rows)) return undefined;
  return rows[0].map((_, column) => `column${column + 1}`);
}

async function readSides(
  sources: readonly DataSource[],
  options: DecodeTextOptions & { readonly where: string },
): Promise<ParallelDataset> {
  const files = await Promise.all(sources.map((source) => loadText(source, options)));
  const names = files.map(toSideName);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (files.length < 2 || twice !== undefined) throw unclearSides(names, options.where);
  const texts = Object.fromEntries(files.map(({ text }, index) => [names[index], text]));
  return { kind: "rows", format: "parallel", ...parseParallel(texts) };
}

/** "dev.en" is en; "dev-en.txt" and "en.txt" are en, too. */
function toSideName({ name }: SourceText): string {
  const stem = name.replace(/\.(txt|text|tok|raw)$/i, "");
  return /(?:^|[._-])([A-Za-z]{2,3})$/.exec(stem)?.[1].toLowerCase() ?? stem;
}

function unclearSides(names: readonly string[], where: string): LearnerError {
  return new LearnerError({
    code: "wrong-option",
    where,
    given: {
      en: `The files' names give the sides ${names.join(", ") || "(none)"}.`,
      ko: `파일 이름으로 본 각 쪽은 ${names.join(", ") || "(없음)"}입니다.`,
    },
    expected: {
      en: "Aligned text has two sides or more, each with a name of its own: dev.en, dev.ko.",
      ko: "병렬 글은 둘 이상이고 이름이 서로 달라야 합니다. 예: dev.en, dev.ko.",
    },
    remedy: {
      en: "Name them yourself: `readParallel({ en: files[0], ko: files[1] })`.",
      ko: "`readParallel({ en: files[0], ko: files[1] })`처럼 직접 이름을 붙이십시오.",
    },
  });
}
