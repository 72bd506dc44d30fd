/** Where each node of a search stands: a column a step, the best on top. Computed once for a search. */
import type { BeamNode, BeamTreeOutput } from "../../../kernels/runtime/display/output.ts";

export interface PlacedNode {
  readonly id: number;
  readonly node: BeamNode;
  /** The place in its column, from 0. */
  readonly row: number;
  /** Of a kept node: the last step at which one of its descendants was kept or had ended. Its own step, if none was. */
  readonly lives: number;
}

export interface BeamLayout {
  /** columns[step − 1]: kept nodes first, then those that ended, both by score, then what was pruned and forbidden. */
  readonly columns: readonly (readonly PlacedNode[])[];
  /** By id. */
  readonly placed: readonly PlacedNode[];
  /** Rows of the highest column, with what was dropped and without. */
  readonly rows: { readonly all: number; readonly alive: number };
}

const ORDER = { kept: 0, finished: 1, pruned: 2, forbidden: 3 };

export function layOut({ nodes, steps }: BeamTreeOutput): BeamLayout {
  const lives = findLives(nodes);
  const placed: PlacedNode[] = [];
  const columns = steps.map(({ first, end }) => {
    const ids = Array.from({ length: end - first }, (_, i) => first + i);
    ids.sort((a, b) => ORDER[nodes[a].fate] - ORDER[nodes[b].fate] || nodes[b].total - nodes[a].total);
    return ids.map((id, row) => (placed[id] = { id, node: nodes[id], row, lives: lives[id] }));
  });
  const count = (column: readonly PlacedNode[]) => column.filter(({ node }) => isAlive(node)).length;
  return {
    columns,
    placed,
    rows: {
      all: Math.max(1, ...columns.map(({ length }) => length)),
      alive: Math.max(1, ...columns.map(count)),
    },
  };
}

/** Whether the search went on with it, or ended with it. */
export function isAlive({ fate }: BeamNode): boolean {
  return fate === "kept" || fate === "finished";
}

/** The nodes from the first step to this one. */
export function pathTo(id: number, nodes: readonly BeamNode[]): number[] {
  const path: number[] = [];
  for (let at: number | null = id; at !== null; at = nodes[at].parent) path.unshift(at);
  return path;
}

/** A node that ended stays a leaf of interest to the end. */
function findLives(nodes: readonly BeamNode[]): number[] {
  const lives = nodes.map(({ step, fate }) => (fate === "finished" ? Infinity : step));
  for (let id = nodes.length - 1; id >= 0; id--) {
    const { parent } = nodes[id];
    if (parent !== null && isAlive(nodes[id])) lives[parent] = Math.max(lives[parent], lives[id]);
  }
  return lives;
}
