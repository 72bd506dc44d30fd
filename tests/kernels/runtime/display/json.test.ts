import * as tf from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";
import { toJson } from "../../../../kernels/runtime/display/json.ts";

describe("a value as JSON", () => {
  it("has typed arrays, sets and maps as arrays", () => {
    const value = {
      f: new Float32Array([0.5, 2]),
      s: new Set([1]),
      m: new Map([["k", 1]]),
      b: new BigInt64Array([3n]),
    };
    expect(toJson(value)).toEqual({ f: [0.5, 2], s: [1], m: [["k", 1]], b: ["3"] });
  });

  it("has tensors with their shape and type, and no data once they are disposed", () => {
    const tensor = tf.tensor2d(
      [
        [1, 2],
        [3, 4],
      ],
      [2, 2],
      "int32",
    );
    expect(toJson({ tensor })).toEqual({ tensor: { shape: [2, 2], dtype: "int32", data: [1, 2, 3, 4] } });
    tensor.dispose();
    expect(toJson(tensor)).toEqual({ shape: [2, 2], dtype: "int32", data: null });
  });

  it("has the numbers that JSON lacks as strings", () => {
    expect(toJson([NaN, Infinity, -Infinity, 1.5, 2n])).toEqual(["NaN", "Infinity", "-Infinity", 1.5, "2"]);
  });

  it("leaves functions out of records, and holds their places in lists", () => {
    expect(toJson({ f: () => 1, s: Symbol("s"), u: undefined, n: null })).toEqual({ n: null });
    expect(toJson([() => 1, 2])).toEqual([null, 2]);
  });

  it("has dates and errors as what is to be read of them", () => {
    expect(toJson([new Date(0), new Date(NaN), new RangeError("far")])).toEqual([
      "1970-01-01T00:00:00.000Z",
      null,
      { name: "RangeError", message: "far" },
    ]);
  });

  it("marks a way back to itself, and repeats what merely occurs twice", () => {
    const shared = { a: 1 };
    const loop: Record<string, unknown> = { x: shared, y: shared };
    loop.self = [loop];
    expect(toJson(loop)).toEqual({ x: { a: 1 }, y: { a: 1 }, self: ["[circular]"] });
  });

  it("keeps a key that means something to JavaScript", () => {
    const json = toJson(JSON.parse('{"__proto__": 1, "a": 2}')) as object;
    expect(JSON.stringify(json)).toBe('{"__proto__":1,"a":2}');
  });

  it("survives a trip through JSON text unchanged", () => {
    const json = toJson({
      a: [1, "NaN", { b: new Uint8Array(2) }],
      c: new Map([[{ k: NaN }, new Set("ab")]]),
    });
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
  });
});
