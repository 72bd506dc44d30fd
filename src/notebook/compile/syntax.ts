import ts from "typescript";

/** A cell's syntax tree, with what TypeScript's parser says against it. */
export interface CellSyntax {
  readonly file: ts.SourceFile;
  readonly errors: readonly SyntaxFault[];
}

export interface SyntaxFault {
  readonly code: number;
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

const fileName = "cell.ts";

// A cell is read as a module, so that `await` at its top is a keyword; nothing is resolved or checked here.
const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleDetection: ts.ModuleDetectionKind.Force,
  noLib: true,
  noResolve: true,
  types: [],
};

export function parseSyntax(source: string): CellSyntax {
  const host: ts.CompilerHost = {
    getSourceFile: (path, version) =>
      path === fileName ? ts.createSourceFile(path, source, version) : undefined,
    getDefaultLibFileName: () => "lib.d.ts",
    writeFile: () => {},
    getCurrentDirectory: () => "/",
    getCanonicalFileName: (path) => path,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    fileExists: (path) => path === fileName,
    readFile: (path) => (path === fileName ? source : undefined),
  };
  const program = ts.createProgram([fileName], options, host);
  const file = program.getSourceFile(fileName);
  if (!file)
    throw new Error(
      "parseSyntax: TypeScript made no syntax tree of the cell; this is a fault of the compiler",
    );
  const errors = program.getSyntacticDiagnostics(file).map((found) => ({
    code: found.code,
    message: ts.flattenDiagnosticMessageText(found.messageText, " "),
    start: found.start,
    end: found.start + found.length,
  }));
  return { file, errors };
}

/** Statements that leave nothing behind once types are blanked: imports, types, ambient declarations, empty ones. */
export function isErased(statement: ts.Statement): boolean {
  return (
    ts.isImportDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isEmptyStatement(statement) ||
    isAmbient(statement)
  );
}

export function isAmbient(statement: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
  return modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.DeclareKeyword) ?? false;
}

/** Calls `visit` on every node; a node for which it returns false is not entered. */
export function walk(node: ts.Node, visit: (node: ts.Node) => boolean | void): void {
  if (visit(node) === false) return;
  ts.forEachChild(node, (child) => walk(child, visit));
}
