/** A text in lines, and what is mended in it before any reader sees it. */
import type { Localized } from "../../error.ts";
import type { LineReport } from "./report.ts";

export interface Line {
  /** From 1. */
  readonly number: number;
  readonly text: string;
}

export interface SplitLinesOptions {
  /**
   * Whether a carriage return alone ends a line although the file has line feeds, too. Where one row is one line of
   * free text it is more likely a stray character: say false. Default true.
   */
  readonly mixed?: boolean;
}

/**
 * Cut at CRLF, LF and lone CR, at nothing else: the Unicode line separators that other splitters know stand inside
 * texts. A last line end ends the last line and begins no other.
 */
export function splitLines(text: string, { mixed = true }: SplitLinesOptions = {}): Line[] {
  const lines = text.split(mixed || !text.includes("\n") ? /\r\n|\n|\r/ : /\r*\n/);
  if (lines[lines.length - 1] === "") lines.pop();
  return lines.map((line, index) => ({ number: index + 1, text: line }));
}

/** Blanks and tabs only: a no-break space or an ideographic space may be a token. */
export function isBlank(line: string): boolean {
  return /^[ \t\r]*$/.test(line);
}

const DAMAGED = /\0|\ufffd|^\ufeff/;

/**
 * Takes off the byte order mark (in a file put together from several, that of each) and NULs, and finds the lines in
 * which bytes could not be decoded.
 */
export function cleanText(source: string): { readonly text: string; readonly repaired: LineReport[] } {
  const text = source.replace(/^\ufeff/, "");
  if (!/\0|\ufffd|\ufeff/.test(text)) return { text, repaired: [] };
  const damaged = splitLines(text).filter((line) => DAMAGED.test(line.text));
  const repaired = damaged.flatMap(({ number, text }) =>
    findDamage(text).map((reason) => ({ line: number, reason, source: text })),
  );
  return { text: text.replace(/\0/g, "").replace(/^\ufeff/gm, ""), repaired };
}

function findDamage(line: string): Localized[] {
  const nulls = line.split("\0").length - 1;
  const lost = line.split("\ufffd").length - 1;
  const found: Localized[] = [];
  if (nulls > 0) found.push({ en: `${nulls} NUL taken out`, ko: `NUL 문자 ${nulls}개를 뺌` });
  if (lost > 0) {
    found.push({
      en: `${lost} U+FFFD (�): bytes that do not fit the encoding; perhaps the file has another one`,
      ko: `U+FFFD(�) ${lost}개: 인코딩에 맞지 않는 바이트. 파일의 인코딩이 다를 수 있음`,
    });
  }
  if (line.startsWith("\ufeff")) {
    found.push({
      en: "a byte order mark inside the file taken off",
      ko: "파일 중간의 바이트 순서 표시를 뺌",
    });
  }
  return found;
}
