import { kFold } from "gongbu/data";
import { expect, test } from "vitest";

const rows = Array.from({ length: 23 }, (_, id) => ({
  id,
  label: id < 13 ? "many" : id < 18 ? "some" : "few",
}));

test("every row is tested on once and trained on otherwise, in parts of like size", () => {
  const folds = kFold(rows, { folds: 4, seed: 3 });
  expect(folds.map(({ test }) => test.length)).toEqual([6, 6, 6, 5]);
  expect(folds.flatMap(({ test }) => test).sort((a, b) => a.id - b.id)).toEqual(rows);
  for (const { train, test } of folds) {
    expect([...train, ...test].sort((a, b) => a.id - b.id)).toEqual(rows);
    expect(test).toEqual([...test].sort((a, b) => a.id - b.id));
  }
});

test("with classes, no two parts differ by more than one row of a class, nor in all", () => {
  const folds = kFold(rows, { by: ({ label }) => label });
  for (const name of ["many", "some", "few"]) {
    const counts = folds.map(({ test }) => test.filter(({ label }) => label === name).length);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
  }
  expect(folds.map(({ test }) => test.length).sort()).toEqual([4, 4, 5, 5, 5]);
});

test("the same seed deals alike, another differently", () => {
  expect(kFold(rows, { seed: 1 })).toEqual(kFold(rows, { seed: 1 }));
  expect(kFold(rows, { seed: 2 })).not.toEqual(kFold(rows, { seed: 1 }));
});

test("more folds than rows, or than a class has, are refused", () => {
  expect(() => kFold(rows, { folds: 24 })).toThrow(/kFold: `folds` is 24.*2…23/);
  expect(() => kFold(rows, { folds: 1 })).toThrow(/`folds` is 1/);
  expect(() => kFold([], {})).toThrow(/kFold: `rows` is empty/);
  expect(() => kFold(rows, { folds: 6, by: ({ label }) => label })).toThrow(
    /The class "some" has 5 row\(s\), and there are 6 folds/,
  );
});
