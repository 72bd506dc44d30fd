import type { CellProgram } from "../../../kernels/runtime/program.ts";
import type { CellAttributes, CellId } from "../../notebook/notebook.ts";
import type { CellModel } from "./cell-model.ts";

/** What turns edited text into programs: the language worker and the linker, loaded when first needed. */
export interface Compiler {
  compile(cell: { id: CellId; source: string; attributes: CellAttributes }): Promise<CellProgram>;
  /** Looks at all cells together: names declared twice, cycles, names that nobody declares. */
  link(programs: readonly CellProgram[]): readonly CellProgram[];
}

export interface Programs {
  /** The notebook's programs in document order, for the cells' accepted sources. */
  get(): Promise<readonly CellProgram[]>;
  /** A program that is known already for this text of a cell. */
  adopt(id: CellId, known: { source: string; program: CellProgram }): void;
}

export interface ProgramsOptions {
  readonly loadCompiler: () => Promise<Compiler>;
  /** Solutions are linked too, so that a name that only one of them declares is explained; they are never defined. */
  readonly solutions: readonly CellProgram[];
}

/** The lecture was compiled when the site was built; only what the reader changed is compiled here. */
export function createPrograms(
  models: readonly CellModel[],
  { loadCompiler, solutions }: ProgramsOptions,
): Programs {
  const compiled = new Map<CellId, { source: string; program: Promise<CellProgram> }>();
  let linked: { from: readonly CellProgram[]; programs: readonly CellProgram[] } | undefined;

  function compile(model: CellModel): Promise<CellProgram> {
    const source = model.accepted.peek();
    if (source === model.cell.source) return Promise.resolve(model.cell.program);
    const before = compiled.get(model.id);
    if (before?.source === source) return before.program;
    const { id, cell } = model;
    const program = loadCompiler().then((compiler) =>
      compiler.compile({ id, source, attributes: cell.attributes }),
    );
    const entry = { source, program };
    compiled.set(id, entry);
    // A compiler that could not be loaded is asked again at the next run.
    program.catch(() => {
      if (compiled.get(id) === entry) compiled.delete(id);
    });
    return program;
  }

  return {
    async get() {
      const from = await Promise.all(models.map(compile));
      if (!linked || from.some((program, index) => program !== linked?.from[index])) {
        const isOriginal = from.every((program, index) => program === models[index]?.cell.program);
        const programs = isOriginal ? from : (await loadCompiler()).link([...from, ...solutions]);
        linked = { from, programs: programs.slice(0, from.length) };
      }
      linked.programs.forEach((program, index) => {
        const model = models[index];
        if (model) model.program.value = program;
      });
      return linked.programs;
    },
    adopt(id, { source, program }) {
      // In the stub's place it is a cell like any other.
      const { apart: _, ...rest } = program;
      compiled.set(id, { source, program: Promise.resolve({ ...rest, id }) });
    },
  };
}
