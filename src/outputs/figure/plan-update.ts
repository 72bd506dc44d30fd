/** The least that Plotly has to do to come from one figure to the next. */
import type { Figure, Trace } from "./figure-data.ts";

export type FigureUpdate =
  /** Nothing stands yet. */
  | { readonly kind: "new" }
  | { readonly kind: "none" }
  /** Curves have grown at their ends and all else is as it was. `added.y[i]` belongs to the trace `traces[i]`. */
  | {
      readonly kind: "extend";
      readonly traces: readonly number[];
      readonly added: Readonly<Record<string, unknown[][]>>;
    }
  | { readonly kind: "react" };

export function planUpdate(previous: Figure | undefined, next: Figure): FigureUpdate {
  if (!previous) return { kind: "new" };
  if (previous.data.length !== next.data.length || !isSame(previous.layout, next.layout))
    return { kind: "react" };
  const traces: number[] = [];
  const growths: Growth[] = [];
  for (const [i, trace] of next.data.entries()) {
    const growth = maybeGrowth(previous.data[i], trace);
    if (!growth) return { kind: "react" };
    if (growth.y.length === 0) continue;
    traces.push(i);
    growths.push(growth);
  }
  if (traces.length === 0) return { kind: "none" };
  const y = growths.map((growth) => growth.y);
  if (growths.every((growth) => growth.x === undefined)) return { kind: "extend", traces, added: { y } };
  const x = growths.flatMap((growth) => (growth.x ? [growth.x] : []));
  // Plotly extends one set of attributes for all traces at once.
  return x.length === y.length ? { kind: "extend", traces, added: { x, y } } : { kind: "react" };
}

interface Growth {
  readonly x?: unknown[];
  readonly y: unknown[];
}

/** The points that a trace has more than before; undefined when anything else of it has changed. */
function maybeGrowth(previous: Trace, next: Trace): Growth | undefined {
  const keys = Object.keys(next);
  if (keys.length !== Object.keys(previous).length) return undefined;
  for (const key of keys) {
    if (key !== "x" && key !== "y" && !(key in previous && isSame(previous[key], next[key])))
      return undefined;
  }
  const x = maybeTail(previous.x, next.x);
  const y = maybeTail(previous.y, next.y);
  if (next.x === undefined && previous.x === undefined) {
    return y ? { y } : isSame(previous.y, next.y) ? { y: [] } : undefined;
  }
  return x && y && x.length === y.length ? { x, y } : undefined;
}

/**
 * What an array has more than its earlier self, which must be its beginning to the last value: a training that began
 * anew differs in the middle, too. An empty one has no tail: Plotly does not count a trace without points as drawn.
 */
function maybeTail(previous: unknown, next: unknown): unknown[] | undefined {
  if (!Array.isArray(previous) || !Array.isArray(next)) return undefined;
  if (next.length < previous.length) return undefined;
  if (previous.length === 0) return next.length === 0 ? [] : undefined;
  for (let i = previous.length - 1; i >= 0; i--) {
    if (previous[i] !== next[i] && !isSame(previous[i], next[i])) return undefined;
  }
  return next.slice(previous.length);
}

/** Equality of plain data, NaN equal to itself. */
function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, i) => isSame(item, b[i]));
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => key in b && isSame((a as Trace)[key], (b as Trace)[key]));
}
