/** What parts the values of a file, and what its quotes mean: seen from the file. */
import type { Quotes } from "./delimited-row.ts";
import { readRows } from "./delimited.ts";
import { splitLines } from "./lines.ts";

/**
 * Whether a file's quotes are doubled or mean nothing. In a file written by the rule a value that holds a quote is
 * wrapped and its quotes are doubled; a value with a quote anywhere else shows that quotes are characters.
 */
export function guessQuotes(text: string, { delimiter }: { readonly delimiter: string }): Quotes {
  let doubled = 0;
  let literal = 0;
  const rows = splitLines(text).filter((line) => line.text.trim() !== "");
  for (const { text: line } of rows) {
    if (!line.includes('"')) continue;
    for (const value of line.split(delimiter).map((value) => value.trim())) {
      if (!value.includes('"')) continue;
      const inner = isWrapped(value) ? value.slice(1, -1) : undefined;
      if (inner === undefined || inner.replace(/""/g, "").includes('"')) literal += 1;
      else if (inner.includes('""')) doubled += 1;
    }
  }
  const wrapsAll = rows.length > 0 && rows[0].text.split(delimiter).every((value) => isWrapped(value.trim()));
  return wrapsAll || doubled > literal ? "doubled" : "literal";
}

function isWrapped(value: string): boolean {
  return value.length >= 2 && value.startsWith('"') && value.endsWith('"');
}

/** The sign between the values: of comma, semicolon, tab and bar the one that gives most rows of one width. */
export function guessDelimiter(text: string): string {
  const sample = splitLines(text.slice(0, 50_000))
    .slice(0, 50)
    .map((line) => line.text)
    .join("\n");
  const candidates = [",", ";", "\t", "|"].map((delimiter) => {
    const { rows, dropped } = readRows(sample, { delimiter, quotes: "doubled" });
    const width = rows.length > 0 ? rows[0].values.length : 0;
    return { delimiter, width, score: width < 2 ? -1 : rows.length / (rows.length + dropped.length) };
  });
  return candidates.reduce((best, one) =>
    one.score > best.score || (one.score === best.score && one.width > best.width) ? one : best,
  ).delimiter;
}
