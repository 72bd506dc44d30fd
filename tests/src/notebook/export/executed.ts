/** A small lecture and what its cells showed, for the exporters. */
import type { Output } from "../../../../kernels/runtime/display/output.ts";
import { plainText } from "../../../../kernels/runtime/display/plain.ts";
import type { ExecutedNotebook, ExportOptions } from "../../../../src/notebook/export/executed.ts";
import { parseNotebook } from "../../../../src/notebook/format/index.ts";
import type { CellId } from "../../../../src/notebook/notebook.ts";

export const english: ExportOptions = { language: "en", plainText };
export const korean: ExportOptions = { language: "ko", plainText };

export function executed(
  source: string,
  outputs: Readonly<Record<string, readonly Output[]>> = {},
): ExecutedNotebook {
  const cells = Object.entries(outputs).map(([id, shown]) => ({ id: id as CellId, outputs: shown }));
  return { notebook: parseNotebook(source, { path: "lesson.md" }), cells };
}
