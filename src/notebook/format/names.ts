/** Ids and names across a notebook's cells: each id once, and every check, solution and `after` finds its exercise or bet. */
import type { CellSegment, NotebookError } from "../notebook.ts";
import { notebookError } from "./errors.ts";

/** Everything wrong with the ids and names of `cells`. */
export function findNameErrors(cells: readonly CellSegment[], { path }: { path: string }): NotebookError[] {
  const errors: NotebookError[] = [];
  const ids = new Map<string, number>();
  for (const { id, line } of cells) {
    const firstLine = ids.get(id);
    if (firstLine === undefined) ids.set(id, line);
    else errors.push(notebookError("duplicate-id", { path, line, id, firstLine }));
  }

  for (const attribute of ["exercise", "solution", "bet"] as const) {
    const lines = new Map<string, number>();
    for (const { attributes, line } of cells) {
      const name = attributes[attribute];
      if (name === undefined) continue;
      const firstLine = lines.get(name);
      if (firstLine === undefined) lines.set(name, line);
      else errors.push(notebookError("repeated-name", { path, line, attribute, name, firstLine }));
    }
  }

  const exercises = new Set(cells.map(({ attributes }) => attributes.exercise));
  const bets = new Set(cells.map(({ attributes }) => attributes.bet));
  for (const { attributes, line } of cells) {
    for (const attribute of ["check", "solution"] as const) {
      const name = attributes[attribute];
      if (name === undefined || exercises.has(name)) continue;
      errors.push(notebookError("unknown-exercise", { path, line, attribute, name }));
    }
    const { after } = attributes;
    if (after !== undefined && !bets.has(after)) {
      errors.push(notebookError("unknown-bet", { path, line, name: after }));
    }
  }
  return errors;
}
