import type { CellProgram } from "../../../kernels/runtime/program.ts";
import type { CellId } from "../../notebook/notebook.ts";

/** The cells whose names each cell reads, one step up. */
export type Reads = ReadonlyMap<CellId, readonly CellId[]>;

/**
 * By names alone, before anything runs. Of two cells that declare one name the first counts, as in the kernel. An imported
 * name is a module's: it is needed from no cell, whoever else imports it.
 */
export function getReads(programs: readonly CellProgram[]): Reads {
  const declarers = new Map<string, CellId>();
  for (const { id, outputs } of programs)
    for (const name of outputs) if (!declarers.has(name)) declarers.set(name, id);
  return new Map(
    programs.map(({ id, inputs }) => [
      id,
      inputs.flatMap(({ name }) => {
        const declarer = declarers.get(name);
        return declarer === undefined || declarer === id ? [] : [declarer];
      }),
    ]),
  );
}

/** These cells and all that they need, however far up. */
export function findNeeded(ids: readonly CellId[], reads: Reads): ReadonlySet<CellId> {
  const needed = new Set<CellId>();
  const visit = (id: CellId): void => {
    if (needed.has(id)) return;
    needed.add(id);
    reads.get(id)?.forEach(visit);
  };
  ids.forEach(visit);
  return needed;
}
