import type { CellId, CellProblem, CellProgram, ImportedName } from "../../../kernels/runtime/program.ts";
import { isBuiltin, isPageOnly, kernelBuiltins } from "./builtins.ts";
import { linkCodes } from "./codes.ts";
import { fromFirst, maybeCycleThrough } from "./cycles.ts";
import * as complaints from "./linkComplaints.ts";
import { maybeNearest } from "./nearest.ts";

/**
 * The notebook's cells with what is wrong between them: two that declare one name, cells that wait for each other,
 * a name that nobody declares. A problem goes to every cell involved, one that a cell has of its own stays, and one
 * of an earlier linking goes when it no longer holds. Needs no compiler, so the page calls it after each edit.
 */
export function linkCells(programs: readonly CellProgram[]): CellProgram[] {
  const cells = programs.map(withoutLinkProblem);
  const names = new NotebookNames(cells);
  return cells.map((cell) => {
    if (cell.problem) return cell;
    const problem =
      maybeDuplicate(cell, names) ?? maybeMissing(cell, names) ?? maybeCycle(cell, { cells, names });
    return problem ? { ...cell, problem } : cell;
  });
}

/** Who declares what. A solution is kept apart: its names are not the notebook's. */
class NotebookNames {
  readonly declarers = new Map<string, CellProgram[]>();
  readonly solutions = new Map<string, CellId>();

  constructor(cells: readonly CellProgram[]) {
    for (const cell of cells) {
      for (const name of declaredBy(cell)) {
        if (cell.apart) this.solutions.set(name, cell.id);
        else this.declarers.set(name, [...(this.declarers.get(name) ?? []), cell]);
      }
    }
  }

  /** The cells that make the value of a name; an imported name is a module's and waits for no cell. */
  maybeMaker(name: string): CellProgram | undefined {
    return this.declarers.get(name)?.find((cell) => cell.outputs.includes(name));
  }
}

function withoutLinkProblem(cell: CellProgram): CellProgram {
  if (!cell.problem || !linkCodes.has(cell.problem.code)) return cell;
  const { problem: _, ...rest } = cell;
  return rest;
}

function declaredBy({ outputs, imports }: CellProgram): Set<string> {
  return new Set([...outputs, ...imports.map(({ local }) => local)]);
}

function maybeDuplicate(cell: CellProgram, { declarers }: NotebookNames): CellProblem | undefined {
  if (cell.apart) return undefined;
  for (const name of declaredBy(cell)) {
    const sharing = declarers.get(name) ?? [];
    if (sharing.length < 2 || isOneImport(sharing.map((sharer) => maybeImport(sharer, name)))) continue;
    const ids = sharing.map(({ id }) => id);
    return { ...complaints.duplicateName(name, ids), at: cell.declaredAt?.[name], cells: ids };
  }
  return undefined;
}

function maybeImport({ imports, outputs }: CellProgram, name: string): ImportedName | undefined {
  return outputs.includes(name) ? undefined : imports.find(({ local }) => local === name);
}

/** Several cells may import one name, when it is the same thing everywhere. */
function isOneImport(imports: readonly (ImportedName | undefined)[]): boolean {
  const [first] = imports;
  return imports.every(
    (other) => first && other?.module === first.module && other.imported === first.imported,
  );
}

function maybeMissing(cell: CellProgram, names: NotebookNames): CellProblem | undefined {
  const own = declaredBy(cell);
  const missing = cell.inputs.find(
    ({ name }) => !own.has(name) && !names.declarers.has(name) && !isBuiltin(name),
  );
  if (!missing) return undefined;
  const { name, at } = missing;
  const solution = names.solutions.get(name);
  if (solution !== undefined && solution !== cell.id) {
    return { ...complaints.nameInSolution(name, solution), at, cells: [cell.id, solution] };
  }
  if (isPageOnly(name)) return { ...complaints.pageOnlyName(name), at, cells: [cell.id] };
  const nearest = maybeNearest(name, [...names.declarers.keys(), ...kernelBuiltins]);
  return { ...complaints.missingName(name, { nearest }), at, cells: [cell.id] };
}

function maybeCycle(
  cell: CellProgram,
  { cells, names }: { cells: readonly CellProgram[]; names: NotebookNames },
): CellProblem | undefined {
  if (cell.apart) return undefined;
  const readsOf = ({ inputs }: CellProgram) =>
    inputs.flatMap(({ name }) => {
      const from = names.maybeMaker(name);
      return from ? [{ name, from }] : [];
    });
  const steps = maybeCycleThrough(cell, readsOf);
  if (!steps) return undefined;
  const inOrder = fromFirst(steps, cells);
  const ids = inOrder.map((step) => step.cell.id);
  const read = steps[0]!.name;
  return {
    ...complaints.cycle(
      ids,
      inOrder.map(({ name }) => name),
    ),
    at: cell.inputs.find(({ name }) => name === read)?.at,
    cells: ids,
  };
}
