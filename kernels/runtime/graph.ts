/** Which cell declares a name, and which cells a cell needs: by names alone, before anything runs. */
import type { CellId, CellProgram } from "./program.ts";

export interface CellGraph {
  /** The cell that makes the name's value, or else imports it; of several, the first. */
  maybeDeclaringCell(name: string): CellId | undefined;
  /** The cells whose names a cell reads. An imported name is a module's: it is needed from no cell, whoever imports it. */
  findSources(cell: CellId): CellId[];
  /** All that a cell needs, itself not among them, sources first. */
  findAncestors(cell: CellId): CellId[];
}

export function createGraph(programs: Iterable<CellProgram>): CellGraph {
  const byId = new Map<CellId, CellProgram>();
  const madeBy = new Map<string, CellId>();
  const importedBy = new Map<string, CellId>();
  for (const program of programs) {
    byId.set(program.id, program);
    for (const name of program.outputs) if (!madeBy.has(name)) madeBy.set(name, program.id);
    for (const { local } of program.imports) if (!importedBy.has(local)) importedBy.set(local, program.id);
  }

  function findSources(cell: CellId): CellId[] {
    const program = byId.get(cell);
    const sources = (program?.inputs ?? []).map(({ name }) => madeBy.get(name));
    return [...new Set(sources)].filter(
      (source): source is CellId => source !== undefined && source !== cell,
    );
  }

  function findAncestors(cell: CellId): CellId[] {
    const found = new Set<CellId>();
    const visiting = new Set<CellId>([cell]);
    const visit = (id: CellId) => {
      for (const source of findSources(id)) {
        if (found.has(source) || visiting.has(source)) continue;
        visiting.add(source);
        visit(source);
        found.add(source);
      }
    };
    visit(cell);
    return [...found];
  }

  return {
    maybeDeclaringCell: (name) => madeBy.get(name) ?? importedBy.get(name),
    findSources,
    findAncestors,
  };
}
