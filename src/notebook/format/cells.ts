import type { CellSegment, Notebook } from "../notebook.ts";
import { notebookError } from "./errors.ts";

/** The cells of a notebook, in document order. */
export function findCells({ segments }: Pick<Notebook, "segments">): CellSegment[] {
  return segments.filter((segment) => segment.kind === "cell");
}

/** The cell with this id; throws `unknown-cell` where there is none. */
export function getCell({ path, segments }: Pick<Notebook, "path" | "segments">, id: string): CellSegment {
  const cell = findCells({ segments }).find((cell) => cell.id === id);
  if (!cell) throw notebookError("unknown-cell", { path, line: 1, id });
  return cell;
}
