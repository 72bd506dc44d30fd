import type { Lecture, LectureCell } from "../../notebook/lecture.ts";
import type { CellId } from "../../notebook/notebook.ts";
import { findNeeded } from "./reads.ts";
import type { Reads } from "./reads.ts";

/** What the course's attributes make of the cells together. */
export interface Roles {
  /** The cells that are shown and defined: all but the solutions. */
  readonly cells: readonly LectureCell[];
  /** By exercise. */
  readonly stubs: ReadonlyMap<string, CellId>;
  readonly checks: ReadonlyMap<string, CellId>;
  readonly solutions: ReadonlyMap<string, LectureCell>;
  /** The cell of each bet. */
  readonly bets: ReadonlyMap<string, CellId>;
}

export function getRoles(lecture: Pick<Lecture, "blocks">): Roles {
  const all = lecture.blocks.flatMap((block) => (block.kind === "cell" ? [block.cell] : []));
  return {
    cells: all.filter(({ attributes }) => attributes.solution === undefined),
    stubs: getByName(
      all,
      ({ attributes }) => attributes.exercise,
      (cell) => cell.id,
    ),
    checks: getByName(
      all,
      ({ attributes }) => attributes.check,
      (cell) => cell.id,
    ),
    solutions: getByName(
      all,
      ({ attributes }) => attributes.solution,
      (cell) => cell,
    ),
    bets: getByName(
      all,
      ({ attributes }) => attributes.bet,
      (cell) => cell.id,
    ),
  };
}

function getByName<Value>(
  cells: readonly LectureCell[],
  getName: (cell: LectureCell) => string | undefined,
  getValue: (cell: LectureCell) => Value,
): ReadonlyMap<string, Value> {
  const byName = new Map<string, Value>();
  for (const cell of cells) {
    const name = getName(cell);
    // An exercise may take several checks; the first is the one whose verdict is shown with it.
    if (name !== undefined && !byName.has(name)) byName.set(name, getValue(cell));
  }
  return byName;
}

export interface LockOptions {
  /** After which bet each cell stands, where it stands after one. */
  readonly after: ReadonlyMap<CellId, string>;
  readonly committed: ReadonlySet<string>;
}

/** The bet that each locked cell waits for: its own `after`, or that of a cell that it needs, however far up. */
export function getLocks(reads: Reads, { after, committed }: LockOptions): ReadonlyMap<CellId, string> {
  const locks = new Map<CellId, string>();
  for (const id of reads.keys()) {
    const bets = [...findNeeded([id], reads)].flatMap((needed) => after.get(needed) ?? []);
    const open = bets.find((bet) => !committed.has(bet));
    if (open !== undefined) locks.set(id, open);
  }
  return locks;
}
