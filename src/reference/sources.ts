/** The library's source files as syntax trees: which name is declared where. Nothing is type-checked. */
import { posix } from "node:path";
import ts from "typescript";

/** What declares a name; an overloaded function has several. */
export interface Declared {
  /** From the project's root. */
  readonly file: string;
  readonly nodes: readonly ts.Declaration[];
}

export interface Sources {
  parse(file: string): ts.SourceFile;
  /** Every name that a file exports, in order, with what declares it in this file or another. */
  findExports(file: string): readonly (Declared & { readonly name: string })[];
  /** What a name means in a file, if it is declared in the project. */
  maybeDeclared(file: string, name: string): Declared | undefined;
}

/** `readFile` takes a path from the project's root. */
export function createSources(readFile: (file: string) => string): Sources {
  const parsed = new Map<string, ts.SourceFile>();

  function parse(file: string): ts.SourceFile {
    let source = parsed.get(file);
    if (!source) {
      source = ts.createSourceFile(file, readFile(file), ts.ScriptTarget.Latest, true);
      parsed.set(file, source);
    }
    return source;
  }

  function findExports(file: string): (Declared & { name: string })[] {
    return parse(file).statements.flatMap((statement) => {
      if (!ts.isExportDeclaration(statement)) {
        const isExported =
          ts.canHaveModifiers(statement) &&
          ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
        return isExported ? namesOf(statement).map((name) => ({ name, ...own(file, name)! })) : [];
      }
      const from = maybePath(file, statement.moduleSpecifier);
      if (!statement.exportClause) return from === undefined ? [] : findExports(from);
      if (!ts.isNamedExports(statement.exportClause)) return [];
      return statement.exportClause.elements.map(({ name, propertyName }) => {
        const declared = maybeDeclared(from ?? file, (propertyName ?? name).text);
        if (!declared)
          throw new Error(`${file} exports ${name.text}, which no file of the project declares.`);
        return { name: name.text, ...declared };
      });
    });
  }

  function own(file: string, name: string): Declared | undefined {
    const nodes = parse(file).statements.flatMap((statement): ts.Declaration[] => {
      if (!namesOf(statement).includes(name)) return [];
      if (!ts.isVariableStatement(statement)) return [statement as ts.Statement & ts.Declaration];
      return statement.declarationList.declarations.filter((node) => node.name.getText() === name);
    });
    return nodes.length > 0 ? { file, nodes } : undefined;
  }

  function maybeDeclared(file: string, name: string): Declared | undefined {
    const found = own(file, name);
    if (found) return found;
    for (const statement of parse(file).statements) {
      if (ts.isExportDeclaration(statement)) {
        const from = maybePath(file, statement.moduleSpecifier);
        if (from === undefined) continue;
        if (!statement.exportClause) {
          const passed = maybeDeclared(from, name);
          if (passed) return passed;
        } else if (ts.isNamedExports(statement.exportClause)) {
          const element = statement.exportClause.elements.find((item) => item.name.text === name);
          if (element) return maybeDeclared(from, (element.propertyName ?? element.name).text);
        }
      }
      if (!ts.isImportDeclaration(statement)) continue;
      const from = maybePath(file, statement.moduleSpecifier);
      const bindings = statement.importClause?.namedBindings;
      if (from === undefined || !bindings || !ts.isNamedImports(bindings)) continue;
      const element = bindings.elements.find((item) => item.name.text === name);
      if (element) return maybeDeclared(from, (element.propertyName ?? element.name).text);
    }
    return undefined;
  }

  return { parse, findExports, maybeDeclared };
}

/** The file that a relative specifier means; packages are not the project's. */
function maybePath(file: string, specifier: ts.Expression | undefined): string | undefined {
  if (!specifier || !ts.isStringLiteral(specifier) || !specifier.text.startsWith(".")) return undefined;
  return posix.join(posix.dirname(file), specifier.text);
}

function namesOf(statement: ts.Statement): readonly string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  }
  const isNamed =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement);
  return isNamed && statement.name ? [statement.name.text] : [];
}
