import { openDB } from "idb";
import type { DBSchema, IDBPDatabase } from "idb";
import type { ModelRow } from "./models.ts";
import type { EditRow } from "./edits.ts";
import type { OutputsRow } from "./last-outputs.ts";
import type { ProgressRow } from "./progress.ts";
import type { Table } from "./table.ts";

export interface Schema extends DBSchema {
  edits: { key: [string, string]; value: EditRow };
  outputs: { key: [string, string]; value: OutputsRow };
  progress: { key: [string, string]; value: ProgressRow };
  models: { key: [string, string]; value: ModelRow };
}

export type TableName = "edits" | "outputs" | "progress" | "models";

export type Database = IDBPDatabase<Schema>;

const name = "gongbu";
const version = 2;

/** Opens the browser's database, made on the first visit. Rejects where the browser keeps nothing. */
export function openDatabase(): Promise<Database> {
  if (typeof indexedDB === "undefined") {
    return Promise.reject(
      new Error("openDatabase: this browser has no indexedDB; keep the work in memory instead."),
    );
  }
  return openDB<Schema>(name, version, {
    upgrade(database, from) {
      if (from < 1)
        for (const table of ["edits", "outputs", "progress"] as const) database.createObjectStore(table);
      if (from < 2) database.createObjectStore("models");
    },
    // Another tab brings a newer page: let it upgrade instead of making it wait.
    blocking(_current, _blocked, event) {
      (event.target as IDBDatabase).close();
    },
  });
}

/** A table of the database. */
export function toTable<Name extends TableName>(
  database: Database,
  name: Name,
): Table<Schema[Name]["value"]> {
  return {
    async list(lecture) {
      const range = lecture === undefined ? undefined : IDBKeyRange.bound([lecture], [lecture, []]);
      return database.getAll(name, range);
    },
    async update(key, change) {
      const address: [string, string] = [...key];
      const transaction = database.transaction(name, "readwrite");
      const { row, result } = change(await transaction.store.get(address));
      if (row !== undefined) await transaction.store.put(row, address);
      await transaction.done;
      return result;
    },
    async remove(key) {
      await database.delete(name, [...key]);
    },
  };
}
