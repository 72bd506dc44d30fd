/** A cell's value as plain JSON, for the command line, tests and files. */
import { isTensor } from "./inspect.ts";

/**
 * Typed arrays become arrays, tensors `{shape, dtype, data}`, maps and sets arrays, bigints strings, NaN and the
 * infinities the strings "NaN", "Infinity" and "-Infinity". Functions and symbols are left out, as JSON leaves them out.
 * A reference back to an ancestor becomes the string "[circular]".
 */
export function toJson(value: unknown, ancestors: readonly object[] = []): unknown {
  if (typeof value === "bigint") return String(value);
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (typeof value === "function" || typeof value === "symbol") return undefined;
  if (typeof value !== "object" || value === null) return value;
  if (ancestors.includes(value)) return "[circular]";
  if (isTensor(value)) {
    const data = value.isDisposed ? null : Array.from(value.dataSync(), (item) => toJson(item));
    return { shape: [...value.shape], dtype: value.dtype, data };
  }
  const path = [...ancestors, value];
  const items = (list: Iterable<unknown>) => Array.from(list, (item) => toJson(item, path) ?? null);
  if (value instanceof Date) return Number.isNaN(+value) ? null : value.toISOString();
  if (value instanceof Error) return { name: value.name, message: value.message };
  if (ArrayBuffer.isView(value))
    return value instanceof DataView ? [] : items(value as unknown as Iterable<unknown>);
  if (Array.isArray(value) || value instanceof Set || value instanceof Map) return items(value);
  const entries = Object.entries(value).map(([key, item]) => [key, toJson(item, path)] as const);
  return Object.fromEntries(entries.filter(([, json]) => json !== undefined));
}
