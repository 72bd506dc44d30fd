/** Curves that are still growing, with as many points as can be told apart on the way. */
import type { Figure, Trace } from "./figure-data.ts";

/** Points of a growing curve that are drawn at most: about two for three pixels. */
export const MOST_POINTS = 512;

/**
 * The figure with its long curves thinned: of every stretch of points the lowest and the highest, so that a spike stays.
 * A drawing of thousands of points ten times a second would take the page's thread from the reader.
 */
export function thinCurves({ data, layout }: Figure): Figure {
  return { data: data.map(thinCurve), layout };
}

function thinCurve(trace: Trace): Trace {
  const { y } = trace;
  if (!isCurve(trace) || !isNumbers(y) || y.length <= MOST_POINTS) return trace;
  const kept = findExtremes(y);
  const pick = (values: unknown) =>
    Array.isArray(values) ? kept.map((i) => values[i] as unknown) : undefined;
  // Points without x of their own have their places.
  return { ...trace, x: pick(trace.x) ?? kept, y: pick(y) };
}

/** A line whose other attributes are the whole line's, not a point's. */
function isCurve({ type, mode, x, y, ...rest }: Trace): boolean {
  if (type !== undefined && type !== "scatter") return false;
  if (mode !== "lines" || rest.x0 !== undefined || rest.dx !== undefined) return false;
  if (Object.values(rest).some((value) => Array.isArray(value))) return false;
  return x === undefined || (Array.isArray(x) && Array.isArray(y) && x.length === y.length);
}

function isNumbers(values: unknown): values is number[] {
  return Array.isArray(values) && values.every((value) => typeof value === "number");
}

/**
 * Places of the lowest and the highest of each stretch, and of the last point. Stretches are a power of two long, so that
 * a curve that grows keeps the points that it had for as long as it does not double.
 */
function findExtremes(values: readonly number[]): number[] {
  let length = 4;
  while ((2 * values.length) / length > MOST_POINTS) length *= 2;
  const kept: number[] = [];
  for (let start = 0; start < values.length; start += length) {
    const end = Math.min(start + length, values.length);
    let low = start;
    let high = start;
    for (let i = start + 1; i < end; i++) {
      if (values[i] < values[low]) low = i;
      if (values[i] > values[high]) high = i;
    }
    kept.push(Math.min(low, high));
    if (low !== high) kept.push(Math.max(low, high));
  }
  if (kept.at(-1) !== values.length - 1) kept.push(values.length - 1);
  return kept;
}
