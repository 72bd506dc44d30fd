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

export function printBench({ title, peer, reads }: Bench): string {
  const rows = reads.map(({ what, ours, peer, unit }) => [
    what,
    `${format(ours)} ${unit}`.trimEnd(),
    peer === undefined ? "" : `${format(peer)} ${unit}`.trimEnd(),
    // To nothing there is no ratio.
    peer ? format(ours / peer) : "",
  ]);
  const table = [["", "Gongbu", peer, "ratio"], ...rows];
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  const lines = table.map((row) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join("  "),
  );
  return [title, ...lines.map((line) => `  ${line.trimEnd()}`)].join("\n");
}

/** Three digits: more are not repeated by the next run. A count stands as it is. */
function format(value: number): string {
  return Number.isInteger(value) || value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
