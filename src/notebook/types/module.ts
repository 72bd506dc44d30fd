import ts from "typescript";
import type { CellId, CellProgram } from "../../../kernels/runtime/program.ts";
import { isBuiltin } from "../compile/builtins.ts";
import { readCell, type CellReading } from "../compile/reading.ts";
import { parseSyntax } from "../compile/syntax.ts";

/** A cell as TypeScript sees it on its own: its source, what it is a source of for others, and where it would lie. */
export interface CellModule {
  readonly id: CellId;
  readonly path: string;
  readonly source: string;
  readonly reading: CellReading;
  /** Names of values, and of types, at its top level; a class and an enum are both. */
  readonly values: readonly string[];
  readonly types: readonly string[];
}

export function toModule(
  { id, source }: { id: CellId; source: string },
  { folder }: { folder: string },
): CellModule {
  const reading = readCell(source);
  const types = parseSyntax(source).file.statements.flatMap((statement) => {
    const declaresType =
      ts.isInterfaceDeclaration(statement) ||
      ts.isTypeAliasDeclaration(statement) ||
      ts.isClassDeclaration(statement);
    return declaresType && statement.name ? [statement.name.text] : [];
  });
  return {
    id,
    path: `${folder}/cell-${encodeURIComponent(id)}.ts`,
    source,
    reading,
    values: reading.declared.map(({ name }) => name),
    types: [...new Set(types)],
  };
}

/** A module's text, and the way back from it to the cell's source. */
export interface ModuleText {
  readonly text: string;
  /** The learner's place for a place in the text; undefined in what the checker has added. */
  toSource(offset: number): number | undefined;
}

/**
 * The cell with declarations of the names that it reads from the other cells, which stand after its own text so that
 * nothing moves. An expression is put between parentheses, or an object would be read as a block.
 */
export function toText(
  module: CellModule,
  { others, program }: { others: readonly CellModule[]; program: CellProgram },
): ModuleText {
  const { source, reading } = module;
  const added = [...exportsOf(module), ...declarationsFor(module, { others, program })].join("\n");
  const range = maybeExpressionRange(reading);
  if (!range) {
    return {
      text: `${source}\n;${added}\n`,
      toSource: (offset) => (offset <= source.length ? offset : undefined),
    };
  }
  const { start, end } = range;
  const [open, close] = [";(", ")"];
  return {
    text: `${source.slice(0, start)}${open}${source.slice(start, end)}${close}${source.slice(end)}\n;${added}\n`,
    toSource(offset) {
      const before =
        offset < start ? 0 : offset < end + open.length ? open.length : open.length + close.length;
      const place = Math.max(offset - before, Math.min(offset, start));
      return place <= source.length ? place : undefined;
    },
  };
}

function maybeExpressionRange({ form, syntax }: CellReading): { start: number; end: number } | undefined {
  const [statement] = syntax.file.statements;
  if (form !== "expression" || !statement || !ts.isExpressionStatement(statement)) return undefined;
  if (!ts.isParenthesizedExpression(statement.expression)) return undefined;
  const { expression } = statement.expression;
  // The parenthesis of the syntax tree stands before the source's first character.
  return { start: expression.getStart(syntax.file) - 1, end: expression.end - 1 };
}

function exportsOf({ values, types }: CellModule): string[] {
  const onlyTypes = types.filter((name) => !values.includes(name));
  return [`export { ${values.join(", ")} };`, `export type { ${onlyTypes.join(", ")} };`];
}

function declarationsFor(
  module: CellModule,
  { others, program }: { others: readonly CellModule[]; program: CellProgram },
): string[] {
  const own = new Set([
    ...module.values,
    ...module.types,
    ...module.reading.imports.map(({ local }) => local),
  ]);
  const reads = new Set(program.inputs.map(({ name }) => name).filter((name) => !own.has(name)));
  const lines: string[] = [];
  for (const other of others) {
    const from = `"./${other.path.split("/").at(-1)!}"`;
    for (const name of other.types) {
      if (own.has(name)) continue;
      own.add(name);
      // A name that is also a value stands for both; a class is neither awaited nor a generator.
      const isValue = other.values.includes(name);
      if (isValue) reads.delete(name);
      lines.push(`import ${isValue ? "" : "type "}{ ${name} } from ${from};`);
    }
    for (const name of other.values.filter((name) => reads.has(name))) {
      reads.delete(name);
      lines.push(`declare const ${name}: GongbuSeen<typeof import(${from}).${name}>;`);
    }
    for (const { module: specifier, imported, local } of other.reading.imports.filter(({ local }) =>
      reads.has(local),
    )) {
      reads.delete(local);
      lines.push(`import ${importClause(imported, local)} from ${JSON.stringify(specifier)};`);
    }
  }
  // What nobody declares is the linker's to tell, and is told once.
  for (const name of reads) if (!isBuiltin(name)) lines.push(`declare const ${name}: any;`);
  return lines;
}

function importClause(imported: string, local: string): string {
  if (imported === "*") return `* as ${local}`;
  return `{ ${imported} as ${local} }`;
}
