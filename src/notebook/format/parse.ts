/** From a lecture file's text to its segments. Whatever the text, the segments joined are the text again. */
import type { CellId, CellSegment, FrontMatter, Notebook, NotebookError, Segment } from "../notebook.ts";
import { readCellAttributes } from "./attributes.ts";
import { findCells } from "./cells.ts";
import { readCode } from "./code.ts";
import { notebookError } from "./errors.ts";
import { findTopLevelFences, maybeFenceMark, type Fence } from "./fences.ts";
import { countFrontMatterLines, readFrontMatter } from "./frontMatter.ts";
import { maybeCellInfo } from "./info.ts";
import { splitLines, type Line } from "./lines.ts";
import { findNameErrors } from "./names.ts";

interface ParseOptions {
  /** The file's name in messages. */
  readonly path: string;
}

/** Reads a lecture file. Throws the first error of the file, by line. */
export function parseNotebook(source: string, { path }: ParseOptions): Notebook {
  const { frontMatter, segments, errors } = readNotebook(source, path);
  if (errors.length > 0) throw errors[0];
  return { path, frontMatter, segments };
}

/** Every error of a lecture file, by line; none for a file that `parseNotebook` reads. */
export function findNotebookErrors(source: string, { path }: ParseOptions): NotebookError[] {
  return readNotebook(source, path).errors;
}

/** The segments of any text, also of one with errors: an erroneous cell is a cell where it has an id, prose otherwise. */
export function findSegments(source: string, { path }: ParseOptions): Segment[] {
  return readNotebook(source, path).segments;
}

function readNotebook(source: string, path: string) {
  const lines = splitLines(source);
  const segments: Segment[] = [];
  const errors: NotebookError[] = [];
  let frontMatter: FrontMatter = {};

  const bodyStart = countFrontMatterLines(lines);
  if (bodyStart > 0) {
    const text = joinLines(lines.slice(0, bodyStart));
    const read = readFrontMatter(text, { path });
    frontMatter = read.frontMatter;
    errors.push(...read.errors);
    segments.push({ kind: "frontMatter", source: text, line: 1 });
  }

  let proseStart = bodyStart;
  const endProse = (index: number) => {
    const text = joinLines(lines.slice(proseStart, index));
    const mark = index === 0 && lines[0]?.text.startsWith("\uFEFF") ? "\uFEFF" : "";
    if (mark + text !== "") segments.push({ kind: "prose", source: mark + text, line: proseStart + 1 });
  };
  // A byte-order mark belongs to no block; before a cell it is prose of its own.
  const texts = lines.slice(bodyStart).map(({ text }, index) => {
    return bodyStart + index === 0 ? text.replace(/^\uFEFF/, "") : text;
  });
  for (const { open, close } of findTopLevelFences(texts)) {
    const fence = { open: bodyStart + open, close: close === undefined ? undefined : bodyStart + close };
    const read = readCell(lines, { fence, openText: texts[open], path });
    errors.push(...read.errors);
    if (!read.cell) continue;
    endProse(fence.open);
    segments.push(read.cell);
    proseStart = (fence.close ?? lines.length - 1) + 1;
  }
  endProse(lines.length);

  errors.push(...findNameErrors(findCells({ segments }), { path }));
  errors.sort((a, b) => a.line - b.line);
  return { frontMatter, segments, errors };
}

interface ReadCellOptions {
  readonly fence: Fence;
  /** The opening line without a byte-order mark. */
  readonly openText: string;
  readonly path: string;
}

function readCell(lines: readonly Line[], { fence, openText, path }: ReadCellOptions) {
  const mark = maybeFenceMark(openText)!;
  const info = maybeCellInfo(mark.info);
  if (!info) return { cell: undefined, errors: [] };
  const line = fence.open + 1;
  const { id, attributes, errors } = readCellAttributes(info, { path, line });
  if (id === undefined) return { cell: undefined, errors };

  const open = openText + lines[fence.open].end;
  const body = joinLines(lines.slice(fence.open + 1, fence.close));
  const close = fence.close === undefined ? "" : joinLines([lines[fence.close]]);
  const cell: CellSegment = {
    kind: "cell",
    id: id as CellId,
    attributes,
    source: open + body + close,
    line,
    open,
    body,
    close,
    code: readCode(body, { indent: mark.indent }),
    codeLine: line + 1,
  };
  const unclosed =
    fence.close === undefined ? [notebookError("unclosed-cell", { path, line, id, run: mark.run })] : [];
  return { cell, errors: [...errors, ...unclosed] };
}

function joinLines(lines: readonly Line[]): string {
  return lines.map(({ text, end }) => text + end).join("");
}
