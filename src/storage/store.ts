import { openDatabase, toTable } from "./database.ts";
import { createEdits } from "./edits.ts";
import type { Edits, EditRow } from "./edits.ts";
import { createLastOutputs } from "./last-outputs.ts";
import { createModels } from "./models.ts";
import type { ModelRow, Models } from "./models.ts";
import type { LastOutputs, OutputsRow } from "./last-outputs.ts";
import { createMemoryTable } from "./memory-table.ts";
import { createProgressStore } from "./progress.ts";
import type { ProgressRow, ProgressStore } from "./progress.ts";

/** What the browser keeps of a reader's work. */
export interface Store {
  readonly edits: Edits;
  readonly outputs: LastOutputs;
  readonly progress: ProgressStore;
  readonly models: Models;
  /** Why nothing outlives the page, where the browser refused its database. */
  readonly refused?: Error;
}

/** The browser's database where it has one, else memory: the page works either way and says which. */
export async function openStore(): Promise<Store> {
  try {
    const database = await openDatabase();
    return {
      edits: createEdits(toTable(database, "edits")),
      outputs: createLastOutputs(toTable(database, "outputs")),
      progress: createProgressStore(toTable(database, "progress")),
      models: createModels(toTable(database, "models")),
    };
  } catch (error) {
    return { ...createMemoryStore(), refused: error instanceof Error ? error : new Error(String(error)) };
  }
}

export function createMemoryStore(): Store {
  return {
    edits: createEdits(createMemoryTable<EditRow>()),
    outputs: createLastOutputs(createMemoryTable<OutputsRow>()),
    progress: createProgressStore(createMemoryTable<ProgressRow>()),
    models: createModels(createMemoryTable<ModelRow>()),
  };
}
