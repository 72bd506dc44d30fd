import type { CellProgram } from "../../../kernels/runtime/program.ts";
import type { CellJavaScript } from "./javascript.ts";

/** Both wrappers stand on one line, so the learner's first line is the second. */
const bodyLine = 2;

/** The cell as a function of what it reads. It is strict, as a module is. */
export function toBody(
  { code, inputs, outputs, async }: CellJavaScript,
  { form }: Pick<CellProgram, "form">,
): Pick<CellProgram, "body" | "bodyLine"> {
  const head = `${async ? "async " : ""}function (${inputs.map(({ name }) => name).join(", ")}) { "use strict";`;
  const body =
    form === "expression"
      ? `${head} return (\n${code}\n); }`
      : `${head}\n${code}\nreturn { ${outputs.join(", ")} }; }`;
  return { body, bodyLine };
}
