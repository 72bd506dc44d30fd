/** Anything as data that can be sent: typed arrays and tensors as arrays, functions left out. */
import { isTensor } from "./inspect.ts";

export function toPlainData(value: unknown): unknown {
  if (typeof value === "function" || typeof value === "symbol") return undefined;
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  if (isTensor(value)) return nest(Array.from(value.dataSync()), value.shape);
  if (ArrayBuffer.isView(value) && !(value instanceof DataView))
    return Array.from(value as unknown as Iterable<number>);
  if (Array.isArray(value)) {
    // The common case, a long list of numbers, is copied as it is.
    return value.every((item) => typeof item === "number") ? value.slice() : value.map(toPlainData);
  }
  if (value instanceof Set) return [...value].map(toPlainData);
  const entries = Object.entries(value).map(([key, item]) => [key, toPlainData(item)] as const);
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
}

/** A tensor's flat data as nested lists of its shape. */
function nest(data: unknown[], shape: readonly number[]): unknown {
  if (shape.length === 0) return data[0];
  if (shape.length === 1) return data;
  const rows: unknown[] = [];
  const size = data.length / shape[0];
  for (let row = 0; row < shape[0]; row++)
    rows.push(nest(data.slice(row * size, (row + 1) * size), shape.slice(1)));
  return rows;
}
