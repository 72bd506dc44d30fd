import type { DecodeTextOptions } from "./encoding.ts";
import { cleanText, splitLines } from "./lines.ts";
import { nothingRead } from "./nothing-read.ts";
import { byLine, type LineReport, type ReadReport } from "./report.ts";
import { loadText, type DataSource, type FromFile } from "./source.ts";

export interface TextLines extends ReadReport {
  readonly columns: readonly ["text"];
  readonly rows: readonly { readonly text: string }[];
}

/**
 * Reads plain text, one sentence (or paragraph) a line. Blank lines are skipped, blanks at both ends taken off.
 *
 * @ko 한 줄에 한 문장씩 적힌 글을 읽습니다.
 * @example parseLines("It rains.\n\nStill.\n").rows // [{ text: "It rains." }, { text: "Still." }]
 */
export function parseLines(source: string): TextLines {
  return toTextLines(source, "parseLines");
}

/**
 * `parseLines` for a file or a URL.
 *
 * @ko 파일이나 URL에서 한 줄에 한 문장씩 읽습니다.
 */
export async function readLines(
  source: DataSource,
  options: DecodeTextOptions = {},
): Promise<FromFile<TextLines>> {
  const where = "readLines";
  const { text, ...file } = await loadText(source, { ...options, where });
  return { ...toTextLines(text, where), ...file };
}

function toTextLines(source: string, where: string): TextLines {
  const { lines, repaired } = cleanLines(source);
  const rows = lines.filter((text) => text !== "").map((text) => ({ text }));
  if (rows.length === 0) {
    const expected = { en: "At least one line of text was expected.", ko: "글이 한 줄은 있어야 합니다." };
    throw nothingRead({ where, dropped: [], expected });
  }
  return { columns: ["text"], rows, dropped: [], repaired };
}

/** The trimmed lines of free text, blank ones included: line n is at place n − 1. */
export function cleanLines(source: string): { readonly lines: string[]; readonly repaired: LineReport[] } {
  const { text, repaired } = cleanText(source);
  const split = splitLines(text, { mixed: false });
  const returns = split
    .filter((line) => line.text.includes("\r"))
    .map((line) => ({
      line: line.number,
      reason: {
        en: "a carriage return inside the line was read as a blank",
        ko: "줄 안의 캐리지 리턴을 빈칸으로 읽음",
      },
      source: line.text,
    }));
  return {
    lines: split.map((line) => line.text.replace(/\r/g, " ").trim()),
    repaired: byLine(repaired, returns),
  };
}
