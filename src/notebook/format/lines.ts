/** Lines as CommonMark and TypeScript see them: LF, CRLF and a lone CR each end one. */

export interface Line {
  readonly text: string;
  /** "\n", "\r\n", "\r", or "" for a last line that is not ended. */
  readonly end: string;
  /** Where the line begins in the source. */
  readonly offset: number;
}

/** Every line of `source`; joined with their ends they are the source. An empty source has none. */
export function splitLines(source: string): Line[] {
  const lines: Line[] = [];
  for (const { 0: whole, 1: text, 2: end, index } of source.matchAll(/([^\r\n]*)(\r\n|\n|\r|$)/g)) {
    if (whole !== "") lines.push({ text, end, offset: index });
  }
  return lines;
}

/** The line end that the file uses first; LF where it has none. */
export function findLineEnd(source: string): string {
  return /\r\n|\n|\r/.exec(source)?.[0] ?? "\n";
}

/**
 * `before` and `after` one after the other, the second on a line of its own. A CR at the end of the first and an LF
 * at the start of the second stay two line ends: they get an LF between them, since as neighbours they would be one.
 */
export function joinAtLine(before: string, after: string): string {
  if (before === "" || after === "") return before + after;
  if (before.endsWith("\r") && after.startsWith("\n")) return `${before}\n${after}`;
  if (/[\r\n]$/.test(before) || before === "\uFEFF") return before + after;
  return before + findLineEnd(before + after) + after;
}
