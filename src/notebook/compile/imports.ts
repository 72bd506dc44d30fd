import ts from "typescript";
import type { ImportedName } from "../../../kernels/runtime/program.ts";
import { blank, type Edit } from "./position.ts";
import { walk } from "./syntax.ts";

/** What a cell imports, and how to take it out of the text without moving anything else. */
export interface CellImports {
  /** The names that become the notebook's; those of `import type` are not among them. */
  readonly names: readonly PlacedImport[];
  /** Every module that is asked for at run time, where its name stands. */
  readonly modules: readonly PlacedModule[];
  readonly edits: readonly Edit[];
}

export interface PlacedImport extends ImportedName {
  /** From an `import("…")`, so the name is the compiler's and not the learner's. */
  readonly called: boolean;
  readonly start: number;
  readonly end: number;
}

export interface PlacedModule {
  /** Undefined for an `import(…)` that computes its module's name. */
  readonly module: string | undefined;
  readonly start: number;
  readonly end: number;
}

/** The `import … from "…"` declarations. */
export function findImportDeclarations(file: ts.SourceFile): CellImports {
  const names: PlacedImport[] = [];
  const modules: PlacedModule[] = [];
  const edits: Edit[] = [];
  let afterStatement = false;
  for (const statement of file.statements) {
    if (!ts.isImportDeclaration(statement)) {
      afterStatement = true;
      continue;
    }
    edits.push(removal(file, { statement, afterStatement }));
    const specifier = statement.moduleSpecifier;
    if (!ts.isStringLiteral(specifier) || isTypeOnly(statement)) continue;
    modules.push({ module: specifier.text, start: specifier.getStart(file), end: specifier.end });
    for (const { imported, name } of findBindings(statement.importClause)) {
      names.push({
        module: specifier.text,
        imported,
        local: name.text,
        called: false,
        start: name.getStart(file),
        end: name.end,
      });
    }
  }
  return { names, modules, edits };
}

/**
 * The `import("…")` calls. The kernel loads the module before the cell runs, under a name of the notebook's own, and
 * the call becomes a promise of it, in the same place: `import("gongbu/nn")` becomes `(async()=>$nn)()` and spaces.
 */
export function findImportCalls(file: ts.SourceFile): CellImports {
  const names: PlacedImport[] = [];
  const modules: PlacedModule[] = [];
  const edits: Edit[] = [];
  walk(file, (node) => {
    if (!ts.isCallExpression(node) || node.expression.kind !== ts.SyntaxKind.ImportKeyword) return;
    const place = { start: node.getStart(file), end: node.end };
    const [argument] = node.arguments;
    if (!argument || !ts.isStringLiteralLike(argument)) {
      modules.push({ module: undefined, ...place });
      return;
    }
    const module = argument.text;
    const local = namespaceName(module);
    modules.push({ module, start: argument.getStart(file), end: argument.end });
    names.push({ module, imported: "*", local, called: true, ...place });
    edits.push({
      ...place,
      replacement: inPlaceOf(file.text.slice(place.start, place.end), `(async()=>${local})()`),
    });
  });
  return { names, modules, edits };
}

/** A call that stands on several lines keeps them; its first line may then grow, and nothing stands after it there. */
function inPlaceOf(original: string, replacement: string): string {
  const [firstLine = ""] = original.split(/[\r\n]/);
  return replacement.padEnd(firstLine.length) + blank(original.slice(firstLine.length));
}

/** `$nn` for "gongbu/nn". Every module of the registry is long enough that the name fits in the place of its call. */
export function namespaceName(module: string): string {
  return `$${(module.split("/").at(-1) ?? module).replace(/[^\w$]/g, "_")}`;
}

/** A semicolon takes the place of an import after a statement, or the next line could run on from that statement. */
function removal(
  file: ts.SourceFile,
  { statement, afterStatement }: { statement: ts.Statement; afterStatement: boolean },
): Edit {
  const start = statement.getStart(file);
  const spaces = blank(file.text.slice(start, statement.end));
  return { start, end: statement.end, replacement: afterStatement ? `;${spaces.slice(1)}` : spaces };
}

function isTypeOnly({ importClause: clause }: ts.ImportDeclaration): boolean {
  if (!clause) return false;
  if (clause.isTypeOnly) return true;
  const named = clause.namedBindings;
  if (clause.name || !named || !ts.isNamedImports(named)) return false;
  return named.elements.length > 0 && named.elements.every((element) => element.isTypeOnly);
}

function findBindings(clause: ts.ImportClause | undefined): { imported: string; name: ts.Identifier }[] {
  if (!clause || clause.isTypeOnly) return [];
  const found: { imported: string; name: ts.Identifier }[] = [];
  if (clause.name) found.push({ imported: "default", name: clause.name });
  const named = clause.namedBindings;
  if (named && ts.isNamespaceImport(named)) found.push({ imported: "*", name: named.name });
  if (named && ts.isNamedImports(named)) {
    for (const element of named.elements) {
      if (!element.isTypeOnly)
        found.push({ imported: (element.propertyName ?? element.name).text, name: element.name });
    }
  }
  return found;
}
