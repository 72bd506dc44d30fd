/** What the picture of attention computes from the weights before anything is drawn. */
import type { AttentionMatrix, AttentionView } from "../../../kernels/runtime/display/output.ts";

/** One head of one layer, or the mean of all of the layer's heads. */
export interface HeadChoice {
  readonly layer: number;
  readonly head: number | "mean";
}

/** A token on either side, or a cell where both are given. */
export interface Pointed {
  readonly query?: number;
  readonly key?: number;
}

export interface Weighed {
  readonly index: number;
  readonly weight: number;
}

/** The chosen matrix; a choice that another view does not have falls back to the last layer's mean. */
export function getMatrix(view: AttentionView, choice: HeadChoice): AttentionMatrix {
  const { layer, head } = toExistingChoice(view, choice);
  const heads = view.weights[layer];
  return head === "mean" ? meanOf(heads) : heads[head];
}

export function toExistingChoice({ weights }: AttentionView, { layer, head }: HeadChoice): HeadChoice {
  const existing = Math.min(layer, weights.length - 1);
  if (head === "mean" || head >= weights[existing].length) return { layer: existing, head: "mean" };
  return { layer: existing, head };
}

/** Whether the query may look at the key. */
export function isAllowed({ mask }: AttentionView, query: number, key: number): boolean {
  return mask === undefined || mask[query][key] !== 0;
}

/** The keys that a query looks at most, those that it may look at, strongest first. */
export function findStrongestKeys(matrix: AttentionMatrix, query: number, count: number): Weighed[] {
  return findStrongest(matrix[query], count);
}

/** The queries that look at a key most. */
export function findStrongestQueries(matrix: AttentionMatrix, key: number, count: number): Weighed[] {
  return findStrongest(
    matrix.map((row) => row[key]),
    count,
  );
}

function findStrongest(weights: readonly number[], count: number): Weighed[] {
  return weights
    .map((weight, index) => ({ index, weight }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .slice(0, count);
}

function meanOf(heads: readonly AttentionMatrix[]): AttentionMatrix {
  if (heads.length === 1) return heads[0];
  return heads[0].map((row, query) =>
    row.map((_, key) => heads.reduce((sum, head) => sum + head[query][key], 0) / heads.length),
  );
}
