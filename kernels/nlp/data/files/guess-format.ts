/** Which format a text is in, by its content first: real files are called .txt, .tsv and .test whatever they hold. */
import { findMostFrequent } from "./columns.ts";
import { readRows, type DelimitedRow } from "./delimited.ts";
import { guessDelimiter } from "./guess-form.ts";
import { isBlank, splitLines } from "./lines.ts";

export type DataFormat = "tsv" | "csv" | "jsonl" | "conll" | "conllu" | "lines";

export const DATA_FORMATS: readonly DataFormat[] = ["tsv", "csv", "jsonl", "conll", "conllu", "lines"];

export interface GuessFormatOptions {
  /** The file's name; its ending decides where the content leaves it open. */
  readonly name?: string;
}

const ENDINGS: Readonly<Record<string, DataFormat>> = {
  tsv: "tsv",
  csv: "csv",
  jsonl: "jsonl",
  ndjson: "jsonl",
  json: "jsonl",
  conll: "conll",
  bio: "conll",
  iob: "conll",
  iob2: "conll",
  conllu: "conllu",
};

/** Lines that are looked at. */
const SAMPLE = 400;

/**
 * The format of a text, seen from its first lines.
 *
 * @ko 글이 어떤 데이터 형식인지 내용을 보고 알아냅니다.
 * @example guessFormat("Rome\tB-LOC\nis\tO\n\nI\tO\n") // "conll"
 */
export function guessFormat(text: string, { name = "" }: GuessFormatOptions = {}): DataFormat {
  const ending = ENDINGS[/\.([^.]+)$/.exec(name)?.[1].toLowerCase() ?? ""];
  const lines = splitLines(text.slice(0, 400_000))
    .slice(0, SAMPLE)
    .map((line) => line.text);
  const filled = lines.filter((line) => !isBlank(line));
  if (filled.length === 0) return ending ?? "lines";
  if (shareOf(filled, isJsonObject) > 0.5) return "jsonl";
  if (shareOf(withoutComments(filled), isConllu) > 0.5) return "conllu";
  if (looksLikeConll(lines, { named: ending === "conll" })) return "conll";
  if (shareOf(filled, (line) => line.includes("\t")) > 0.5) return "tsv";
  if (ending === "csv" || looksLikeCsv(filled.join("\n"))) return "csv";
  // A table of one column, or a table that is all broken, is what its name says; so is JSON of which no line is whole.
  return ending ?? "lines";
}

function isJsonObject(line: string): boolean {
  return /^\s*\{\s*("|\})/.test(line);
}

function isConllu(line: string): boolean {
  return /^\d+(?:[-.]\d+)?\t/.test(line) && line.split("\t").length === 10;
}

/** O, B-PER, I-PER, …: labels of words, which no column of a table holds alone. */
const WORD_LABEL = /^(?:O|[BIESLU]-\S+)$/;

/**
 * Words in lines: short values of one number in blocks of several lines between blank ones; or labels of a scheme in the
 * last column.
 */
function looksLikeConll(lines: readonly string[], { named }: { readonly named: boolean }): boolean {
  if (lines.some((line) => line.startsWith("-DOCSTART-"))) return true;
  const filled = withoutComments(lines.filter((line) => !isBlank(line)));
  const tabs = shareOf(filled, (line) => line.includes("\t")) > 0.5;
  const rows = filled.map((line) => (tabs ? line.split("\t") : line.split(/[ \t]+/)).map(trim));
  const width = findMostFrequent(rows.map((row) => row.length));
  const sameWidth = shareOf(rows, (row) => row.length === width);
  const inBlocks = filled.length >= 2 * countBlocks(lines) && countBlocks(lines) > 1;
  if (width === 1) return (inBlocks || named) && shareOf(filled, (line) => !/\S\s+\S/.test(line)) > 0.95;
  const oneWord = shareOf(rows, ([token]) => !/\S\s+\S/.test(token));
  const labelled = shareOf(rows, (row) => WORD_LABEL.test(row[row.length - 1]));
  if (sameWidth < 0.8 || oneWord < 0.95) return false;
  return (
    labelled > 0.8 || named || (inBlocks && shareOf(rows, (row) => !/\s/.test(row[width - 1] ?? "")) > 0.95)
  );
}

/** Stretches of lines between blank ones. */
function countBlocks(lines: readonly string[]): number {
  return lines.filter((line, index) => !isBlank(line) && (index === 0 || isBlank(lines[index - 1]))).length;
}

/** Most rows have two values or more, and as many as the first; one that is no comma in a sentence. */
function looksLikeCsv(text: string): boolean {
  const delimiter = guessDelimiter(text);
  const { rows, dropped } = readRows(text, { delimiter, quotes: "doubled" });
  const width = rows.length > 0 ? rows[0].values.length : 0;
  if (width < 2 || rows.length < 2 || rows.length < 4 * dropped.length) return false;
  // A comma in a sentence has a blank behind it, a delimiter seldom.
  const isTight = ({ source }: DelimitedRow) => !source.includes(`${delimiter} `);
  return looksLikeHeader(rows.map(({ values }) => values)) || shareOf(rows, isTight) > 0.8;
}

/** A name of a column: "text", "sentence_id", "문장 번호", "score (0-5)". A sentence ends otherwise. */
const NAME = /^[\p{L}_#](?:[\p{L}\p{M}\p{N} _.\-/()#:]{0,38}[\p{L}\p{M}\p{N}_)#:])?$/u;

/**
 * Whether the first row names the columns: short names, each once, no numbers, and none that comes again as a value of
 * its column, as a label would.
 */
export function looksLikeHeader(rows: readonly (readonly string[])[]): boolean {
  const [header, ...values] = rows;
  const names = header.map(trim);
  const looksLikeNames = names.every((name, column) => (column === 0 && name === "") || NAME.test(name));
  if (!looksLikeNames || new Set(names).size < names.length) return false;
  return names.every(
    (name, column) => name === "" || values.every((row) => (row[column] ?? "").trim() !== name),
  );
}

function withoutComments(lines: readonly string[]): string[] {
  return lines.filter((line) => !/^#.*[ \t=]/.test(line) || /^#\S*\t\S+$/.test(line));
}

function shareOf<T>(list: readonly T[], holds: (element: T) => boolean): number {
  return list.length === 0 ? 0 : list.filter(holds).length / list.length;
}

function trim(value: string): string {
  return value.trim();
}
