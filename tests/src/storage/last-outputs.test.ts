import { describe, expect, test } from "vitest";
import type { Output } from "../../../kernels/runtime/display/output.ts";
import { getOutputsWithin } from "../../../src/storage/last-outputs.ts";

const words = (length: number): Output => ({ kind: "text", text: "x".repeat(length) });

describe("the last outputs that are kept", () => {
  test("are all of them while they are small", () => {
    const outputs = [0, 1, 2].map((slot) => ({ slot, output: words(10) }));
    expect(getOutputsWithin(outputs, 10_000)).toEqual(outputs);
  });

  test("leave out one that is too large, whole, and keep the smaller ones after it", () => {
    const outputs = [words(10), words(9000), words(10)].map((output, slot) => ({ slot, output }));
    expect(getOutputsWithin(outputs, 10_000).map(({ slot }) => slot)).toEqual([0, 2]);
  });

  test("leave out what the database cannot store", () => {
    const file: Output = {
      kind: "input",
      inputId: "f",
      value: [new Blob(["x"])],
      control: { type: "file" },
    };
    expect(getOutputsWithin([{ slot: 0, output: file }], 10_000)).toEqual([]);
  });

  test("count a typed array by its bytes", () => {
    const figure: Output = {
      kind: "figure",
      data: [{ y: new Float64Array(1000) }],
      layout: {},
      description: "",
    };
    expect(getOutputsWithin([{ slot: 0, output: figure }], 7000)).toEqual([]);
    expect(getOutputsWithin([{ slot: 0, output: figure }], 9000)).toHaveLength(1);
  });
});
