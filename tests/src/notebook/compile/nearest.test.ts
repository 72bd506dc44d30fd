import { describe, expect, it } from "vitest";
import { editDistance, maybeNearest } from "../../../../src/notebook/compile/nearest.ts";

describe("the edit distance", () => {
  it.each([
    ["kitten", "sitting", 3],
    ["", "abc", 3],
    ["loss", "loss", 0],
    ["lsos", "loss", 1],
    ["Loss", "loss", 0.5],
    ["ca", "abc", 3],
  ])("of %j and %j is %d, in both directions", (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
    expect(editDistance(b, a)).toBe(distance);
  });
});

describe("the nearest name", () => {
  it("is the one with the fewest edits", () => {
    expect(maybeNearest("softmix", ["softmin", "softmax", "sigmoid"])).toBe("softmin");
  });

  it("is none when a third of the name would have to change", () => {
    expect(maybeNearest("rate", ["date", "model"])).toBe("date");
    expect(maybeNearest("rate", ["rowed", "model"])).toBeUndefined();
  });

  it("is never the name itself", () => {
    expect(maybeNearest("x", ["x"])).toBeUndefined();
  });
});
