/** What every reader tells beside what it read. */
import type { Localized } from "../../error.ts";

export interface LineReport {
  /** Counting from 1, as an editor counts. */
  readonly line: number;
  readonly reason: Localized;
  /** The line as it stands in the file; of a quoted value that spans lines, all of them. */
  readonly source: string;
}

export type DroppedLine = LineReport;

export interface ReadReport {
  /** What was left out, and why. A blank line is nothing, and is not reported. */
  readonly dropped: readonly LineReport[];
  /** What was kept but had to be mended first: a NUL taken out, a quote that was not doubled, a broken character. */
  readonly repaired: readonly LineReport[];
}

/** Reports of several passes over one file, in the file's order. */
export function byLine(...reports: readonly (readonly LineReport[])[]): LineReport[] {
  return reports.flat().sort((a, b) => a.line - b.line);
}
