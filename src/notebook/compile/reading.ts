import type { SourceSpan } from "../../../kernels/runtime/program.ts";
import { findDeclared, type DeclaredName } from "./declared.ts";
import { maybeSoleExpression, parenthesize } from "./expression.ts";
import { findImportCalls, findImportDeclarations, type PlacedImport, type PlacedModule } from "./imports.ts";
import { applyEdits, spanAt, type Edit } from "./position.ts";
import { isErased, parseSyntax, type CellSyntax } from "./syntax.ts";

/** A cell's source, read once: what is compiled of it, what it imports and declares. Offsets are the source's own. */
export interface CellReading {
  readonly source: string;
  readonly form: "expression" | "statements" | "empty";
  /** The cell without its `import` declarations, as TypeScript's parser sees it; an expression is put between parentheses. */
  readonly syntax: CellSyntax;
  readonly imports: readonly PlacedImport[];
  readonly modules: readonly PlacedModule[];
  readonly declared: readonly DeclaredName[];
  /** Edits of the syntax tree's text that take the `import("…")` calls out. */
  readonly importCalls: readonly Edit[];
  /** The learner's place for a range of the syntax tree. */
  place(range: { readonly start: number; readonly end: number }): SourceSpan;
}

export function readCell(source: string): CellReading {
  const whole = parseSyntax(source);
  const declarations = findImportDeclarations(whole.file);
  const expression = maybeSoleExpression(source, whole);
  const syntax = parseSyntax(
    expression === undefined ? applyEdits(source, declarations.edits) : parenthesize(expression),
  );
  const parenthesis = expression === undefined ? 0 : 1;
  const back = <T extends { readonly start: number; readonly end: number }>(placed: T): T => ({
    ...placed,
    start: Math.max(0, placed.start - parenthesis),
    end: Math.min(source.length, placed.end - parenthesis),
  });
  const calls = findImportCalls(syntax.file);
  const isEmpty = syntax.errors.length === 0 && syntax.file.statements.every(isErased);

  return {
    source,
    form: expression !== undefined ? "expression" : isEmpty ? "empty" : "statements",
    syntax,
    imports: [...declarations.names, ...calls.names.map(back)],
    modules: [...declarations.modules, ...calls.modules.map(back)],
    declared: findDeclared(syntax.file),
    importCalls: calls.edits,
    place: (range) => spanAt(source, back(range)),
  };
}
