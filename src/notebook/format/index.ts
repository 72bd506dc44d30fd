export { deleteCell, insertCell, moveCell, type CellPlace, type NewCell } from "./arrange.ts";
export { isCellId } from "./attributes.ts";
export { findCells, getCell } from "./cells.ts";
export { renameCell, setCellAttributes, setCellCode } from "./edit.ts";
export { notebookErrorCodes, type NotebookErrorCode } from "./errors.ts";
export { findNotebookErrors, parseNotebook } from "./parse.ts";
export { serializeNotebook } from "./serialize.ts";
export {
  findTranslationErrors,
  translateNotebook,
  type TranslatedBlock,
  type TranslatedNotebook,
} from "./translation.ts";
