import type { Text } from "../localized.ts";
import { brandOutput } from "./displayed.ts";
import type { AttentionMatrix, AttentionOutput, AttentionView } from "./output.ts";
import { toPlainData } from "./plain-data.ts";
import { checkText, kindOf } from "./text.ts";

/** Nested lists of numbers, a tensor, or a typed array's plain form. */
type Weights = unknown;

export interface AttentionViewSpec {
  /** "encoder", "decoder → encoder". Needed where there are several. */
  readonly name?: Text;
  /** The tokens that look. */
  readonly queries: readonly string[];
  /** The tokens that are looked at. Default: the queries (self-attention). */
  readonly keys?: readonly string[];
  /** A list of layers, each [head, query, key]; or one matrix [query, key]. Lists or tensors. */
  readonly weights: Weights;
  /** [query, key], or [key] for all queries: 1 where the query may look, 0 where it may not. */
  readonly mask?: Weights;
}

/** Weights are sent with four digits: more cannot be seen. */
const ROUND = 10_000;

/**
 * Attention weights as a heat map and as lines between two rows of tokens, by layer and head.
 *
 * @ko 어텐션 가중치를 열지도와 토큰 사이의 선으로 보여 줍니다. 층과 헤드를 고를 수 있습니다.
 * @example attention({ queries: pieces, weights: attentions.map((layer) => layer.gather(0)) })
 */
export function attention(
  views: AttentionViewSpec | readonly AttentionViewSpec[],
  { caption }: { readonly caption?: Text } = {},
): AttentionOutput {
  const list = Array.isArray(views) ? (views as readonly AttentionViewSpec[]) : [views as AttentionViewSpec];
  if (list.length === 0)
    throw new TypeError(
      "attention takes a view { queries, keys, weights } or a list of them, but the list is empty.",
    );
  if (caption !== undefined) checkText(caption, "attention: the caption");
  return brandOutput({ kind: "attention", views: list.map(toView), caption });
}

function toView(spec: AttentionViewSpec, index: number): AttentionView {
  if (typeof spec !== "object" || spec === null || !Array.isArray(spec.queries))
    throw new TypeError(
      `attention: view ${index} must be a record { queries, weights }, but was ${kindOf(spec)}.`,
    );
  const { name, queries, keys = queries } = spec;
  if (name !== undefined) checkText(name, `attention: the name of view ${index}`);
  const shape = { queries: queries.length, keys: keys.length };
  const weights = toLayers(toPlainData(spec.weights)).map((heads, layer) =>
    heads.map((head, at) => toMatrix(head, { shape, what: `layer ${layer}, head ${at}` })),
  );
  if (weights.length === 0 || weights.some((heads) => heads.length === 0))
    throw new RangeError(
      `attention: view ${index} has a layer without heads; give each layer as [head, query, key].`,
    );
  return {
    ...(name !== undefined && { name }),
    queries: queries.map(String),
    keys: keys.map(String),
    weights,
    ...(spec.mask !== undefined && { mask: toMask(toPlainData(spec.mask), shape) }),
  };
}

/** One matrix is one layer with one head; one layer's heads are one layer. */
function toLayers(weights: unknown): readonly (readonly unknown[])[] {
  const depth = getDepth(weights);
  if (depth === 2) return [[weights]];
  if (depth === 3) return [weights as unknown[]];
  if (depth === 4) return weights as unknown[][];
  throw new RangeError(
    `attention: weights must be [query, key], [head, query, key] or a list of layers of those, but have ${depth} dimensions. Take one example out of the batch first.`,
  );
}

function getDepth(value: unknown): number {
  return Array.isArray(value) ? 1 + getDepth(value[0]) : 0;
}

interface Shape {
  readonly queries: number;
  readonly keys: number;
}

function toMatrix(matrix: unknown, { shape, what }: { shape: Shape; what: string }): AttentionMatrix {
  const rows = matrix as readonly (readonly number[])[];
  if (rows.length !== shape.queries || rows.some((row) => row.length !== shape.keys)) {
    throw new RangeError(
      `attention: ${what} has the shape [${rows.length}, ${rows[0]?.length ?? 0}], but there are ${shape.queries} queries and ${shape.keys} keys.`,
    );
  }
  return rows.map((row) => row.map((weight) => Math.round(weight * ROUND) / ROUND));
}

function toMask(mask: unknown, shape: Shape): AttentionMatrix {
  const rows = getDepth(mask) === 1 ? Array.from({ length: shape.queries }, () => mask as number[]) : mask;
  return toMatrix(rows, { shape, what: "the mask" }).map((row) => row.map((allowed) => (allowed ? 1 : 0)));
}
