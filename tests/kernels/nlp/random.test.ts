import { expect, test } from "vitest";
import { createRandom, xoshiro128 } from "../../../kernels/nlp/random.ts";

test("xoshiro128 gives the numbers of its reference implementation from the state 1, 2, 3, 4", () => {
  const next = xoshiro128([1, 2, 3, 4]);
  const expected = [
    11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
  ];
  expect(Array.from({ length: 10 }, next)).toEqual(expected);
});

test("the same seed gives the same numbers, another seed others", () => {
  const draw = (seed: number) => {
    const random = createRandom(seed);
    return [
      random.uniform(),
      random.normal(),
      random.integer(1000),
      ...random.shuffle([1, 2, 3, 4, 5, 6, 7, 8]),
    ];
  };
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
  expect(draw(0)).not.toEqual(draw(-1));
});

test("uniform numbers fill 0 to 1 evenly", () => {
  const random = createRandom(1);
  const counts = new Array<number>(10).fill(0);
  for (let i = 0; i < 10_000; i++) counts[Math.floor(random.uniform() * 10)] += 1;
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
});

test("normal numbers have mean 0, variance 1 and 68 % within one standard deviation", () => {
  const random = createRandom(2);
  const values = Array.from({ length: 20_000 }, () => random.normal());
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  expect(mean).toBeCloseTo(0, 1);
  expect(variance).toBeCloseTo(1, 1);
  expect(values.filter((value) => Math.abs(value) < 1).length / values.length).toBeCloseTo(0.683, 1);
});

test("whole numbers are even over a range that does not divide 2^32, and reach both ends", () => {
  const random = createRandom(3);
  const counts = [0, 0, 0];
  for (let i = 0; i < 9000; i++) counts[random.integer(3)] += 1;
  for (const count of counts) expect(Math.abs(count - 3000)).toBeLessThan(200);
  const huge = Array.from({ length: 100 }, () => random.integer(2 ** 31 + 1));
  expect(Math.max(...huge)).toBeGreaterThan(2 ** 30);
});

test("shuffle keeps every element, leaves the list alone, and gives all orders alike", () => {
  const random = createRandom(4);
  const list = ["a", "b", "c"];
  const orders = new Map<string, number>();
  for (let i = 0; i < 6000; i++) {
    const order = random.shuffle(list).join("");
    orders.set(order, (orders.get(order) ?? 0) + 1);
  }
  expect(list).toEqual(["a", "b", "c"]);
  expect(orders.size).toBe(6);
  for (const count of orders.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
});

test("a seed that is no whole number and an empty range are refused", () => {
  expect(() => createRandom(0.5)).toThrow(/createRandom: `seed` is 0\.5/);
  expect(() => createRandom(NaN)).toThrow(/`seed` is NaN/);
  expect(() => createRandom(1).integer(0)).toThrow(/random\.integer: `n` is 0/);
});
