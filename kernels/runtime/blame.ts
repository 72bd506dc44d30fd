/** Why a cell could not even start: which of its inputs is to blame. */
import { PER_RUN, type Cell } from "./cell.ts";
import type { PlainError } from "./display/output.ts";
import type { CellGraph } from "./graph.ts";
import type { CellId, CellInput, CellProgram } from "./program.ts";

export type Blame =
  | { readonly on: "error"; readonly error: PlainError }
  /** A source was interrupted: so is the cell. */
  | { readonly on: "interrupt" };

export interface BlameOptions {
  readonly cells: ReadonlyMap<CellId, Cell>;
  readonly graph: CellGraph;
  /** Why one of the imported names that the cell reads has not loaded. */
  readonly maybeImportError: (program: CellProgram) => PlainError | undefined;
  /** Whether a name that no cell declares is there all the same. */
  readonly isGiven: (name: string) => boolean;
}

/** Undefined when nothing can be said yet: a source is still on its way. */
export function maybeBlame({ program }: Cell, options: BlameOptions): Blame | undefined {
  const { cells, graph, maybeImportError, isGiven } = options;
  const { id, inputs, problem } = program;
  if (problem) {
    return {
      on: "error",
      error: { name: "CellProblem", code: problem.code, text: problem.text, cell: id, at: problem.at },
    };
  }
  const declarers = inputs.flatMap((input) => {
    const declaring = graph.maybeDeclaringCell(input.name);
    const source = declaring && declaring !== id ? cells.get(declaring) : undefined;
    return source ? [{ input, source }] : [];
  });
  // An imported name is a module's: there whatever becomes of the cell that imports it, unless its code is broken.
  const sources = declarers.filter(({ input, source }) => source.program.outputs.includes(input.name));
  const failed =
    declarers.find(({ source }) => source.program.problem) ??
    sources.find(({ source }) => source.state === "failed");
  if (failed) return { on: "error", error: inputFailed(program, failed.input, failed.source) };
  if (sources.some(({ source }) => source.state === "interrupted")) return { on: "interrupt" };
  const importError = maybeImportError(program);
  if (importError) return { on: "error", error: { ...importError, cell: id } };
  const missing = inputs.find(
    ({ name }) => !PER_RUN.has(name) && !graph.maybeDeclaringCell(name) && !isGiven(name),
  );
  if (missing) return { on: "error", error: missingName(program, missing) };
  const unasked = sources.find(({ source }) => source.state === "idle");
  return unasked && { on: "error", error: notRun(program, unasked.input, unasked.source) };
}

function notRun(program: CellProgram, { name, at }: CellInput, source: Cell): PlainError {
  const { id } = source.program;
  return {
    name: "InputError",
    code: "input-failed",
    text: {
      en: `\`${name}\` has no value yet, because cell ${id} has not run. Run that cell, and this one follows.`,
      ko: `${id} 셀을 아직 실행하지 않아서 \`${name}\`의 값이 없습니다. 그 셀을 실행하면 이 셀도 이어서 실행됩니다.`,
    },
    cell: program.id,
    at,
  };
}

function inputFailed(program: CellProgram, { name, at }: CellInput, source: Cell): PlainError {
  const { id } = source.program;
  return {
    name: "InputError",
    code: "input-failed",
    text: {
      en: `\`${name}\` has no value, because cell ${id} failed. Mend that cell, and this one follows.`,
      ko: `${id} 셀이 실패해서 \`${name}\`의 값이 없습니다. 그 셀을 고치면 이 셀도 이어서 실행됩니다.`,
    },
    cell: program.id,
    at,
  };
}

function missingName(program: CellProgram, { name, at }: CellInput): PlainError {
  return {
    name: "ReferenceError",
    code: "missing-name",
    text: {
      en: `\`${name}\` is not defined: no cell of this notebook declares it.`,
      ko: `\`${name}\`이(가) 정의되지 않았습니다. 이 노트북의 어느 셀도 선언하지 않습니다.`,
    },
    cell: program.id,
    at,
  };
}
