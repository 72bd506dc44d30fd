import { expect, test } from "vitest";
import { findDifference } from "../../../../src/outputs/decoding/text-difference.ts";

test("words that only one of the two has are told apart, whatever blanks stand between them", () => {
  expect(findDifference("the dog  sat down", "the cat sat")).toEqual([
    { kind: "same", text: "the" },
    { kind: "missing", text: "cat" },
    { kind: "added", text: "dog" },
    { kind: "same", text: "sat" },
    { kind: "added", text: "down" },
  ]);
});

test("without a reference nothing is different, and an empty text lacks the whole of it", () => {
  expect(findDifference("a b", undefined)).toEqual([{ kind: "same", text: "a b" }]);
  expect(findDifference(" ", "a b")).toEqual([{ kind: "missing", text: "a b" }]);
});
