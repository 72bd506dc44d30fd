import { parseJavaScript } from "@observablehq/notebook-kit";
import { blankSourceFile } from "ts-blank-space";
import type ts from "typescript";
import type { CellInput } from "../../../kernels/runtime/program.ts";
import * as complaints from "./complaints.ts";
import { unparenthesize } from "./expression.ts";
import { CellFault } from "./fault.ts";
import { applyEdits, spanAt } from "./position.ts";
import type { CellReading } from "./reading.ts";
import { toRefusal } from "./refusals.ts";
import { parseSyntax } from "./syntax.ts";

/** A cell once its types are gone: every character that is left stands where it stood. */
export interface CellJavaScript {
  readonly code: string;
  readonly inputs: readonly CellInput[];
  readonly outputs: readonly string[];
  readonly async: boolean;
}

/** Throws a CellFault for code that is not JavaScript in strict mode, or that assigns what is not its own. */
export function toJavaScript(reading: CellReading): CellJavaScript {
  checkImportedNames(reading);
  const code = blankTypes(reading);
  // The semicolon tells the parser that statements are not to be tried as an expression.
  const cell = parse(reading.form === "expression" ? code : `${code}\n;`);
  const inputs = new Map<string, CellInput>();
  for (const { name, start, end } of [...cell.references].sort((a, b) => a.start - b.start)) {
    const at = spanAt(code, { start, end });
    if (name === "arguments") throw new CellFault(complaints.argumentsOutsideFunction(), at);
    if (!inputs.has(name)) inputs.set(name, { name, at });
  }
  return {
    code,
    inputs: [...inputs.values()],
    outputs: [...new Set(cell.declarations?.map(({ name }) => name))],
    async: cell.async,
  };
}

function blankTypes({ syntax, importCalls, form, place }: CellReading): string {
  const { file } = importCalls.length === 0 ? syntax : parseSyntax(applyEdits(syntax.file.text, importCalls));
  const kept: ts.Node[] = [];
  const code = blankSourceFile(file, (node) => kept.push(node));
  const [node] = kept;
  if (node) {
    const at = place({ start: node.getStart(file), end: node.end });
    throw new CellFault(complaints.notErasable("assertion among operators"), at);
  }
  return form === "expression" ? unparenthesize(code) : code;
}

function parse(code: string): ReturnType<typeof parseJavaScript> {
  try {
    return parseJavaScript(code);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const { complaint, line, column } = toRefusal(error);
    throw new CellFault(complaint, { line, column });
  }
}

/** Notebook Kit refuses to declare a global; an imported name, which it does not see, is asked about by itself. */
function checkImportedNames({ imports, source }: CellReading): void {
  for (const { local, start, end } of imports) {
    try {
      parseJavaScript(`let ${local};`);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      throw new CellFault(toRefusal(error).complaint, spanAt(source, { start, end }));
    }
  }
}
