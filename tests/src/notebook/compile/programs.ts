import { compileCell } from "../../../../src/notebook/compile/cell.ts";
import type { CellId, CellProgram } from "../../../../kernels/runtime/program.ts";

/** A live cell compiled. */
export function compiled(source: string, id = "cell"): CellProgram {
  return compileCell({ id: id as CellId, source, attributes: { run: "live" } });
}

/** A notebook's cells compiled, by id in document order. */
export function compiledAll(sources: Readonly<Record<string, string>>): CellProgram[] {
  return Object.entries(sources).map(([id, source]) => compiled(source, id));
}

/** The body as a function, named in stacks as the kernel names it. */
export function evaluated({ id, body }: CellProgram): (...inputs: unknown[]) => unknown {
  return (0, eval)(`(${body})\n//# sourceURL=cell:${id}`) as (...inputs: unknown[]) => unknown;
}

/** Runs a cell with the values of the names that it reads. */
export function run(source: string, values: Readonly<Record<string, unknown>> = {}): unknown {
  const program = compiled(source);
  if (program.problem) throw new Error(program.problem.text.en);
  return evaluated(program)(...program.inputs.map(({ name }) => values[name]));
}
