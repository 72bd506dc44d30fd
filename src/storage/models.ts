import type { ModelSummary } from "../../kernels/runtime/protocol.ts";
import type { Table } from "./table.ts";

/** A trained model as it is kept: what it is called and came from, and its checkpoint as one zip. */
export interface ModelRow extends ModelSummary {
  readonly zip: ArrayBuffer;
}

/** The reader's shelf of trained models, shared by all lectures. */
export interface Models {
  /** The newest first. */
  list(): Promise<readonly ModelSummary[]>;
  get(name: string): Promise<ModelRow | undefined>;
  /** Keeps a model, in the place of one of the same name. */
  save(row: ModelRow): Promise<void>;
  remove(name: string): Promise<void>;
}

export function createModels(table: Table<ModelRow>): Models {
  return {
    async list() {
      const rows = await table.list();
      return rows.map(({ zip: _, ...summary }) => summary).sort((a, b) => b.time - a.time);
    },
    get: (name) => table.update(addressOf(name), (row) => ({ result: row })),
    save: (row) => table.update<void>(addressOf(row.name), () => ({ row, result: undefined })),
    remove: (name) => table.remove(addressOf(name)),
  };
}

/** Models belong to no lecture. */
function addressOf(name: string): readonly [string, string] {
  return ["", name];
}
