/**
 * Words in lines, one a line with its labels beside it, sentences parted by blank lines: the form of the CoNLL shared
 * tasks (E. Tjong Kim Sang and F. De Meulder, CoNLL-2003) and of most sets for sequence labelling since.
 */
import { LearnerError, type Localized } from "../../error.ts";
import { convertLabels } from "../schemes/convert.ts";
import { guessScheme } from "../schemes/guess.ts";
import { maybeTag, toScheme, type SchemeName } from "../schemes/scheme.ts";
import { BY_BLANKS, createRowReader, DOCUMENT_START } from "./columns.ts";
import type { DecodeTextOptions } from "./encoding.ts";
import { cleanText, isBlank, splitLines, type Line } from "./lines.ts";
import { nothingRead } from "./nothing-read.ts";
import { byLine, type LineReport, type ReadReport } from "./report.ts";
import { loadText, type DataSource, type FromFile } from "./source.ts";

/** A sentence as sequence labelling takes it: tokens, and as many labels. */
export interface LabelledSentence {
  readonly tokens: readonly string[];
  /** Empty if the file has no labels. */
  readonly labels: readonly string[];
  /** Comment lines before and in the sentence, as they stand. */
  readonly comments: readonly string[];
  /** The line of its first token. */
  readonly line: number;
}

export interface ConllSentence extends LabelledSentence {
  /** All columns: `columns[1][i]` is the second value of token i. */
  readonly columns: readonly (readonly string[])[];
  /** Which document it belongs to, from 0: a line `-DOCSTART-` begins a new one. */
  readonly document: number;
}

export interface ConllFile extends ReadReport {
  readonly sentences: readonly ConllSentence[];
  /** The scheme of the labels; undefined if they are none of entities (parts of speech, say). */
  readonly scheme: SchemeName | undefined;
}

export interface ParseConllOptions {
  /** The column of the tokens. Default 0, the first. */
  readonly tokenColumn?: number;
  /** The column of the labels; −1 is the last, −2 the one before it. Default −1. */
  readonly labelColumn?: number;
  /** What parts the columns. Default: tabs, if most lines have one, otherwise blanks. */
  readonly separator?: "tab" | "blanks";
  /**
   * How comment lines begin; `false`: there are none, and "#" is always a token. Default "auto": a line that begins with #
   * is a comment if it does not look like a row, so that "#tag\tO" stays a token.
   */
  readonly comment?: string | false;
  /** The scheme of the file's labels. Default: seen from the labels. */
  readonly scheme?: SchemeName;
  /**
   * Convert the labels to this scheme; invalid ones are repaired and reported, and so are entities that IO joins.
   * Default: labels stay as they are.
   */
  readonly to?: SchemeName;
  /** For files without blank lines: whether a sentence ends behind this row. Default: never. */
  readonly endsSentence?: (values: readonly string[]) => boolean;
}

/**
 * Reads words in lines. A line of nothing but blanks and tabs ends a sentence; a token may be a blank itself (" \tO").
 * A row without a token, without a label, or with another number of columns than the file's is dropped and reported;
 * the sentence goes on without it.
 *
 * @ko 한 줄에 단어 하나와 레이블이 적힌 CoNLL 형식의 글을 문장으로 읽습니다.
 * @example
 * const { sentences, scheme } = parseConll("Rome\tB-LOC\nis\tO\n\nI\tO\n");
 * sentences[0] // { tokens: ["Rome", "is"], labels: ["B-LOC", "O"], … }
 * scheme       // "BIO"
 */
export function parseConll(source: string, options: ParseConllOptions = {}): ConllFile {
  return toConllFile(source, { ...options, where: "parseConll" });
}

/**
 * `parseConll` for a file or a URL.
 *
 * @ko 파일이나 URL에서 CoNLL 형식을 읽습니다.
 */
export async function readConll(
  source: DataSource,
  options: ParseConllOptions & DecodeTextOptions = {},
): Promise<FromFile<ConllFile>> {
  const where = "readConll";
  const { text, ...file } = await loadText(source, { ...options, where });
  return { ...toConllFile(text, { ...options, where }), ...file };
}

interface TokenRow {
  readonly line: number;
  readonly values: readonly string[];
  readonly label: string | undefined;
}

/** What stands between two blank lines. */
interface Block {
  readonly rows: readonly TokenRow[];
  readonly comments: readonly string[];
  readonly document: number;
}

function toConllFile(source: string, options: ParseConllOptions & { readonly where: string }): ConllFile {
  const { where, tokenColumn = 0, to } = options;
  if (options.scheme !== undefined) toScheme(options.scheme, { where });
  if (to !== undefined) toScheme(to, { where, what: "to" });
  const { text, repaired } = cleanText(source);
  const { blocks, dropped, mended } = readBlocks(splitLines(text), options);
  const scheme = options.scheme ?? guessScheme(blocks.map(toLabels));
  const report = { dropped, repaired: byLine(repaired, mended) };
  if (blocks.length === 0) throw nothingRead({ where, dropped, ...TOKEN_A_LINE });
  const toSentence = ({ rows, ...block }: Block): ConllSentence => ({
    ...block,
    tokens: rows.map(({ values }) => values[tokenColumn]),
    labels: toLabels({ rows }),
    columns: toColumns(rows),
    line: rows[0].line,
  });
  if (to === undefined) return { sentences: blocks.map(toSentence), scheme, ...report };

  if (scheme === undefined) throw noScheme(where, toLabels(blocks[0]));
  const converted = convertBlocks(blocks, { from: scheme, to, where });
  const allDropped = byLine(dropped, converted.dropped);
  if (converted.blocks.length === 0) throw nothingRead({ where, dropped: allDropped, ...TOKEN_A_LINE });
  return {
    sentences: converted.blocks.map(toSentence),
    scheme: to,
    dropped: allDropped,
    repaired: byLine(report.repaired, converted.repaired),
  };
}

/** As many columns as the longest row has. */
function toColumns(rows: readonly TokenRow[]): string[][] {
  const width = Math.max(...rows.map(({ values }) => values.length));
  return Array.from({ length: width }, (_, column) => rows.map(({ values }) => values[column] ?? ""));
}

function toLabels({ rows }: Pick<Block, "rows">): string[] {
  return rows.flatMap(({ label }) => label ?? []);
}

/** The rows with labels of another scheme; one whose label is of no scheme goes. */
function convertBlocks(
  blocks: readonly Block[],
  options: { readonly from: SchemeName; readonly to: SchemeName; readonly where: string },
): { readonly blocks: Block[]; readonly dropped: LineReport[]; readonly repaired: LineReport[] } {
  const { from, to, where } = options;
  const scheme = toScheme(from, { where });
  const dropped: LineReport[] = [];
  const repaired: LineReport[] = [];
  const report = ({ line, values }: TokenRow, reason: Localized): LineReport => ({
    line,
    reason,
    source: values.join("\t"),
  });
  const converted = blocks.flatMap((block) => {
    const rows = block.rows.filter((row) => {
      const known = row.label !== undefined && maybeTag(row.label, scheme) !== undefined;
      if (!known) dropped.push(report(row, notOfScheme(row.label ?? "", from)));
      return known;
    });
    if (rows.length === 0) return [];
    const { labels, repaired: invalid, merged } = convertLabels(toLabels({ rows }), { from, to });
    for (const { index, given, reason } of invalid) {
      repaired.push(report(rows[index], { en: `${given}: ${reason.en}`, ko: `${given}: ${reason.ko}` }));
    }
    for (const { second } of merged) repaired.push(report(rows[second.start], MERGED));
    return [{ ...block, rows: rows.map((row, index) => ({ ...row, label: labels[index] })) }];
  });
  return { blocks: converted, dropped, repaired };
}

const MERGED: Localized = {
  en: "IO cannot part it from the entity before it, of the same type: they are one now",
  ko: "IO로는 바로 앞의 같은 유형 개체와 나눌 수 없어 하나로 합쳐짐",
};

function notOfScheme(label: string, scheme: SchemeName): Localized {
  return {
    en: `${JSON.stringify(label)} is no label of the scheme ${scheme}`,
    ko: `${JSON.stringify(label)}은(는) ${scheme} 방식의 레이블이 아님`,
  };
}

function readBlocks(
  lines: readonly Line[],
  options: ParseConllOptions & { readonly where: string },
): { readonly blocks: Block[]; readonly dropped: LineReport[]; readonly mended: LineReport[] } {
  const reader = createRowReader(lines, options);
  const blocks: Block[] = [];
  const dropped: LineReport[] = [];
  const mended: LineReport[] = [];
  let rows: TokenRow[] = [];
  let comments: Line[] = [];
  let document = 0;
  let documentsBegun = 0;

  const endBlock = () => {
    if (rows.length === 0) return;
    blocks.push({ rows, comments: comments.map(({ text }) => text), document });
    rows = [];
    comments = [];
  };
  for (const line of lines) {
    const { number, text } = line;
    if (isBlank(text)) endBlock();
    else if (text.startsWith(DOCUMENT_START)) {
      endBlock();
      if (documentsBegun > 0 || blocks.length > 0) document += 1;
      documentsBegun += 1;
    } else {
      const row = reader.read(text);
      if (row === "comment") comments.push(line);
      else if ("reason" in row) dropped.push({ line: number, reason: row.reason, source: text });
      else {
        if (row.byBlanks) mended.push({ line: number, reason: BY_BLANKS, source: text });
        rows.push({ line: number, values: row.values, label: row.label });
        if (options.endsSentence?.(row.values)) endBlock();
      }
    }
  }
  endBlock();
  for (const { number, text } of comments) {
    dropped.push({ line: number, reason: LAST_COMMENT, source: text });
  }
  return { blocks, dropped: byLine(dropped), mended };
}

const TOKEN_A_LINE = {
  expected: {
    en: "One token a line, its columns parted by tabs or blanks, was expected.",
    ko: "한 줄에 토큰 하나, 열은 탭이나 빈칸으로 나뉘어 있어야 합니다.",
  },
  remedy: {
    en: "Check `tokenColumn`, `labelColumn` and `separator` against a line of the file.",
    ko: "`tokenColumn`, `labelColumn`, `separator`가 파일의 줄과 맞는지 확인하십시오.",
  },
};

const LAST_COMMENT = { en: "a comment that no sentence follows", ko: "뒤에 문장이 없는 주석" };

function noScheme(where: string, labels: readonly string[]): LearnerError {
  const some = labels.slice(0, 5).join(", ");
  return new LearnerError({
    code: "unknown-label",
    where,
    given: { en: `The first labels are ${some || "none"}.`, ko: `처음 레이블은 ${some || "없음"}입니다.` },
    expected: {
      en: "To be converted they must follow a scheme: O, B-PER, I-PER, ….",
      ko: "변환하려면 O, B-PER, I-PER 같은 표기여야 합니다.",
    },
    remedy: {
      en: "Leave `to` out, or choose another `labelColumn`.",
      ko: "`to`를 빼거나 다른 `labelColumn`을 고르십시오.",
    },
  });
}
