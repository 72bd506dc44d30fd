import { pairedBootstrap, pearson, spearman } from "gongbu/metrics";
import { expect, test } from "vitest";
import reference from "../../../reference/metrics.json";

interface Case {
  readonly x: number[];
  readonly y: number[];
  readonly pearson: number;
  readonly spearman: number;
}

test("correlations are those of the reference numbers", () => {
  const cases = (reference as unknown as Case[]).filter((entry) => "pearson" in entry);
  expect(cases).toHaveLength(1);
  for (const { x, y, ...expected } of cases) {
    expect(pearson(x, y)).toBeCloseTo(expected.pearson, 6);
    expect(spearman(x, y)).toBeCloseTo(expected.spearman, 6);
  }
});

test("equal numbers share the mean of their ranks, as scipy.stats.spearmanr has it", () => {
  // scipy 1.17: spearmanr([1, 2, 2, 3, 2], [2, 1, 4, 4, 9]) and pearsonr of the same
  expect(spearman([1, 2, 2, 3, 2], [2, 1, 4, 4, 9])).toBeCloseTo(0.34412360080584264, 10);
  expect(pearson([1, 2, 2, 3, 2], [2, 1, 4, 4, 9])).toBeCloseTo(0.22941573387056172, 10);
});

test("a straight line is 1, its mirror −1, a curve that only rises 1 for Spearman alone, a constant NaN", () => {
  expect(pearson([1, 2, 3], [10, 20, 30])).toBeCloseTo(1, 12);
  expect(pearson([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1, 12);
  expect(spearman([0, 1, 2, 3], [0, 1, 4, 100])).toBeCloseTo(1, 12);
  expect(pearson([0, 1, 2, 3], [0, 1, 4, 100])).toBeLessThan(0.9);
  expect(pearson([1, 1], [1, 2])).toBeNaN();
  expect(pearson([0.1, 0.1, 0.1], [1, 2, 4])).toBeNaN();
  expect(pearson([1e9, 1e9 + 1, 1e9 + 2], [1, 2, 3])).toBeCloseTo(1, 10);
});

test("too few pairs and values that are no numbers are refused", () => {
  expect(() => pearson([1], [1])).toThrow(/pearson: `a\.length` is 1/);
  expect(() => spearman([1, 2], [1])).toThrow(/spearman: The lengths are `a` 2, `b` 1/);
  expect(() => spearman([1, NaN], [1, 2])).toThrow(/`a\[1\]` is NaN/);
});

const bit = (index: number, share: number) => (index % 100 < share ? 1 : 0);
const a = Array.from({ length: 300 }, (_, index) => bit(index, 80));
const b = Array.from({ length: 300 }, (_, index) => bit(index, 70)); // wrong wherever a is, and on 30 more

test("a small difference on the same examples is sure, though the two intervals overlap", () => {
  const result = pairedBootstrap(a, b, { seed: 1 });
  expect([result.a, result.b]).toEqual([0.8, 0.7]);
  expect(result.value).toBeCloseTo(0.1, 10);
  expect(result.low).toBeGreaterThan(0.05);
  expect(result.high).toBeLessThan(0.15);
  expect(result.aWins).toBe(1);
  expect(result.pValue).toBeCloseTo(2 / 1001, 10);
  const mirrored = pairedBootstrap(b, a, { seed: 1 });
  expect(mirrored.value).toBeCloseTo(-0.1, 10);
  expect(mirrored.pValue).toBe(result.pValue);
});

test("two systems that are alike differ by nothing", () => {
  expect(pairedBootstrap(a, a, { samples: 50 })).toMatchObject({
    value: 0,
    low: 0,
    high: 0,
    aWins: 0.5,
    pValue: 1,
  });
  expect(() => pairedBootstrap(a, [1])).toThrow(/pairedBootstrap: The lengths are `a` 300, `b` 1/);
  expect(() => pairedBootstrap([{}], [{}])).toThrow(/pairedBootstrap: A value is of type object/);
});
