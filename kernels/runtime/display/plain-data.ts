/** Anything as data that can be sent: typed arrays and tensors as arrays, functions left out. */
import { isTensor } from "./inspect.ts";
import { kindOf } from "./text.ts";

/** Throws for data that refer back to themselves: they have no plain form. */
export function toPlainData(value: unknown, ancestors: readonly object[] = []): unknown {
  if (typeof value === "function" || typeof value === "symbol") return undefined;
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  if (isTensor(value)) return nest(Array.from(value.dataSync()), value.shape);
  if (ArrayBuffer.isView(value) && !(value instanceof DataView))
    return Array.from(value as unknown as Iterable<number>);
  if (ancestors.includes(value)) {
    throw new TypeError("The data to draw refer back to themselves. Give lists and records that end.");
  }
  const path = [...ancestors, value];
  const visit = (item: unknown) => toPlainData(item, path);
  if (Array.isArray(value)) {
    // The common case, a long list of numbers, is copied as it is.
    return value.every((item) => typeof item === "number") ? value.slice() : value.map(visit);
  }
  if (value instanceof Set) return [...value].map(visit);
  const entries = Object.entries(value).map(([key, item]) => [key, visit(item)] as const);
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
}

/** A list, a typed array, a set or a tensor as a list. Throws for what is none of them. */
export function toPlainList(value: unknown, what: string): unknown[] {
  const plain = isArrayLike(value) ? Array.from(value, (item) => toPlainData(item)) : toPlainData(value);
  if (Array.isArray(plain)) return plain;
  throw new TypeError(`${what} must be a list, a typed array or a tensor, but was ${kindOf(value)}.`);
}

function isArrayLike(value: unknown): value is ArrayLike<unknown> {
  return typeof value === "object" && value !== null && "length" in value && typeof value.length === "number";
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
