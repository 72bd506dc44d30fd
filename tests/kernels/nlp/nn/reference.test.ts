import { describe, expect, it } from "vitest";
import { onEveryBackend } from "../backends.ts";
import { REFERENCE_CASES, TOLERANCE, worstDifference } from "./reference-cases.ts";

describe("the reference files", () => {
  it("hold 18 layers and 17 losses", () => {
    expect(REFERENCE_CASES).toHaveLength(35);
  });
});

onEveryBackend("PyTorch's numbers", () => {
  it.each(REFERENCE_CASES)("$name has PyTorch's values and gradients", ({ run }) => {
    const { values, gradients, expected } = run();
    expect(Object.keys({ ...values, ...gradients }).sort()).toEqual(Object.keys(expected).sort());
    for (const [name, value] of Object.entries(values))
      expect(worstDifference(value, expected[name]), name).toBeLessThanOrEqual(TOLERANCE.values);
    for (const [name, gradient] of Object.entries(gradients))
      expect(worstDifference(gradient, expected[name]), name).toBeLessThanOrEqual(TOLERANCE.gradients);
  });
});
