/** Tables as text: a line with the names of the columns, then one row a line, values parted by a sign. */
import { checkOneOf } from "../arguments.ts";
import { LearnerError, type Localized } from "../error.ts";
import type { Quotes } from "./files/delimited-row.ts";
import { readRows, type DelimitedRow } from "./files/delimited.ts";
import type { DecodeTextOptions } from "./files/encoding.ts";
import { guessDelimiter, guessQuotes } from "./files/guess-form.ts";
import { cleanText } from "./files/lines.ts";
import { nothingRead } from "./files/nothing-read.ts";
import { byLine, type LineReport, type ReadReport } from "./files/report.ts";
import { loadText, type DataSource, type FromFile } from "./files/source.ts";

export interface ParseTableOptions {
  /** Columns that every row must have a value in; a row without one is dropped. Default: none. */
  readonly required?: readonly string[];
  /** The names of the columns, for a file without a header: its first line is a row. Default: the first line names them. */
  readonly columns?: readonly string[];
  /** Lines that begin so are comments and no rows, "#" for instance. Default: none are. */
  readonly comment?: string;
  /** Take blanks off both ends of values. Default true. */
  readonly trim?: boolean;
}

export interface ParseTsvOptions extends ParseTableOptions {
  /**
   * "doubled": a value may be wrapped in quotes and then holds its own quotes doubled, as in CSV. "literal": a quote is a
   * character like any other. Default "auto": doubled, if most values with a quote in them are written so.
   */
  readonly quotes?: Quotes | "auto";
}

export interface ParseCsvOptions extends ParseTableOptions {
  /** The sign between values. Default: comma, semicolon, tab or bar, whichever parts the rows evenly. */
  readonly delimiter?: string;
}

export type Row = Readonly<Record<string, string>>;

export interface Table extends ReadReport {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  readonly comments: readonly string[];
  /** How the file was read. */
  readonly delimiter: string;
  readonly quotes: Quotes;
}

/**
 * Reads tab-separated values. The first line that is not blank names the columns.
 *
 * A byte order mark and Windows line ends are taken off, blanks at the ends of values too; lines of nothing but white
 * space are skipped; a row with more or fewer values than there are columns is dropped and reported. Whether quotes
 * wrap values or are a part of the text is seen from the file.
 *
 * @ko 탭으로 나뉜 값을 읽고, 버리거나 고친 줄은 줄 번호와 까닭을 함께 알려 줍니다.
 * @example
 * parseTsv("text\tlabel\nI won!\tjoy\n").rows // [{ text: "I won!", label: "joy" }]
 */
export function parseTsv(source: string, options: ParseTsvOptions = {}): Table {
  return toTsvTable(source, { ...options, where: "parseTsv" });
}

/**
 * `parseTsv` for a file or a URL.
 *
 * @ko 파일이나 URL에서 TSV를 읽습니다.
 */
export async function readTsv(
  source: DataSource,
  options: ParseTsvOptions & DecodeTextOptions = {},
): Promise<FromFile<Table>> {
  const where = "readTsv";
  const { text, ...file } = await loadText(source, { ...options, where });
  return { ...toTsvTable(text, { ...options, where }), ...file };
}

/**
 * Reads comma-separated values (RFC 4180): a value that holds a comma, a quote or a line end is wrapped in quotes, and
 * its own quotes are doubled.
 *
 * Files that part by semicolons, as spreadsheets do in much of Europe, are seen. So are quotes that are not doubled or
 * have a backslash, where the row comes out with the right number of values; such rows are listed in `repaired`. A quote
 * that is never closed costs at most its own line.
 *
 * @ko 쉼표로 나뉜 값을 읽고, 버리거나 고친 줄은 줄 번호와 까닭을 함께 알려 줍니다.
 * @example
 * parseCsv('text,label\n"Well, ""hello""!",joy\n').rows // [{ text: 'Well, "hello"!', label: "joy" }]
 */
export function parseCsv(source: string, options: ParseCsvOptions = {}): Table {
  return toCsvTable(source, { ...options, where: "parseCsv" });
}

/**
 * `parseCsv` for a file or a URL.
 *
 * @ko 파일이나 URL에서 CSV를 읽습니다.
 */
export async function readCsv(
  source: DataSource,
  options: ParseCsvOptions & DecodeTextOptions = {},
): Promise<FromFile<Table>> {
  const where = "readCsv";
  const { text, ...file } = await loadText(source, { ...options, where });
  return { ...toCsvTable(text, { ...options, where }), ...file };
}

type Where = { readonly where: string };

function toTsvTable(source: string, options: ParseTsvOptions & Where): Table {
  const { where, quotes = "auto" } = options;
  checkOneOf(quotes, { where, what: "quotes", allowed: ["auto", "doubled", "literal"] });
  const { text, repaired } = cleanText(source);
  const delimiter = "\t";
  const form = { delimiter, quotes: quotes === "auto" ? guessQuotes(text, { delimiter }) : quotes };
  return toTable(text, { ...options, ...form, repaired });
}

/** Spreadsheets write the delimiter into a first line of its own, "sep=;". */
const SEPARATOR_LINE = /^sep=(.)(?=\r|\n)/;

function toCsvTable(source: string, options: ParseCsvOptions & Where): Table {
  const { text, repaired } = cleanText(source);
  const named = SEPARATOR_LINE.exec(text)?.[1];
  const body = text.replace(SEPARATOR_LINE, "");
  const delimiter = options.delimiter ?? named ?? guessDelimiter(body);
  checkDelimiter(delimiter, options.where);
  return toTable(body, { ...options, delimiter, quotes: "doubled", repaired });
}

interface TableForm extends ParseTableOptions, Where {
  readonly delimiter: string;
  readonly quotes: Quotes;
  readonly repaired: readonly LineReport[];
}

function toTable(text: string, options: TableForm): Table {
  const { required = [], columns: given, comment, trim = true, delimiter, quotes, where } = options;
  const read = readRows(text, { delimiter, quotes, comment, width: given?.length });
  const report = {
    repaired: byLine(options.repaired, read.repaired),
    comments: read.comments,
    delimiter,
    quotes,
  };
  const [header] = read.rows;
  if (!header) {
    const expected = {
      en: "A line with the names of the columns was expected.",
      ko: "열 이름이 적힌 줄이 필요합니다.",
    };
    throw nothingRead({ where, dropped: read.dropped, expected, remedy: CHECK_FORM });
  }

  const columns = given ?? nameColumns(header.values);
  checkColumns(columns, { required, where, delimiter, line: given ? undefined : header.line });
  const rows: Row[] = [];
  const withoutValue: LineReport[] = [];
  for (const row of given ? read.rows : read.rows.slice(1)) {
    const values = trim ? row.values.map((value) => value.trim()) : row.values;
    const missing = required.find((name) => (values[columns.indexOf(name)] ?? "").trim() === "");
    if (missing !== undefined) withoutValue.push(reportMissing(row, missing));
    else rows.push(Object.fromEntries(columns.map((name, column) => [name, values[column]])));
  }
  return { columns, rows, dropped: byLine(read.dropped, withoutValue), ...report };
}

const CHECK_FORM = {
  en: "Check the sign between the columns, and the number of `columns`.",
  ko: "열을 나누는 기호와 `columns`의 개수를 확인하십시오.",
};

/** A column without a name (an index that pandas wrote, say) is called by its place: column1. */
function nameColumns(header: readonly string[]): string[] {
  return header.map((name, place) => name.trim() || `column${place + 1}`);
}

function reportMissing({ line, source }: DelimitedRow, column: string): LineReport {
  return { line, source, reason: { en: `no value for ${column}`, ko: `${column} 값이 없음` } };
}

function checkDelimiter(delimiter: string, where: string): void {
  if (delimiter.length === 1 && !/["\r\n]/.test(delimiter)) return;
  throw new LearnerError({
    code: "wrong-option",
    where,
    given: {
      en: `\`delimiter\` is ${JSON.stringify(delimiter)}.`,
      ko: `\`delimiter\`가 ${JSON.stringify(delimiter)}입니다.`,
    },
    expected: {
      en: "It must be one character, and neither a quote nor a line end.",
      ko: "따옴표나 줄 끝이 아닌 한 글자여야 합니다.",
    },
    remedy: { en: "Leave it out to have it found out.", ko: "생략하면 알아서 찾습니다." },
  });
}

const NAMED_DELIMITERS: Readonly<Record<string, Localized>> = {
  "\t": { en: "tabs", ko: "탭" },
  ",": { en: "commas", ko: "쉼표" },
  ";": { en: "semicolons", ko: "세미콜론" },
};

function checkColumns(
  columns: readonly string[],
  options: {
    readonly required: readonly string[];
    readonly where: string;
    readonly delimiter: string;
    /** Undefined if the names were given. */
    readonly line: number | undefined;
  },
): void {
  const { required, where, delimiter, line } = options;
  const missing = required.filter((name) => !columns.includes(name));
  const twice = columns.filter((name, index) => columns.indexOf(name) !== index);
  if (missing.length === 0 && twice.length === 0) return;
  const wanted = missing.length > 0 ? missing : twice;
  const names = columns.join(", ");
  const signs = NAMED_DELIMITERS[delimiter] ?? { en: `"${delimiter}"`, ko: `"${delimiter}"` };
  throw new LearnerError({
    code: "malformed-table",
    where,
    given:
      line === undefined
        ? { en: `The columns are ${names}.`, ko: `열은 ${names}입니다.` }
        : { en: `Line ${line} names the columns ${names}.`, ko: `${line}행의 열 이름은 ${names}입니다.` },
    expected:
      missing.length > 0
        ? { en: `${wanted.join(", ")} should be among them.`, ko: `${wanted.join(", ")} 열이 있어야 합니다.` }
        : {
            en: `${wanted.join(", ")} should be there once.`,
            ko: `${wanted.join(", ")} 열은 한 번만 있어야 합니다.`,
          },
    remedy: {
      en: `Check that the file has a header (if it has none, name its \`columns\`) and that its columns are parted by ${signs.en}.`,
      ko: `첫 줄에 열 이름이 있는지(없다면 \`columns\`로 이름을 주십시오), 열이 ${signs.ko}(으)로 나뉘어 있는지 확인하십시오.`,
    },
  });
}
