import type { SourceSpan } from "../../../kernels/runtime/program.ts";

/** Where the characters from `start` to `end` stand in the text: lines and columns count from 1, the end is exclusive. */
export function spanAt(text: string, range: { readonly start: number; readonly end?: number }): SourceSpan {
  const { line, column } = placeAt(text, range.start);
  if (range.end === undefined) return { line, column };
  const end = placeAt(text, range.end);
  return { line, column, endLine: end.line, endColumn: end.column };
}

/** Replaces characters by spaces, line ends kept, so that nothing after them moves. */
export function blank(text: string): string {
  return text.replace(/[^\r\n]/g, " ");
}

/** A piece of a text to be replaced. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

/** Applies edits that do not overlap, in whatever order they come. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const backwards = [...edits].sort((a, b) => b.start - a.start);
  return backwards.reduce(
    (so, edit) => so.slice(0, edit.start) + edit.replacement + so.slice(edit.end),
    text,
  );
}

function placeAt(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: before.length, column: before.at(-1)!.length + 1 };
}
