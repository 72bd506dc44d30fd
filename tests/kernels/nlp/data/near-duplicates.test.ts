import { createRandom, nearDuplicates } from "gongbu/data";
import { expect, test } from "vitest";

test("similarity is shared runs over all runs, whatever case and punctuation", () => {
  const found = nearDuplicates([
    "I am so happy today",
    "so, I am SO happy TODAY!!",
    "rain again",
    "Rain again.",
    "",
  ]);
  expect(found).toEqual([
    { first: 2, second: 3, similarity: 1 },
    { first: 0, second: 1, similarity: 3 / 4 },
  ]);
});

test("a pair at the threshold is not above it", () => {
  const texts = ["a b c d", "b c d e"]; // runs abc bcd | bcd cde: 1 of 3
  expect(nearDuplicates(texts, { threshold: 1 / 3 })).toEqual([]);
  expect(nearDuplicates(texts, { threshold: 0.33 })).toHaveLength(1);
  expect(nearDuplicates(texts, { n: 1, threshold: 0.5 })[0].similarity).toBe(3 / 5);
});

test("the index finds exactly the pairs that comparing all with all finds", () => {
  const random = createRandom(9);
  const texts = Array.from({ length: 120 }, () =>
    Array.from({ length: 5 }, () => "xyz"[random.integer(3)]).join(" "),
  );
  const sets = texts.map((text) => {
    const words = text.split(" ");
    return new Set(words.slice(2).map((_, start) => words.slice(start, start + 3).join(" ")));
  });
  let pairs = 0;
  sets.forEach((a, i) =>
    sets.slice(i + 1).forEach((b) => {
      const both = [...a].filter((run) => b.has(run)).length;
      if (both / (a.size + b.size - both) > 0.4) pairs += 1;
    }),
  );
  expect(pairs).toBeGreaterThan(50);
  expect(nearDuplicates(texts, { threshold: 0.4 })).toHaveLength(pairs);
  expect(() => nearDuplicates(["a"], { threshold: 1 })).toThrow(/nearDuplicates: `threshold` is 1/);
  expect(() => nearDuplicates(["a"], { n: 0 })).toThrow(/`n` is 0/);
});
