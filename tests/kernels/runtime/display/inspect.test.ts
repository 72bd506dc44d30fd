import * as tf from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";
import { inspect } from "../../../../kernels/runtime/display/inspect.ts";
import type { Inspected } from "../../../../kernels/runtime/display/output.ts";

/** All the pictures in a picture, itself among them. */
function countOf(value: Inspected): number {
  if (value.type === "list") return 1 + value.items.reduce((sum, item) => sum + countOf(item), 0);
  if (value.type === "record") return 1 + value.entries.reduce((sum, entry) => sum + countOf(entry.value), 0);
  return 1;
}

describe("inspect", () => {
  it.each([
    ["a string", "ab", { type: "primitive", of: "string", text: "ab" }],
    ["minus zero", -0, { type: "primitive", of: "number", text: "-0" }],
    ["a bigint", 10n, { type: "primitive", of: "bigint", text: "10" }],
    ["null", null, { type: "primitive", of: "null", text: "null" }],
    ["undefined", undefined, { type: "primitive", of: "undefined", text: "undefined" }],
    ["a symbol", Symbol("s"), { type: "primitive", of: "symbol", text: "Symbol(s)" }],
    ["a function", function add() {}, { type: "function", name: "add", of: "function" }],
    ["a class", class Model {}, { type: "function", name: "Model", of: "class" }],
    ["a date", new Date(0), { type: "date", text: "1970-01-01T00:00:00.000Z" }],
    ["a date that is none", new Date(NaN), { type: "date", text: "Invalid Date" }],
    ["a regular expression", /a+/g, { type: "regexp", text: "/a+/g" }],
    ["an error", new RangeError("far"), { type: "error", name: "RangeError", message: "far" }],
  ])("pictures %s", (_, value, picture) => {
    expect(inspect(value)).toEqual(picture);
  });

  it("names typed arrays, sets and classes by their constructors", () => {
    class Point {
      x = 1;
    }
    expect(inspect(new Float32Array([1, 2]))).toMatchObject({
      type: "list",
      name: "Float32Array",
      length: 2,
      items: [{ text: "1" }, { text: "2" }],
    });
    expect(inspect(new Set(["a"]))).toMatchObject({ type: "list", name: "Set", length: 1 });
    expect(inspect(new Point())).toMatchObject({ type: "record", name: "Point", size: 1 });
    expect(inspect(Object.create(null))).toEqual({ type: "record", name: "Object", size: 0, entries: [] });
  });

  it("pictures the keys of a map, whatever they are", () => {
    expect(inspect(new Map([[{ k: 1 }, "v"]]))).toMatchObject({
      type: "record",
      name: "Map",
      entries: [{ key: { type: "record", size: 1 }, value: { text: "v" } }],
    });
  });

  it("keeps the first items of a long list and says how long it is", () => {
    const picture = inspect(Array.from({ length: 1_000_000 }, (_, i) => i));
    expect(picture).toMatchObject({ type: "list", length: 1_000_000 });
    expect(picture.type === "list" && picture.items.length).toBe(100);
  });

  it("does not visit a long list beyond what it keeps", () => {
    const list = Array.from({ length: 1000 }, () => 0);
    let read = 0;
    const watched = new Proxy(list, {
      get(target, key) {
        if (typeof key === "string" && /^\d+$/.test(key)) read += 1;
        return Reflect.get(target, key) as unknown;
      },
    });
    inspect(watched);
    expect(read).toBeLessThanOrEqual(101);
  });

  it("keeps the beginning of a long string and says how long it is", () => {
    const picture = inspect("x".repeat(5000));
    expect(picture).toMatchObject({ of: "string", length: 5000 });
    expect(picture.type === "primitive" && picture.text).toHaveLength(2000);
  });

  it("stays small for a value that is wide and deep at once", () => {
    const wide = (depth: number): unknown =>
      depth === 0 ? 0 : Array.from({ length: 50 }, () => wide(depth - 1));
    expect(countOf(inspect(wide(4)))).toBeLessThan(5000);
  });

  it("leaves out what lies too deep", () => {
    expect(JSON.stringify(inspect([[[[[1]]]]]))).toContain('"why":"depth"');
    expect(JSON.stringify(inspect([[[[1]]]]))).not.toContain('"why"');
  });

  it("says where a value goes round in a circle, and pictures what merely occurs twice", () => {
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    expect(inspect(loop)).toMatchObject({ entries: [{ key: "self", value: { why: "circular" } }] });
    const shared = { a: 1 };
    expect(inspect([shared, shared])).toMatchObject({ items: [{ type: "record" }, { type: "record" }] });
  });

  it("does not call getters", () => {
    let called = false;
    const picture = inspect({
      get heavy() {
        called = true;
        return 1;
      },
    });
    expect(picture).toMatchObject({ entries: [{ key: "heavy", value: { type: "elided", why: "getter" } }] });
    expect(called).toBe(false);
  });

  it("gives a class with a static member called name no name, so that it can be sent", () => {
    class Odd {
      static name() {}
    }
    expect(structuredClone(inspect(Odd))).toEqual({ type: "function", name: "", of: "class" });
  });

  it("shows a tensor's shape, type and first values, and says when it has been disposed", () => {
    const tensor = tf.range(0, 12).reshape([3, 4]);
    const picture = { type: "tensor", shape: [3, 4], dtype: "float32" };
    expect(inspect(tensor)).toEqual({ ...picture, head: [0, 1, 2, 3, 4, 5, 6, 7], disposed: false });
    tensor.dispose();
    expect(inspect(tensor)).toEqual({ ...picture, head: [], disposed: true });
  });
});
