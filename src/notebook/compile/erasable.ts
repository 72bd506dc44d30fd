import ts from "typescript";
import { isAmbient, walk } from "./syntax.ts";

/** TypeScript that cannot be taken away as types are, because it makes code of its own. */
export interface NotErasable {
  readonly construct: Construct;
  readonly node: ts.Node;
}

export type Construct =
  | "enum"
  | "namespace"
  | "parameter property"
  | "import ="
  | "export ="
  | "decorator"
  | "angle-bracket assertion"
  | "assertion among operators"
  | "using";

const propertyModifiers: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.PublicKeyword,
  ts.SyntaxKind.PrivateKeyword,
  ts.SyntaxKind.ProtectedKeyword,
  ts.SyntaxKind.ReadonlyKeyword,
  ts.SyntaxKind.OverrideKeyword,
]);

export function maybeNotErasable(file: ts.SourceFile): NotErasable | undefined {
  let found: NotErasable | undefined;
  walk(file, (node) => {
    if (found || (ts.isStatement(node) && isAmbient(node))) return false;
    const construct = maybeConstruct(node);
    if (construct) found = { construct, node };
    return !found;
  });
  return found;
}

function maybeConstruct(node: ts.Node): Construct | undefined {
  if (ts.isEnumDeclaration(node)) return "enum";
  if (ts.isModuleDeclaration(node))
    return (node.flags & ts.NodeFlags.GlobalAugmentation) !== 0 || !holdsValues(node)
      ? undefined
      : "namespace";
  if (ts.isParameter(node) && isProperty(node)) return "parameter property";
  if (ts.isImportEqualsDeclaration(node)) return "import =";
  if (ts.isExportAssignment(node) && node.isExportEquals) return "export =";
  if (ts.isDecorator(node)) return "decorator";
  if (ts.isTypeAssertionExpression(node)) return "angle-bracket assertion";
  if (ts.isVariableDeclarationList(node) && isUsing(node)) return "using";
  return undefined;
}

function isProperty(node: ts.ParameterDeclaration): boolean {
  return ts.getModifiers(node)?.some((modifier) => propertyModifiers.has(modifier.kind)) ?? false;
}

function holdsValues(node: ts.ModuleDeclaration): boolean {
  const { body } = node;
  if (!body) return false;
  if (ts.isModuleDeclaration(body)) return holdsValues(body);
  if (!ts.isModuleBlock(body)) return true;
  return !body.statements.every(
    (statement) =>
      ts.isInterfaceDeclaration(statement) ||
      ts.isTypeAliasDeclaration(statement) ||
      (ts.isModuleDeclaration(statement) && !holdsValues(statement)),
  );
}

/** `using` and `await using`: not types, but not every browser and Node that runs a lecture knows them. */
function isUsing(node: ts.VariableDeclarationList): boolean {
  return (node.flags & ts.NodeFlags.Using) !== 0;
}
