import type { Table } from "./table.ts";

export interface Bet {
  readonly name: string;
  /** The values of the bet's controls, in their order. */
  readonly choice: readonly unknown[];
  readonly time: number;
}

/** How far a reader has come in a lecture. It only grows, so two tabs' progress is joined, not fought over. */
export interface ProgressRow {
  readonly lecture: string;
  /** Ids of the cells that were run to the end at least once. */
  readonly ran: readonly string[];
  /** Names of the exercises whose check has passed. */
  readonly passed: readonly string[];
  readonly bets: readonly Bet[];
  /** Names of the exercises whose solution was shown. */
  readonly solutions: readonly string[];
}

export interface ProgressStore {
  /** Of every lecture that was begun. */
  list(): Promise<readonly ProgressRow[]>;
  get(lecture: string): Promise<ProgressRow>;
  /** Joins what was reached here with what is stored. */
  add(row: ProgressRow): Promise<ProgressRow>;
}

export function getEmptyProgress(lecture: string): ProgressRow {
  return { lecture, ran: [], passed: [], bets: [], solutions: [] };
}

export function createProgressStore(table: Table<ProgressRow>): ProgressStore {
  return {
    list: () => table.list(),
    async get(lecture) {
      const [row] = await table.list(lecture);
      return row ?? getEmptyProgress(lecture);
    },
    add(added) {
      return table.update<ProgressRow>([added.lecture, ""], (stored) => {
        const row = getJoinedProgress(stored ?? getEmptyProgress(added.lecture), added);
        return { row, result: row };
      });
    },
  };
}

/** Everything that was reached in either. Of two bets by one name the first committed stands: a bet is not changed. */
export function getJoinedProgress(one: ProgressRow, other: ProgressRow): ProgressRow {
  const bets = new Map<string, Bet>();
  for (const bet of [...one.bets, ...other.bets]) {
    const earlier = bets.get(bet.name);
    if (!earlier || bet.time < earlier.time) bets.set(bet.name, bet);
  }
  return {
    lecture: one.lecture,
    ran: getUnion(one.ran, other.ran),
    passed: getUnion(one.passed, other.passed),
    bets: [...bets.values()],
    solutions: getUnion(one.solutions, other.solutions),
  };
}

function getUnion(one: readonly string[], other: readonly string[]): readonly string[] {
  return [...new Set([...one, ...other])];
}
