import { setDiagnostics, type Diagnostic } from "@codemirror/lint";
import type { EditorState, Text as Doc, TransactionSpec } from "@codemirror/state";
import type { Localized, Text } from "../../kernels/runtime/localized.ts";
import type { SourceSpan } from "../../kernels/runtime/program.ts";

/** Something to be marked in the code; a cell's problem is one. Without a place nothing is marked. */
export interface EditorProblem {
  readonly text: Text;
  readonly at?: SourceSpan | undefined;
  /** Default "error". */
  readonly severity?: "error" | "warning" | "info";
}

/** A transaction that marks these problems and no others. */
export function markProblems(
  state: EditorState,
  { problems, language }: { problems: readonly EditorProblem[]; language: keyof Localized },
): TransactionSpec {
  const marked = problems.flatMap(({ text, at, severity = "error" }): Diagnostic[] => {
    const message = typeof text === "string" ? text : text[language];
    return at ? [{ ...toRange(state.doc, at), severity, message }] : [];
  });
  return setDiagnostics(state, marked);
}

/** The characters at a place, of which there is at least one to be marked where the document has any. */
export function toRange(
  doc: Doc,
  { line, column, endLine, endColumn }: SourceSpan,
): { from: number; to: number } {
  const from = toOffset(doc, { line, column });
  const end =
    endLine === undefined || endColumn === undefined
      ? from
      : toOffset(doc, { line: endLine, column: endColumn });
  if (end > from) return { from, to: end };
  const { text, from: lineStart, to: lineEnd } = doc.lineAt(from);
  const word = text.slice(from - lineStart).match(/^[\p{L}\p{N}_$]+/u)?.[0].length ?? 1;
  if (from < lineEnd) return { from, to: from + word };
  return { from: Math.max(lineStart, from - 1), to: from };
}

/** A place beyond the document, after an edit that the compiler has not seen yet, is its nearest one. */
function toOffset(doc: Doc, { line, column }: { line: number; column: number }): number {
  const { from, to } = doc.line(Math.min(Math.max(1, line), doc.lines));
  return Math.min(from + Math.max(0, column - 1), to);
}
