import type { CellProblem, CellProgram, ImportedName, SourceSpan } from "../../../kernels/runtime/program.ts";
import type { CellAttributes, CellId } from "../notebook.ts";
import { toBody } from "./body.ts";
import { checkModules, checkNames, checkSyntax } from "./checks.ts";
import { CellFault } from "./fault.ts";
import { toJavaScript, type CellJavaScript } from "./javascript.ts";
import { spanAt } from "./position.ts";
import { maybeUnshown } from "./unshown.ts";
import { readCell, type CellReading } from "./reading.ts";

export interface CellSource {
  readonly id: CellId;
  /** The cell's code as the learner sees it. */
  readonly source: string;
  readonly attributes: Pick<CellAttributes, "run" | "solution">;
}

/**
 * A cell as the kernel runs it. Imports are taken out and types blanked in place, so every line and column of the
 * body, from `bodyLine` on, is the learner's own. A cell with a problem still tells which names it would declare, as
 * far as they can be read, so that its readers are not told that nobody declares them.
 */
export function compileCell({ id, source, attributes }: CellSource): CellProgram {
  const reading = readCell(source);
  const { form } = reading;
  const { javascript, problem } = maybeJavaScript(reading, { id });
  const { inputs, outputs } = javascript;
  const unshown = problem ? undefined : maybeUnshown(reading);
  return {
    id,
    inputs,
    outputs,
    imports: findImports(reading),
    declaredAt: findPlaces(reading),
    form,
    ...toBody(problem ? nothing : javascript, { form: problem ? "empty" : form }),
    run: attributes.run,
    ...(attributes.solution === undefined ? {} : { apart: true }),
    ...(problem ? { problem } : {}),
    ...(unshown ? { unshown } : {}),
  };
}

const nothing: CellJavaScript = { code: "", inputs: [], outputs: [], async: false };

/** A cell with a problem is not run: nothing stands in its body, but what it reads is kept where it could be told. */
function maybeJavaScript(
  reading: CellReading,
  { id }: { id: CellId },
): { javascript: CellJavaScript; problem?: CellProblem } {
  const outputs = reading.declared.map(({ name }) => name);
  let javascript: CellJavaScript = { ...nothing, outputs };
  try {
    checkSyntax(reading);
    checkNames(reading);
    javascript = toJavaScript(reading);
    checkModules(reading);
    return { javascript };
  } catch (fault) {
    if (!(fault instanceof CellFault)) throw fault;
    const { complaint, at } = fault;
    return { javascript, problem: { ...complaint, at, cells: [id] } };
  }
}

/** Without repeats: a cell may ask for one module with several `import("…")`. */
function findImports({ imports }: CellReading): ImportedName[] {
  const byLocal = new Map(
    imports.map(({ module, imported, local }) => [local, { module, imported, local }] as const),
  );
  return [...byLocal.values()];
}

function findPlaces({ source, declared, imports }: CellReading): Record<string, SourceSpan> {
  const places: Record<string, SourceSpan> = {};
  for (const { local, start, end } of imports) places[local] ??= spanAt(source, { start, end });
  for (const { name, start, end } of declared) places[name] ??= spanAt(source, { start, end });
  return places;
}
