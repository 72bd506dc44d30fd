import type { Table } from "./table.ts";

/** A reader's version of a cell. Where `source` is `base` again, the cell is back to the course's own text. */
export interface EditRow {
  readonly lecture: string;
  readonly cell: string;
  readonly source: string;
  /** The course's own text that the edit was made on. */
  readonly base: string;
  /** Counts the saves of this cell by all tabs. */
  readonly revision: number;
  /** Milliseconds since 1970. */
  readonly time: number;
}

export type SaveResult =
  | { readonly saved: true; readonly row: EditRow }
  /** Another tab saved since: nothing was written, and here is what it wrote. */
  | { readonly saved: false; readonly theirs: EditRow };

export interface Edits {
  list(lecture: string): Promise<readonly EditRow[]>;
  /** Saves an edit made on revision `known` (0 for none), unless the stored one is newer and different. */
  save(edit: Omit<EditRow, "revision">, options: { known: number }): Promise<SaveResult>;
}

export function createEdits(table: Table<EditRow>): Edits {
  return {
    list: (lecture) => table.list(lecture),
    save(edit, { known }) {
      return table.update<SaveResult>([edit.lecture, edit.cell], (stored) => {
        const revision = stored?.revision ?? 0;
        if (stored && revision !== known && stored.source !== edit.source) {
          return { result: { saved: false, theirs: stored } };
        }
        const row = { ...edit, revision: revision + 1 };
        return { row, result: { saved: true, row } };
      });
    },
  };
}
