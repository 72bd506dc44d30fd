/** Tables as text: a header line, then one row a line, columns parted by tabs. */
import { LearnerError } from "../error.ts";

export interface ParseTsvOptions {
  /** Columns that every row must have a value in; a row without one is dropped. Default: none. */
  readonly required?: readonly string[];
}

export type Row = Readonly<Record<string, string>>;

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  /** What was left out of `rows`, and why. A blank line is no row and not reported. */
  readonly dropped: readonly DroppedLine[];
}

export interface DroppedLine {
  /** Counting from 1, the header being line 1, as an editor counts. */
  readonly line: number;
  readonly reason: { readonly en: string; readonly ko: string };
  readonly source: string;
}

/**
 * Reads tab-separated values. The first line that is not blank names the columns.
 *
 * A byte order mark and Windows line ends are taken off, blanks at the ends of values too; lines of nothing but white
 * space are skipped; a row with more or fewer values than there are columns is dropped and reported. Quotes mean
 * nothing: they are part of the text.
 *
 * @ko 탭으로 나뉜 값을 읽습니다. 버린 줄은 줄 번호와 까닭을 함께 알려 줍니다.
 * @example
 * parseTsv("text\tlabel\nI won!\tjoy\n").rows // [{ text: "I won!", label: "joy" }]
 */
export function parseTsv(source: string, options: ParseTsvOptions = {}): Table {
  const { required = [] } = options;
  const lines = source.replace(/^\ufeff/, "").split(/\r\n|\n|\r/);
  const header = lines.findIndex((line) => line.trim() !== "");
  if (header < 0) throw emptyTable();
  const columns = lines[header].split("\t").map((name) => name.trim());
  checkColumns(columns, { required, line: header + 1 });

  const rows: Row[] = [];
  const dropped: DroppedLine[] = [];
  for (let index = header + 1; index < lines.length; index++) {
    const line = lines[index];
    if (line.trim() === "") continue;
    const values = line.split("\t").map((value) => value.trim());
    const reason = findReasonToDrop(values, { columns, required });
    if (reason) dropped.push({ line: index + 1, reason, source: line });
    else rows.push(Object.fromEntries(columns.map((name, column) => [name, values[column]])));
  }
  return { columns, rows, dropped };
}

function findReasonToDrop(
  values: readonly string[],
  { columns, required }: { columns: readonly string[]; required: readonly string[] },
): DroppedLine["reason"] | undefined {
  if (values.length !== columns.length) {
    return {
      en: `${values.length} values for ${columns.length} columns`,
      ko: `열은 ${columns.length}개인데 값은 ${values.length}개`,
    };
  }
  const missing = required.find((name) => values[columns.indexOf(name)] === "");
  return missing === undefined ? undefined : { en: `no value for ${missing}`, ko: `${missing} 값이 없음` };
}

function checkColumns(
  columns: readonly string[],
  { required, line }: { required: readonly string[]; line: number },
): void {
  const missing = required.filter((name) => !columns.includes(name));
  const twice = columns.filter((name, index) => columns.indexOf(name) !== index);
  if (missing.length === 0 && twice.length === 0) return;
  const wanted = missing.length > 0 ? missing : twice;
  throw new LearnerError({
    code: "malformed-table",
    where: "parseTsv",
    given: {
      en: `Line ${line} names the columns ${columns.join(", ")}.`,
      ko: `${line}행의 열 이름은 ${columns.join(", ")}입니다.`,
    },
    expected:
      missing.length > 0
        ? { en: `${wanted.join(", ")} should be among them.`, ko: `${wanted.join(", ")} 열이 있어야 합니다.` }
        : {
            en: `${wanted.join(", ")} should be there once.`,
            ko: `${wanted.join(", ")} 열은 한 번만 있어야 합니다.`,
          },
    remedy: {
      en: "Check that the file has a header and that its columns are parted by tabs, not by blanks or commas.",
      ko: "첫 줄에 열 이름이 있는지, 열이 빈칸이나 쉼표가 아니라 탭으로 나뉘어 있는지 확인하십시오.",
    },
  });
}

function emptyTable(): LearnerError {
  return new LearnerError({
    code: "empty-input",
    where: "parseTsv",
    given: { en: "The text is empty.", ko: "글이 비어 있습니다." },
    expected: {
      en: "A line with the names of the columns was expected.",
      ko: "열 이름이 적힌 줄이 필요합니다.",
    },
    remedy: { en: "Check that the file was read.", ko: "파일을 제대로 읽었는지 확인하십시오." },
  });
}
