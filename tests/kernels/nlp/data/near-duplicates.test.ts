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

test.each([
  { n: 3, threshold: 0.4 },
  { n: 2, threshold: 0.5 },
  { n: 2, threshold: 0 },
  { n: 1, threshold: 0.75 },
  { n: 1, threshold: 2 / 3 },
])("exactly the pairs are found that comparing all with all finds, n $n, threshold $threshold", (options) => {
  const { n, threshold } = options;
  const random = createRandom(9);
  const texts = Array.from({ length: 120 }, () =>
    Array.from({ length: 2 + random.integer(6) }, () => "vwxyz"[random.integer(5)]).join(" "),
  );
  const sets = texts.map((text) => {
    const words = text.split(" ");
    const starts = words.slice(n - 1).map((_, start) => start);
    return new Set(
      starts.length > 0 ? starts.map((start) => words.slice(start, start + n).join(" ")) : [text],
    );
  });
  const pairs: string[] = [];
  sets.forEach((a, i) =>
    sets.forEach((b, j) => {
      const both = [...a].filter((run) => b.has(run)).length;
      if (i < j && both / (a.size + b.size - both) > threshold) pairs.push(`${i} ${j}`);
    }),
  );
  expect(pairs.length).toBeGreaterThan(20);
  const found = nearDuplicates(texts, options).map(({ first, second }) => `${first} ${second}`);
  expect(found.sort()).toEqual(pairs.sort());
});

test("twenty thousand sentences of one mould are searched by their rare words", () => {
  const random = createRandom(1);
  const name = () => `w${random.integer(300)}`;
  const texts = Array.from(
    { length: 20_000 },
    () => `the error in ${name()} at line ${name()} was not ${name()}`,
  );
  texts.push(texts[7], `${texts[8]} now`);
  const pairs = nearDuplicates(texts, { threshold: 0.8 }).map(({ first, second }) => [first, second]);
  expect(pairs).toContainEqual([7, 20_000]);
  expect(pairs).toContainEqual([8, 20_001]);
});

test("a threshold or a run that makes no sense is refused", () => {
  expect(() => nearDuplicates(["a"], { threshold: 1 })).toThrow(/nearDuplicates: `threshold` is 1/);
  expect(() => nearDuplicates(["a"], { n: 0 })).toThrow(/`n` is 0/);
});
