/** A row's address: the lecture, and the cell in it (empty for what belongs to the whole lecture). */
export type RowKey = readonly [lecture: string, cell: string];

/** What a change decides: the row to write, or none to leave it as it is; and what to tell the caller. */
export interface Change<Row, Result> {
  readonly row?: Row;
  readonly result: Result;
}

/** Rows by lecture and cell. One implementation keeps them in the browser's database, one in memory. */
export interface Table<Row> {
  /** The rows of a lecture, or of all lectures. */
  list(lecture?: string): Promise<readonly Row[]>;
  /**
   * Reads a row and decides on it in one transaction, so that two tabs cannot both decide on the same old row.
   * `change` is synchronous: a transaction ends when its turn does.
   */
  update<Result>(key: RowKey, change: (row: Row | undefined) => Change<Row, Result>): Promise<Result>;
  remove(key: RowKey): Promise<void>;
}
