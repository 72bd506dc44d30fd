import { expect, test } from "vitest";
import {
  findLabelKinds,
  labelColor,
  largestWeight,
  maybeLabelKind,
  visibleToken,
} from "../../../../src/outputs/tokens/token-text.ts";

test("spaces and line breaks of a token are seen", () => {
  expect([" a b", "▁a", "\n", "", "나"].map(visibleToken)).toEqual(["␣a␣b", "▁a", "↵", "∅", "나"]);
});

test("tags of every scheme name the same kind", () => {
  const kinds = ["B-PER", "I-PER", "E-PER", "S-PER", "PER", "O", null, undefined].map(maybeLabelKind);
  expect(kinds).toEqual(["PER", "PER", "PER", "PER", "PER", undefined, undefined, undefined]);
});

test("kinds take their colours in the order in which they come, over all sequences", () => {
  const kinds = findLabelKinds([
    { tokens: ["a", "b"], labels: ["O", "B-LOC"] },
    { tokens: ["c", "d"], labels: ["B-PER", "I-LOC"] },
  ]);
  expect(kinds).toEqual(["LOC", "PER"]);
  expect(labelColor(kinds, "PER")).toBe("var(--series-2)");
  expect(labelColor(["a", "b", "c", "d", "e", "f", "g"], "g")).toBe("var(--series-1)");
});

test("the strongest weight counts whatever its sign, and what is no number does not", () => {
  expect(
    largestWeight([
      { tokens: ["a"], weights: [0.5, -2, NaN] },
      { tokens: ["b"], weights: [1] },
    ]),
  ).toBe(2);
  expect(largestWeight([{ tokens: ["a"] }])).toBe(0);
});
