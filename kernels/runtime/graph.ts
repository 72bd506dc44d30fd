/** Which cell declares a name, and which cells a cell needs: by names alone, before anything runs. */
import type { CellId, CellProgram } from "./program.ts";

export interface CellGraph {
  /** The cell that declares or imports the name; of several, the first. */
  maybeDeclaringCell(name: string): CellId | undefined;
  /** The cells whose names a cell reads. */
  findSources(cell: CellId): CellId[];
  /** All that a cell needs, itself not among them, sources first. */
  findAncestors(cell: CellId): CellId[];
}

export function createGraph(programs: Iterable<CellProgram>): CellGraph {
  const byId = new Map<CellId, CellProgram>();
  const declaredBy = new Map<string, CellId>();
  for (const program of programs) {
    byId.set(program.id, program);
    for (const name of program.outputs) if (!declaredBy.has(name)) declaredBy.set(name, program.id);
    for (const { local } of program.imports) if (!declaredBy.has(local)) declaredBy.set(local, program.id);
  }

  function findSources(cell: CellId): CellId[] {
    const program = byId.get(cell);
    // A name that the cell imports itself is not another cell's, though an earlier cell may import it too.
    const own = new Set(program?.imports.map(({ local }) => local));
    const names = (program?.inputs ?? []).map(({ name }) => name).filter((name) => !own.has(name));
    const sources = names.map((name) => declaredBy.get(name));
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

  return { maybeDeclaringCell: (name) => declaredBy.get(name), findSources, findAncestors };
}
