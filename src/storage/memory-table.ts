import type { RowKey, Table } from "./table.ts";

/** Rows that live as long as the page: for browsers that keep nothing, and for tests. */
export function createMemoryTable<Row>(): Table<Row> {
  const rows = new Map<string, { key: RowKey; row: Row }>();
  return {
    async list(lecture) {
      return [...rows.values()]
        .filter(({ key }) => lecture === undefined || key[0] === lecture)
        .map(({ row }) => row);
    },
    async update(key, change) {
      const name = JSON.stringify(key);
      const { row, result } = change(rows.get(name)?.row);
      if (row !== undefined) rows.set(name, { key, row: structuredClone(row) });
      return result;
    },
    async remove(key) {
      rows.delete(JSON.stringify(key));
    },
  };
}
