import type { Output } from "../../kernels/runtime/display/output.ts";
import type { Table } from "./table.ts";

export interface KeptOutput {
  readonly slot: number;
  readonly output: Output;
}

/** What a cell showed last, so that a reload does not leave the page empty. */
export interface OutputsRow {
  readonly lecture: string;
  readonly cell: string;
  readonly outputs: readonly KeptOutput[];
  readonly state: "done" | "failed" | "interrupted";
  readonly ms: number;
  readonly time: number;
}

export interface LastOutputs {
  list(lecture: string): Promise<readonly OutputsRow[]>;
  save(row: OutputsRow): Promise<void>;
}

/** About what one cell may take in the database, in bytes: a table and three figures of a few thousand points. */
export const outputBudget = 512 * 1024;

export function createLastOutputs(table: Table<OutputsRow>): LastOutputs {
  return {
    list: (lecture) => table.list(lecture),
    save(row) {
      const kept = { ...row, outputs: getOutputsWithin(row.outputs, outputBudget) };
      return table.update<void>([row.lecture, row.cell], () => ({ row: kept, result: undefined }));
    },
  };
}

/** The first outputs that together stay within the budget; an output is kept whole or not at all. */
export function getOutputsWithin(outputs: readonly KeptOutput[], budget: number): readonly KeptOutput[] {
  let left = budget;
  return outputs.filter(({ output }) => {
    const size = measure(output, left);
    if (size > left) return false;
    left -= size;
    return true;
  });
}

/** Bytes of a plain value, about; stops counting past `limit`. What cannot be stored counts as more than any limit. */
function measure(value: unknown, limit: number): number {
  if (typeof value === "string") return 2 * value.length;
  if (typeof value === "function" || typeof value === "symbol") return Infinity;
  if (typeof value !== "object" || value === null) return 8;
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (typeof Blob !== "undefined" && value instanceof Blob) return Infinity;
  let size = 8;
  for (const [key, item] of Object.entries(value)) {
    size += 2 * key.length + measure(item, limit - size);
    if (size > limit) break;
  }
  return size;
}
