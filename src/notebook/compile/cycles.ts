/** One step round a cycle: `cell` reads `name`, which the next cell of the cycle declares. */
export interface CycleStep<Cell> {
  readonly cell: Cell;
  readonly name: string;
}

/**
 * The shortest cycle through a cell, from that cell on, or undefined when it is on none.
 * `readsOf` gives what a cell reads and from which cell.
 */
export function maybeCycleThrough<Cell>(
  start: Cell,
  readsOf: (cell: Cell) => readonly { readonly name: string; readonly from: Cell }[],
): CycleStep<Cell>[] | undefined {
  const reached = new Set<Cell>();
  let paths: CycleStep<Cell>[][] = readsOf(start).length === 0 ? [] : [[]];
  let ends: Cell[] = [start];
  while (paths.length > 0) {
    const longer: CycleStep<Cell>[][] = [];
    const next: Cell[] = [];
    for (const [i, path] of paths.entries()) {
      const cell = ends[i]!;
      for (const { name, from } of readsOf(cell)) {
        const steps = [...path, { cell, name }];
        if (from === start) return steps;
        if (reached.has(from)) continue;
        reached.add(from);
        longer.push(steps);
        next.push(from);
      }
    }
    [paths, ends] = [longer, next];
  }
  return undefined;
}

/** The same cycle, told from its first cell in the order of the document. */
export function fromFirst<Cell>(
  steps: readonly CycleStep<Cell>[],
  order: readonly Cell[],
): CycleStep<Cell>[] {
  const places = steps.map(({ cell }) => order.indexOf(cell));
  const first = places.indexOf(Math.min(...places));
  return [...steps.slice(first), ...steps.slice(0, first)];
}
