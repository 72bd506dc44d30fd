import { accuracy, bootstrapInterval, wilsonInterval } from "gongbu/metrics";
import { expect, test } from "vitest";

const right = Array.from({ length: 400 }, (_, index) => (index % 5 === 0 ? 0 : 1)); // 80 %

test("the bootstrap of a share lies close to Wilson's interval, and holds the share", () => {
  const drawn = bootstrapInterval(right, { seed: 1, samples: 2000 });
  const wilson = wilsonInterval(320, 400);
  expect(drawn.value).toBe(0.8);
  expect(Math.abs(drawn.low - wilson.low)).toBeLessThan(0.01);
  expect(Math.abs(drawn.high - wilson.high)).toBeLessThan(0.01);
  expect(drawn.low).toBeLessThan(0.8);
  expect(drawn.high).toBeGreaterThan(0.8);
});

test("the same seed draws the same interval, and a lower level a narrower one", () => {
  const [a, b] = [bootstrapInterval(right, { seed: 2 }), bootstrapInterval(right, { seed: 2, level: 0.5 })];
  expect(bootstrapInterval(right, { seed: 2 })).toEqual(a);
  expect(b.high - b.low).toBeLessThan(a.high - a.low);
});

test("pairs are drawn together for a statistic that takes them", () => {
  const pairs = right.map((label): readonly [number, number] => [1, label]);
  const share = (drawn: readonly (readonly [number, number])[]) => accuracy(drawn.map(([t]) => t), drawn.map(([, p]) => p)); // prettier-ignore
  const options = { seed: 3, samples: 50 };
  expect(bootstrapInterval(pairs, { ...options, statistic: share })).toEqual(
    bootstrapInterval(right, options),
  );
});

test("Wilson's interval of 10 out of 10 does not claim certainty", () => {
  const { value, low, high } = wilsonInterval(10, 10);
  expect(value).toBe(1);
  expect(high).toBeCloseTo(1, 10);
  expect(low).toBeCloseTo(0.7225, 3);
  expect(wilsonInterval(0, 10).low).toBe(0);
});

test("nothing to draw from, pairs without a statistic, and impossible counts are refused", () => {
  expect(() => bootstrapInterval([])).toThrow(/bootstrapInterval: `values` is empty/);
  expect(() => bootstrapInterval([[1, 1]])).toThrow(/A value is of type object.*`statistic`/);
  expect(() => bootstrapInterval([1], { level: 1 })).toThrow(/`level` is 1/);
  expect(() => wilsonInterval(11, 10)).toThrow(/`successes` is 11/);
  expect(() => wilsonInterval(1, 10, { level: 0.8 as 0.9 })).toThrow(/`level` is "0.8"/);
});
