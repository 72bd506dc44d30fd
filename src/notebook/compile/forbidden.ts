import ts from "typescript";
import { walk } from "./syntax.ts";

/** JavaScript that means nothing in a cell. */
export interface Forbidden {
  readonly construct: "export" | "yield" | "return" | "import.meta";
  readonly node: ts.Node;
}

export function maybeForbidden(file: ts.SourceFile): Forbidden | undefined {
  for (const statement of file.statements) {
    const node = maybeExport(statement);
    if (node) return { construct: "export", node };
  }
  return maybeImportMeta(file) ?? maybeOutsideFunction(file);
}

function maybeExport(statement: ts.Statement): ts.Node | undefined {
  if (ts.isExportDeclaration(statement)) return statement;
  if (ts.isExportAssignment(statement)) return statement.isExportEquals ? undefined : statement;
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
  return modifiers?.find((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword);
}

function maybeImportMeta(file: ts.SourceFile): Forbidden | undefined {
  let found: Forbidden | undefined;
  walk(file, (node) => {
    if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword) {
      found ??= { construct: "import.meta", node };
    }
    return !found;
  });
  return found;
}

/** `yield` and `return` with no function around them. Without one, TypeScript may read `yield` as a name. */
function maybeOutsideFunction(file: ts.SourceFile): Forbidden | undefined {
  let found: Forbidden | undefined;
  /** Names after a dot, as in `scheduler.yield()`: met after the access that they are part of. */
  const properties = new Set<ts.Node>();
  walk(file, (node) => {
    if (found || ts.isFunctionLike(node) || ts.isClassStaticBlockDeclaration(node)) return false;
    if (ts.isReturnStatement(node)) found = { construct: "return", node };
    if (ts.isPropertyAccessExpression(node)) properties.add(node.name);
    if (
      ts.isYieldExpression(node) ||
      (ts.isIdentifier(node) && node.text === "yield" && !properties.has(node))
    ) {
      found = { construct: "yield", node };
    }
    return !found;
  });
  return found;
}
