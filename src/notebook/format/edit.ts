/** Edits of one cell where it stands. Each gives a new notebook in which only this cell's bytes differ. */
import type { CellAttributes, CellId, CellSegment, Notebook } from "../notebook.ts";
import { isCellId, setInfoAttributes } from "./attributes.ts";
import { findCells, getCell } from "./cells.ts";
import { fenceRunFor, writeCode } from "./code.ts";
import { notebookError } from "./errors.ts";
import { maybeFenceMark } from "./fences.ts";
import { maybeCellInfo } from "./info.ts";
import { splitLines } from "./lines.ts";
import { parseNotebook } from "./parse.ts";

/**
 * The cell with other code (LF line ends), written with its own line ends and indent. Where the code holds a fence
 * that would close the cell, the cell's fences grow longer.
 */
export function setCellCode(notebook: Notebook, id: CellId, code: string): Notebook {
  const cell = getCell(notebook, id);
  const { indent, run } = readMark(cell);
  const body = writeCode(code, { open: cell.open, body: cell.body, indent });
  const longer = fenceRunFor(body, { run });
  const open = cell.open.replace(run, longer);
  const close = cell.close.replace(/[`~]+/, (old) => (old.length < longer.length ? longer : old));
  return replaceCell(notebook, { cell, source: open + body + close });
}

/** The cell with another id. */
export function renameCell(notebook: Notebook, id: CellId, newId: string): Notebook {
  const cell = getCell(notebook, id);
  if (id === newId) return notebook;
  checkNewId(notebook, { id: newId, line: cell.line });
  return replaceCell(notebook, {
    cell,
    source: writeAttributes(notebook, { cell, attributes: { id: newId } }),
  });
}

/**
 * The cell with these attributes; those not named stay. Undefined, `fold: false` and `run: "live"` take one away.
 */
export function setCellAttributes(
  notebook: Notebook,
  id: CellId,
  attributes: Partial<CellAttributes>,
): Notebook {
  const cell = getCell(notebook, id);
  return replaceCell(notebook, { cell, source: writeAttributes(notebook, { cell, attributes }) });
}

/** Throws where `id` cannot become the id of one more cell; `line` is the place that the error names. */
export function checkNewId(notebook: Notebook, { id, line }: { id: string; line: number }): void {
  const { path } = notebook;
  if (!isCellId(id)) throw notebookError("bad-id", { path, line, id });
  const first = findCells(notebook).find((cell) => cell.id === id);
  if (first) throw notebookError("duplicate-id", { path, line, id, firstLine: first.line });
}

function writeAttributes(
  { path }: Notebook,
  { cell, attributes }: { cell: CellSegment; attributes: Partial<CellAttributes> & { id?: string } },
): string {
  const [{ text, end }] = splitLines(cell.open);
  const { info } = readMark(cell);
  const written = maybeCellInfo(info)!;
  const newInfo = setInfoAttributes(info, { written, attributes, path, line: cell.line });
  return text.slice(0, text.length - info.length) + newInfo + end + cell.body + cell.close;
}

function readMark({ open }: CellSegment) {
  return maybeFenceMark(splitLines(open)[0].text)!;
}

function replaceCell(
  { path, segments }: Notebook,
  { cell, source }: { cell: CellSegment; source: string },
): Notebook {
  const text = segments.map((segment) => (segment === cell ? source : segment.source)).join("");
  return parseNotebook(text, { path });
}
