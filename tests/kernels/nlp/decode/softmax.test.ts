import { createRandom } from "gongbu/data";
import { expect, it } from "vitest";
import { expOfNegative, logSumExp, toProbabilities } from "../../../../kernels/nlp/decode/softmax.ts";

it("the powers are those of Math.exp to thirteen digits, down to the least double", () => {
  const random = createRandom(1);
  for (let i = 0; i < 20_000; i++) {
    const x = -(10 ** (random.uniform() * 14 - 11));
    const expected = Math.exp(x);
    expect(Math.abs(expOfNegative(x) - expected), `e^${x}`).toBeLessThanOrEqual(1e-13 * expected + 5e-324);
  }
  expect(expOfNegative(0)).toBe(1);
  expect(expOfNegative(-744)).toBe(Math.exp(-744));
  expect([-745, -1e9, -Infinity].map(expOfNegative)).toEqual([0, 0, 0]);
  expect(expOfNegative(NaN)).toBeNaN();
});

it("log Σ e^x of large numbers, small ones, and none that is possible", () => {
  expect(logSumExp([1000, 1000])).toBeCloseTo(1000 + Math.log(2), 12);
  expect(logSumExp([-1000, -1000 + Math.log(3)])).toBeCloseTo(-1000 + Math.log(4), 12);
  expect(logSumExp([-Infinity, 2])).toBe(2);
  expect(logSumExp([-Infinity, -Infinity])).toBe(-Infinity);
  expect(logSumExp([])).toBe(-Infinity);
  for (const values of [
    [1, NaN],
    [NaN, 1],
    [-Infinity, NaN],
    [Infinity, 1],
    [Infinity, -Infinity],
  ])
    expect(logSumExp(Float32Array.from(values)), String(values)).toBeNaN();
});

it("probabilities add up to 1, or are all 0 where nothing is possible", () => {
  const probabilities = toProbabilities(Float64Array.of(1, 2, -Infinity, 3));
  expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 14);
  expect(probabilities[2]).toBe(0);
  expect(toProbabilities(Float64Array.of(-Infinity, -Infinity))).toEqual(Float64Array.of(0, 0));
});
