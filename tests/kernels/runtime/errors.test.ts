import { describe, expect, it } from "vitest";
import {
  AbortError,
  cellFrames,
  fromPlainError,
  isAbort,
  KernelError,
  toPlainError,
} from "../../../kernels/runtime/errors.ts";

const bodyLineOf = (cell: string) => ({ train: 3, plot: 1 })[cell];
const nowhere = () => undefined;

describe("the frames of a stack", () => {
  const frames = [
    { cell: "train", name: "step", at: { line: 4, column: 9 } },
    { cell: "train", name: "", at: { line: 1, column: 1 } },
    { cell: "plot", name: "draw", at: { line: 2, column: 3 } },
  ];

  it("are found as V8 writes them", () => {
    const stack = `TypeError: no
    at step (cell:train:6:9)
    at Array.map (<anonymous>)
    at eval (cell:train:3:1)
    at fit (https://gongbu.example/kernel.js:10:20)
    at async draw (cell:plot:2:3)
    at node:internal/main:1:2`;
    expect(cellFrames(stack, bodyLineOf)).toEqual(frames);
  });

  it("are found as Firefox writes them", () => {
    const stack = `step@cell:train:6:9
anonymous@cell:train:3:1
fit@https://gongbu.example/kernel.js:10:20
draw@cell:plot:2:3
`;
    expect(cellFrames(stack, bodyLineOf)).toEqual(frames);
  });

  it("leave out cells that are gone, and the wrapper's own lines", () => {
    expect(cellFrames("    at a (cell:gone:5:1)\n    at b (cell:train:2:1)", bodyLineOf)).toEqual([]);
  });
});

describe("an error as data", () => {
  it("has its innermost cell frame as its place", () => {
    const error = Object.assign(new TypeError("no"), {
      stack: "TypeError: no\n    at f (cell:train:5:2)\n    at g (cell:plot:1:1)",
    });
    expect(toPlainError(error, bodyLineOf)).toMatchObject({
      name: "TypeError",
      text: "no",
      cell: "train",
      at: { line: 3, column: 2 },
      frames: [{ cell: "train" }, { cell: "plot" }],
    });
  });

  it("keeps the code and both languages of an error of ours", () => {
    const error = new KernelError("unknown-cell", { en: "No cell.", ko: "셀이 없습니다." });
    expect(toPlainError(error, nowhere)).toEqual({
      name: "KernelError",
      code: "unknown-cell",
      text: { en: "No cell.", ko: "셀이 없습니다." },
    });
  });

  it("follows a chain of causes, and ends where it goes round", () => {
    const inner: Error = new RangeError("inner");
    const outer = new Error("outer", { cause: new Error("middle", { cause: inner }) });
    inner.cause = outer;
    let depth = 0;
    for (let error = toPlainError(outer, nowhere); error.cause; error = error.cause) depth += 1;
    expect(depth).toBe(4);
    expect(toPlainError(outer, nowhere).cause?.cause).toMatchObject({ name: "RangeError", text: "inner" });
  });

  it.each([
    ["a string", "oh", "oh"],
    ["a number", 5, "5"],
    ["undefined", undefined, "undefined"],
    ["null", null, "null"],
    ["a record", { why: "x" }, '{"why":"x"}'],
    ["a bigint in a record", { n: 1n }, "[object Object]"],
    ["a symbol", Symbol("s"), "Symbol(s)"],
    ["a record that says nothing of itself", { toJSON: () => undefined }, "undefined"],
  ])("tells of %s that was thrown", (_, thrown, words) => {
    expect(toPlainError(thrown, nowhere)).toEqual({ name: "Thrown value", text: words });
  });

  it.each([
    ["a message that is no text", Object.assign(new Error(), { message: () => 1 })],
    ["a name that is no text", Object.assign(new Error("x"), { name: () => 1, stack: 5 })],
    [
      "words that are no text",
      Object.assign(new Error("x"), { text: { en: () => 1, ko: 2 }, code: () => 1 }),
    ],
  ])("can be sent whatever it holds: %s", (_, error) => {
    const plain = toPlainError(error, nowhere);
    expect(structuredClone(plain)).toEqual(plain);
  });

  it("becomes an error again that gives the same data back", () => {
    const plain = {
      name: "FetchError",
      code: "host-not-allowed",
      text: { en: "No.", ko: "안 됩니다." },
      cause: { name: "RangeError", text: "far", cause: { name: "Error", text: "deep" } },
    };
    const error = fromPlainError(plain);
    expect(error).toBeInstanceOf(Error);
    expect(String(error)).toBe("FetchError: No.");
    expect(toPlainError(error, nowhere)).toEqual(plain);
  });
});

it("an abort is known by its name, whichever boundary it has crossed", () => {
  expect(isAbort(new AbortError("stopped"))).toBe(true);
  expect(isAbort(new DOMException("stopped", "AbortError"))).toBe(true);
  expect(isAbort(fromPlainError({ name: "AbortError", text: "x" }))).toBe(true);
  expect(isAbort({ name: "AbortError" })).toBe(false);
  expect(isAbort(new Error("AbortError"))).toBe(false);
});
