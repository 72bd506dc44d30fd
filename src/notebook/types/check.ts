import ts from "typescript";
import type { CellId } from "../../../kernels/runtime/program.ts";
import { compileCell, type CellSource } from "../compile/cell.ts";
import { spanAt } from "../compile/position.ts";
import { builtinDeclarations } from "./builtins.ts";
import { toCompilerHost } from "./files.ts";
import { compilerOptions, type TypeHost } from "./host.ts";
import { toModule, toText, type ModuleText } from "./module.ts";

/** What the type checker has against a cell, at the learner's own place. Lines and columns count from 1. */
export interface Diagnostic {
  readonly cell: CellId;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly message: string;
  /** TypeScript's own, for instance "TS2345". */
  readonly code: `TS${number}`;
}

export interface TypeChecker {
  /** The cells of one notebook, in document order. Cells that do not compile are left to the compiler. */
  check(cells: readonly CellSource[]): Diagnostic[];
}

/** A checker that reads the library and the packages once for all the notebooks that it checks. */
export function createTypeChecker(host: TypeHost): TypeChecker {
  const parsed = new Map<string, ts.SourceFile>();
  const options = compilerOptions(host);
  let earlier: ts.Program | undefined;
  return {
    check(cells) {
      const notebook = toVirtualNotebook(cells, host);
      const program = ts.createProgram({
        rootNames: [...notebook.files.keys()],
        options,
        host: toCompilerHost({ host, virtual: notebook.files, parsed }),
        ...(earlier ? { oldProgram: earlier } : {}),
      });
      earlier = program;
      return notebook.checked.flatMap((cell) => findDiagnostics(program, cell));
    },
  };
}

export function typeCheckNotebook({
  cells,
  host,
}: {
  cells: readonly CellSource[];
  host: TypeHost;
}): Diagnostic[] {
  return createTypeChecker(host).check(cells);
}

interface CheckedCell extends ModuleText {
  /** Whether the compiler has told already that a module is not there. */
  readonly unknownImport: boolean;
  readonly id: CellId;
  readonly path: string;
  readonly source: string;
}

function toVirtualNotebook(
  cells: readonly CellSource[],
  { root }: TypeHost,
): { files: Map<string, string>; checked: CheckedCell[] } {
  const folder = `${root}/gongbu-cells`;
  const compiled = cells.map((cell) => ({
    cell,
    program: compileCell(cell),
    module: toModule(cell, { folder }),
  }));
  const files = new Map([[`${folder}/builtins.d.ts`, builtinDeclarations]]);
  const checked: CheckedCell[] = [];
  const shared = compiled.filter(({ program }) => !program.apart).map(({ module }) => module);
  for (const { cell, program, module } of compiled) {
    const others = shared.filter((other) => other !== module);
    const text = toText(module, { others, program });
    files.set(module.path, text.text);
    const unknownImport = program.problem?.code === "unknown-import";
    if (program.problem && !unknownImport) continue;
    checked.push({ ...text, unknownImport, id: cell.id, path: module.path, source: cell.source });
  }
  return { files, checked };
}

const cannotFindModule = 2307;

function findDiagnostics(program: ts.Program, cell: CheckedCell): Diagnostic[] {
  const { id, path, source, toSource, unknownImport } = cell;
  const file = program.getSourceFile(path);
  if (!file)
    throw new Error(
      `typeCheckNotebook: TypeScript did not take up the cell ${id}; this is a fault of the checker`,
    );
  return program.getSemanticDiagnostics(file).flatMap((found) => {
    const [from, length] = [found.start ?? 0, found.length ?? 0];
    const start = toSource(from);
    if (start === undefined || (unknownImport && found.code === cannotFindModule)) return [];
    const last = length === 0 ? undefined : toSource(from + length - 1);
    const span = spanAt(source, { start, end: Math.max(start, last === undefined ? start : last + 1) });
    const message = ts.flattenDiagnosticMessageText(found.messageText, "\n");
    return [{ cell: id, message, code: `TS${found.code}` as const, ...(span as Required<typeof span>) }];
  });
}
