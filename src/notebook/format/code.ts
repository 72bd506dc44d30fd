/** A cell's code as the learner edits it, and the same code as it stands between the fences. */
import { findLineEnd, splitLines } from "./lines.ts";
import { closesFence } from "./fences.ts";

/** `body` with the fence's indent taken off its lines, LF line ends, and no last line end. */
export function readCode(body: string, { indent }: { indent: number }): string {
  return splitLines(body)
    .map(({ text }) => withoutIndent(text, indent))
    .join("\n");
}

/**
 * The body that reads as `code`, made from the one that stands there: its first and last lines keep their bytes as
 * far as they are the same, and what is new has the indent and the line end of the opening fence.
 */
export function writeCode(code: string, { open, body, indent }: WriteCodeOptions): string {
  const end = findLineEnd(open);
  const old = splitLines(body);
  const lines = code === "" ? [] : code.replace(/\r\n?/g, "\n").split("\n");
  const same = (line: number, oldLine: number) => lines[line] === withoutIndent(old[oldLine].text, indent);
  const most = Math.min(lines.length, old.length);
  let first = 0;
  while (first < most && same(first, first)) first++;
  let last = 0;
  while (last < most - first && same(lines.length - 1 - last, old.length - 1 - last)) last++;

  const write = (line: string) => (line === "" ? "" : " ".repeat(indent) + line) + end;
  const kept = (line: { text: string; end: string }) => line.text + line.end;
  const mixed = [
    ...old.slice(0, first).map(kept),
    ...lines.slice(first, lines.length - last).map(write),
    ...old.slice(old.length - last).map(kept),
  ].join("");
  // Where an old lone CR and a new LF met, they would be one line end.
  return readCode(open + mixed, { indent }) === readCode(open + lines.map(write).join(""), { indent })
    ? mixed
    : lines.map(write).join("");
}

interface WriteCodeOptions {
  /** The opening fence's line, with its end. */
  readonly open: string;
  /** What the cell holds now; "" for a new one. */
  readonly body: string;
  readonly indent: number;
}

/** The shortest run of the fence's character, at least `run`, that no line of `body` closes. */
export function fenceRunFor(body: string, { run }: { run: string }): string {
  const closing = splitLines(body).filter(({ text }) => closesFence(text, { run }));
  const longest = Math.max(run.length - 1, ...closing.map(({ text }) => text.trim().length));
  return run[0].repeat(longest + 1);
}

function withoutIndent(line: string, indent: number): string {
  let spaces = 0;
  while (spaces < indent && line[spaces] === " ") spaces++;
  return line.slice(spaces);
}
