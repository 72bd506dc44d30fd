/**
 * Edits of the order of cells. All other text keeps its bytes: a blank line is added only where the cell would touch
 * a line of text, and an empty comment only where a list that is still open would take a cell into itself.
 */
import type { CellAttributes, CellId, CellSegment, Notebook } from "../notebook.ts";
import { setInfoAttributes } from "./attributes.ts";
import { findCells, getCell } from "./cells.ts";
import { fenceRunFor, writeCode } from "./code.ts";
import { checkNewId } from "./edit.ts";
import { notebookError } from "./errors.ts";
import { maybeCellInfo } from "./info.ts";
import { findLineEnd, joinAtLine } from "./lines.ts";
import { findSegments, parseNotebook } from "./parse.ts";
import { serializeNotebook } from "./serialize.ts";

/** Where a cell goes: directly after or before another, by default at the end of the file. */
export type CellPlace =
  | { readonly after: CellId; readonly before?: undefined }
  | { readonly after?: undefined; readonly before: CellId }
  | { readonly after?: undefined; readonly before?: undefined };

export type NewCell = CellPlace & {
  readonly id: string;
  /** LF line ends. */
  readonly code: string;
  /** Default: none, a live cell. */
  readonly attributes?: Partial<CellAttributes>;
};

/** The notebook with one more cell, written with the file's line ends. */
export function insertCell(notebook: Notebook, { id, code, attributes = {}, ...place }: NewCell): Notebook {
  const { path } = notebook;
  const line = placeLine(notebook, place);
  checkNewId(notebook, { id, line });
  const end = findLineEnd(serializeNotebook(notebook));
  const plain = `ts {id=${id}}`;
  const info = setInfoAttributes(plain, { written: maybeCellInfo(plain)!, attributes, path, line });
  const body = writeCode(code, { open: end, body: "", indent: 0 });
  const run = fenceRunFor(body, { run: "```" });
  const source = `${run}${info}${end}${body}${run}${end}`;
  const cells = [...findCells(notebook), { id, source }];
  return arrange(path, { cells, candidates: placeCell(notebook, { id, source, place, line }) });
}

/** The notebook with the cell in another place. */
export function moveCell(notebook: Notebook, id: CellId, place: CellPlace): Notebook {
  const { path } = notebook;
  const cell = getCell(notebook, id);
  const line = placeLine(notebook, place);
  if (place.after === id || place.before === id) return notebook;
  const candidates = cutCell(notebook, cell).flatMap((text) => {
    const segments = findSegments(text, { path });
    return placeCell({ path, segments }, { id, source: cell.source, place, line });
  });
  return arrange(path, { cells: findCells(notebook), candidates });
}

/** The notebook without the cell. Throws where another cell's `check`, `solution` or `after` needs it. */
export function deleteCell(notebook: Notebook, id: CellId): Notebook {
  const cell = getCell(notebook, id);
  const cells = findCells(notebook).filter((other) => other !== cell);
  const candidates = cutCell(notebook, cell).map((text) => ({ text, id, line: cell.line }));
  return arrange(notebook.path, { cells, candidates });
}

/** A text that an edit could give, and the cell and line to name if it cannot. */
interface Candidate {
  readonly text: string;
  readonly id: string;
  readonly line: number;
}

interface ArrangeOptions {
  /** The cells that the text must hold, in any order. */
  readonly cells: readonly { readonly id: string; readonly source: string }[];
  readonly candidates: readonly Candidate[];
}

/** The first candidate in which every cell is still a cell, with its own text. */
function arrange(path: string, { cells, candidates }: ArrangeOptions): Notebook {
  const wanted = cells.map(cellKey).sort().join("\0");
  for (const { text } of candidates) {
    const found = findCells({ segments: findSegments(text, { path }) });
    if (found.map(cellKey).sort().join("\0") === wanted) return parseNotebook(text, { path });
  }
  const [{ id, line }] = candidates;
  throw notebookError("cannot-place", { path, line, id });
}

/** A cell may get or lose no more than its last line end. */
function cellKey({ id, source }: { id: string; source: string }): string {
  return `${id}\0${source.replace(/(?:\r\n|\n|\r)$/, "")}`;
}

/** The text without the cell; first with as little between its neighbours as can be, then with a list's end. */
function cutCell({ segments }: Notebook, cell: CellSegment): string[] {
  const index = segments.indexOf(cell);
  const before = join(segments.slice(0, index));
  const after = join(segments.slice(index + 1));
  const end = lastLineEnd(before) ?? findLineEnd(cell.source);
  const blank = isOpenBelow(before) && isOpenAbove(after) ? end : "";
  return [
    joinAtLine(joinAtLine(before, blank), after),
    joinAtLine(joinAtLine(before, `<!-- -->${end}${end}`), after),
  ];
}

interface PlaceCellOptions {
  readonly id: string;
  readonly source: string;
  readonly place: CellPlace;
  readonly line: number;
}

function placeCell(
  { path, segments }: Pick<Notebook, "path" | "segments">,
  { id, source, place, line }: PlaceCellOptions,
): Candidate[] {
  let index = segments.length;
  if (place.after !== undefined) index = segments.indexOf(getCell({ path, segments }, place.after)) + 1;
  if (place.before !== undefined) index = segments.indexOf(getCell({ path, segments }, place.before));
  const before = join(segments.slice(0, index));
  const after = join(segments.slice(index));
  const end = lastLineEnd(before) ?? findLineEnd(source);
  const ended = isOpenAbove(after) ? joinAtLine(source, end) : source;
  return ["", `<!-- -->${end}${end}`].map((separator) => {
    // A blank line needs the line before it ended first.
    const lineEnd = before === "" || lastLineEnd(before) || before === "\uFEFF" ? "" : end;
    const blank = isOpenBelow(before) ? lineEnd + end : "";
    const text = joinAtLine(joinAtLine(before + blank + separator, ended), after);
    return { text, id, line };
  });
}

function placeLine(notebook: Notebook, { after, before }: CellPlace): number {
  if (after !== undefined) return getCell(notebook, after).line;
  if (before !== undefined) return getCell(notebook, before).line;
  return notebook.segments.at(-1)?.line ?? 1;
}

function join(segments: readonly { readonly source: string }[]): string {
  return segments.map(({ source }) => source).join("");
}

function lastLineEnd(text: string): string | undefined {
  return /(?:\r\n|\n|\r)$/.exec(text)?.[0];
}

/** Whether the last line is text that something put below it would touch. */
function isOpenBelow(text: string): boolean {
  return text !== "" && text !== "\uFEFF" && !/(?:^|\r\n|\n|\r(?!\n))[ \t]*(?:\r\n|\n|\r)$/.test(text);
}

/** Whether the first line is text that something put above it would touch. */
function isOpenAbove(text: string): boolean {
  return text !== "" && !/^[ \t]*(?:\r\n|\n|\r|$)/.test(text);
}
