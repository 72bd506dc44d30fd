import { batches, classWeights, createLabelMap, createRandom, shuffle, stratifiedSplit } from "gongbu/data";
import { expect, test } from "vitest";

const rows = Array.from({ length: 100 }, (_, id) => ({
  id,
  label: id < 70 ? "many" : id < 90 ? "some" : "few",
}));
const options = {
  fractions: { train: 0.6, dev: 0.1, test: 0.3 },
  by: (row: { label: string }) => row.label,
  seed: 5,
};

test("every part has every class's share, every row is in one part, and rows keep their order", () => {
  const split = stratifiedSplit(rows, options);
  const counts = (part: typeof rows) =>
    ["many", "some", "few"].map((name) => part.filter(({ label }) => label === name).length);
  expect([split.train, split.dev, split.test].map(counts)).toEqual([
    [42, 12, 6],
    [7, 2, 1],
    [21, 6, 3],
  ]);
  expect([...split.train, ...split.dev, ...split.test].map(({ id }) => id).sort((a, b) => a - b)).toEqual(
    rows.map(({ id }) => id),
  );
  expect(split.train.map(({ id }) => id)).toEqual(split.train.map(({ id }) => id).sort((a, b) => a - b));
});

test("the same seed splits alike, another differently", () => {
  expect(stratifiedSplit(rows, options)).toEqual(stratifiedSplit(rows, options));
  expect(stratifiedSplit(rows, { ...options, seed: 6 })).not.toEqual(stratifiedSplit(rows, options));
});

test("what rounding leaves over goes where most was lost", () => {
  const parts = stratifiedSplit([1, 2, 3, 4], { fractions: { a: 0.5, b: 0.3, c: 0.2 }, by: () => "" });
  expect([parts.a.length, parts.b.length, parts.c.length]).toEqual([2, 1, 1]);
});

test("fractions that do not add up, and nothing to split, are refused", () => {
  expect(() => stratifiedSplit(rows, { ...options, fractions: { a: 0.5, b: 0.4 } })).toThrow(
    /add up to 0\.9/,
  );
  expect(() => stratifiedSplit(rows, { ...options, fractions: { a: 0, b: 1 } })).toThrow(/`fraction` is 0/);
  expect(() => stratifiedSplit([], options)).toThrow(/stratifiedSplit: `rows` is empty/);
});

test("batches cut in order, or shuffled by a seed, with or without the last short one", () => {
  expect(batches([1, 2, 3, 4, 5], { size: 2 })).toEqual([[1, 2], [3, 4], [5]]);
  expect(batches([1, 2, 3, 4, 5], { size: 2, dropLast: true })).toEqual([[1, 2], [3, 4]]); // prettier-ignore
  const shuffled = batches(rows, { size: 30, seed: 1 }).flat();
  expect(shuffled).toEqual(shuffle(rows, { seed: 1 }));
  expect(shuffled).not.toEqual(rows);
  expect(batches([], { size: 2 })).toEqual([]);
  expect(() => batches([1], { size: 0 })).toThrow(/batches: `size` is 0/);
});

test("batches by length hold examples of like length, in an order that the seed decides", () => {
  const random = createRandom(4);
  const sentences = Array.from({ length: 103 }, (_, id) => ({ id, length: 1 + random.integer(40) }));
  const options = { size: 8, seed: 1, lengthOf: ({ length }: { length: number }) => length, pool: 4 };
  const bucketed = batches(sentences, options);
  expect(bucketed.flat().sort((a, b) => a.id - b.id)).toEqual(sentences);
  expect(bucketed.map((batch) => batch.length).sort()).toEqual([7, ...new Array<number>(12).fill(8)]);
  const padded = (all: (typeof sentences)[]) =>
    all.reduce((sum, batch) => sum + batch.length * Math.max(...batch.map(({ length }) => length)), 0);
  expect(padded(bucketed)).toBeLessThan(0.75 * padded(batches(sentences, { size: 8, seed: 1 })));
  expect(batches(sentences, options)).toEqual(bucketed);
  expect(batches(sentences, { ...options, seed: 2 })).not.toEqual(bucketed);
  const firsts = bucketed.map(([{ length }]) => length);
  expect(firsts).not.toEqual([...firsts].sort((a, b) => a - b));
});

test("without a seed batches by length go from short to long, equal lengths in their order", () => {
  const words = ["ccc", "a", "bb", "d", "eee"];
  expect(batches(words, { size: 2, lengthOf: (word) => word.length })).toEqual([
    ["a", "d"],
    ["bb", "ccc"],
    ["eee"],
  ]);
  expect(batches(words, { size: 2, lengthOf: (word) => word.length, dropLast: true })).toHaveLength(2);
  expect(() => batches(words, { size: 2, lengthOf: () => 1, pool: 0 })).toThrow(/batches: `pool` is 0/);
});

test("a label map is its own inverse, in the order given or sorted", () => {
  const map = createLabelMap(["joy", "anger", "joy"]);
  expect([map.classes, map.size]).toEqual([["joy", "anger"], 2]);
  expect(map.decode(map.encode(["anger", "joy"]))).toEqual(["anger", "joy"]);
  expect(createLabelMap(["joy", "anger"], { order: "alphabet" }).encode(["joy"])).toEqual([1]);
  expect(() => map.encode(["Joy"])).toThrow(
    /LabelMap\.encode: The label is "Joy"\. The classes are "joy", "anger"/,
  );
  expect(() => map.decode([2])).toThrow(/LabelMap\.decode: `ids\[0\]` is 2/);
  expect(() => createLabelMap([])).toThrow(/`labels` is empty/);
});

test("class weights make rare classes heavy and average 1 over the labels", () => {
  expect(classWeights([0, 0, 0, 1], { classes: 2 })).toEqual([4 / 6, 2]);
  expect(() => classWeights([0, 0], { classes: 2 })).toThrow(/classWeights: No label is of class 1/);
  expect(() => classWeights([5], { classes: 2 })).toThrow(/`labels\[0\]` is 5/);
});
