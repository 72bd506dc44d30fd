/** What a bench found, and how it is printed. */
export interface Read {
  readonly what: string;
  readonly ours: number;
  /** The same of the peer; absent where a peer would mean nothing. */
  readonly peer?: number;
  readonly unit: string;
}

export interface Bench {
  readonly title: string;
  readonly peer: string;
  readonly reads: readonly Read[];
}

/** What is told in words, beside no peer: the columns' heads, then a row of words each. */
export interface Listing {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export function printBench(bench: Bench | Listing): string {
  return "reads" in bench ? printReads(bench) : printRows(bench.title, [bench.columns, ...bench.rows]);
}

function printReads({ title, peer, reads }: Bench): string {
  const rows = reads.map(({ what, ours, peer, unit }) => [
    what,
    `${format(ours)} ${unit}`.trimEnd(),
    peer === undefined ? "" : `${format(peer)} ${unit}`.trimEnd(),
    // To nothing there is no ratio.
    peer ? format(ours / peer) : "",
  ]);
  return printRows(title, [["", "Gongbu", peer, "ratio"], ...rows]);
}

/** Numbers to the right, below each other; words, of which the first and a long last column are, to the left. */
function printRows(title: string, table: readonly (readonly string[])[]): string {
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  const isNumeric = widths.map((_, column) =>
    table.slice(1).every((row) => /^(!! )?[\d.]*( \S+)?$/.test(row[column])),
  );
  const lines = table.map((row) =>
    row.map((cell, i) => (isNumeric[i] ? cell.padStart(widths[i]) : cell.padEnd(widths[i]))).join("  "),
  );
  return [title, ...lines.map((line) => `  ${line.trimEnd()}`)].join("\n");
}

/** Three digits: more are not repeated by the next run. A count stands as it is. */
function format(value: number): string {
  return Number.isInteger(value) || value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
