import { parseNotebook, serializeNotebook, setCellCode } from "../../notebook/format/index.ts";
import type { CellId } from "../../notebook/notebook.ts";

/** The text of a lecture's file with the reader's code in its cells; everything else byte for byte as it was. */
export function getEditedFile(
  file: { readonly path: string; readonly text: string },
  edits: ReadonlyMap<CellId, string>,
): string {
  let notebook = parseNotebook(file.text, { path: file.path });
  for (const [id, source] of edits) notebook = setCellCode(notebook, id, source);
  return serializeNotebook(notebook);
}
