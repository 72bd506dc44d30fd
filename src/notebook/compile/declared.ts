import ts from "typescript";
import { isAmbient } from "./syntax.ts";

/** A name that a cell declares at its top level, types not among them, and where it stands. */
export interface DeclaredName {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Read from TypeScript's tree, which there is even of a cell that does not parse. */
export function findDeclared(file: ts.SourceFile): DeclaredName[] {
  const found: DeclaredName[] = [];
  const add = (name: ts.Identifier) => {
    const [start, end] = [name.getStart(file), name.end];
    if (name.text !== "" && !found.some((earlier) => earlier.name === name.text))
      found.push({ name: name.text, start, end });
  };
  const addPattern = (name: ts.BindingName) => {
    if (ts.isIdentifier(name)) add(name);
    else name.elements.forEach((element) => ts.isBindingElement(element) && addPattern(element.name));
  };
  for (const statement of file.statements) {
    if (isAmbient(statement)) continue;
    if (ts.isVariableStatement(statement)) {
      statement.declarationList.declarations.forEach((declaration) => addPattern(declaration.name));
    }
    const { name } = statement as { readonly name?: ts.Node };
    if (isNamedDeclaration(statement) && name && ts.isIdentifier(name)) add(name);
  }
  return found;
}

/** Enums, namespaces and `import x = …` are refused elsewhere; what they would have declared is still told. */
function isNamedDeclaration(statement: ts.Statement): boolean {
  return (
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isEnumDeclaration(statement) ||
    ts.isModuleDeclaration(statement) ||
    ts.isImportEqualsDeclaration(statement)
  );
}
