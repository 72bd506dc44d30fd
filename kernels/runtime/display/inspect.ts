/** A bounded, plain picture of any JavaScript value, made where the value lives. */
import type { Inspected, InspectOutput } from "./output.ts";

export interface InspectLimits {
  /** Levels of nesting that are opened. */
  readonly depth: number;
  /** Items of a list, or entries of a record, that are kept. */
  readonly items: number;
  /** Characters of a string that are kept. */
  readonly characters: number;
}

const LIMITS: InspectLimits = { depth: 4, items: 100, characters: 2000 };
/** Values in all, so that a wide and deep value stays small. */
const BUDGET = 2000;
const TENSOR_HEAD = 8;

export function inspectOutput(value: unknown, limits: InspectLimits = LIMITS): InspectOutput {
  return { kind: "inspect", value: inspect(value, limits) };
}

export function inspect(value: unknown, limits: InspectLimits = LIMITS): Inspected {
  const budget = { left: BUDGET };
  return visit(value, limits.depth);

  function visit(value: unknown, depth: number, ancestors: readonly object[] = []): Inspected {
    budget.left -= 1;
    if (typeof value === "string") {
      const text = value.slice(0, limits.characters);
      return {
        type: "primitive",
        of: "string",
        text,
        ...(text.length < value.length && { length: value.length }),
      };
    }
    if (value === null) return { type: "primitive", of: "null", text: "null" };
    if (typeof value === "function") {
      const of = /^class\b/.test(Function.prototype.toString.call(value)) ? "class" : "function";
      // A class may have a static member of that name.
      return { type: "function", name: typeof value.name === "string" ? value.name : "", of };
    }
    if (typeof value !== "object") {
      const of = typeof value as "number" | "bigint" | "boolean" | "undefined" | "symbol";
      return { type: "primitive", of, text: Object.is(value, -0) ? "-0" : String(value) };
    }
    if (value instanceof Date)
      return { type: "date", text: Number.isNaN(+value) ? "Invalid Date" : value.toISOString() };
    if (value instanceof RegExp) return { type: "regexp", text: String(value) };
    if (value instanceof Error)
      return { type: "error", name: String(value.name), message: String(value.message) };
    if (isTensor(value)) return visitTensor(value);
    const name = constructorName(value);
    if (ancestors.includes(value)) return { type: "elided", why: "circular", name };
    if (depth <= 0 || budget.left <= 0) return { type: "elided", why: "depth", name };
    const path = [...ancestors, value];
    if (Array.isArray(value) || value instanceof Set || isTypedArray(value)) {
      const length = value instanceof Set ? value.size : value.length;
      const items: Inspected[] = [];
      for (const item of value as Iterable<unknown>) {
        if (items.length >= limits.items || budget.left <= 0) break;
        items.push(visit(item, depth - 1, path));
      }
      return { type: "list", name, length, items };
    }
    if (value instanceof Map) {
      const entries: { key: Inspected; value: Inspected }[] = [];
      for (const [key, item] of value) {
        if (entries.length >= limits.items || budget.left <= 0) break;
        entries.push({ key: visit(key, depth - 1, path), value: visit(item, depth - 1, path) });
      }
      return { type: "record", name, size: value.size, entries };
    }
    const keys = Object.keys(value);
    const entries: { key: string; value: Inspected }[] = [];
    for (const key of keys) {
      if (entries.length >= limits.items || budget.left <= 0) break;
      const property = Object.getOwnPropertyDescriptor(value, key);
      entries.push({
        key,
        value: property?.get
          ? { type: "elided", why: "getter", name: key }
          : visit(property?.value, depth - 1, path),
      });
    }
    return { type: "record", name, size: keys.length, entries };
  }
}

/** The parts of a TensorFlow.js tensor by which it is known, whichever bundle it came in. */
export interface TensorLike {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly size: number;
  readonly isDisposed: boolean;
  dataSync(): ArrayLike<number | string>;
  data(): Promise<ArrayLike<number | string>>;
}

export function isTensor(value: unknown): value is TensorLike {
  return (
    typeof value === "object" &&
    value !== null &&
    "dataId" in value &&
    "shape" in value &&
    "dtype" in value &&
    "isDisposed" in value
  );
}

function visitTensor(tensor: TensorLike): Inspected {
  const data = tensor.isDisposed ? [] : tensor.dataSync();
  const head = Array.from({ length: Math.min(TENSOR_HEAD, data.length) }, (_, i) => data[i]);
  return { type: "tensor", shape: [...tensor.shape], dtype: tensor.dtype, head, disposed: tensor.isDisposed };
}

function isTypedArray(value: object): value is Float32Array {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

function constructorName(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null) return "Object";
  const { constructor } = value as { constructor?: { name?: unknown } };
  return typeof constructor?.name === "string" && constructor.name !== "" ? constructor.name : "Object";
}
