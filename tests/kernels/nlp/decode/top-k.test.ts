import { createRandom } from "gongbu/data";
import { expect, it } from "vitest";
import { countAbove, findLargest, TopK } from "../../../../kernels/nlp/decode/top-k.ts";

it("the largest are found in order, the earlier place first where values are equal", () => {
  expect(findLargest([3, 1, 4, 1, 5, 9, 2, 6], 3)).toEqual([5, 7, 4]);
  expect(findLargest([1, 2, 1, 2, 1], 4)).toEqual([1, 3, 0, 2]);
  expect(countAbove([3, 1, 4, 1, 5], 3)).toBe(2);
});

it("what is not there cannot be found: too few values, and −Infinity", () => {
  expect(findLargest([2, 1], 5)).toEqual([0, 1]);
  expect(findLargest([-Infinity, 1, -Infinity], 2)).toEqual([1]);
  expect(findLargest([], 2)).toEqual([]);
});

it("the same as by sorting everything, with many equal values", () => {
  const random = createRandom(1);
  for (let round = 0; round < 50; round++) {
    const values = Array.from({ length: 1 + random.integer(60) }, () => random.integer(12));
    const count = 1 + random.integer(20);
    const sorted = values.map((_, index) => index).sort((a, b) => values[b] - values[a] || a - b);
    expect(findLargest(values, count)).toEqual(sorted.slice(0, count));
  }
});

it("values come from several rows", () => {
  const top = new TopK(2);
  top.offer(1, 0, 7);
  top.offer(3, 1, 8);
  top.offer(2, 2, 9);
  expect(top.sorted()).toEqual([
    { value: 3, row: 1, token: 8 },
    { value: 2, row: 2, token: 9 },
  ]);
});

it("a whole row is offered as its values would be one by one", () => {
  const random = createRandom(2);
  for (let round = 0; round < 50; round++) {
    const [whole, single] = [new TopK(7), new TopK(7)];
    for (let row = 0; row < 4; row++) {
      const values = Array.from({ length: 20 }, () =>
        random.integer(9) === 0 ? -Infinity : random.integer(12),
      );
      whole.offerRow(values, { row, start: -row });
      values.forEach((value, token) => single.offer(value - row, row, token));
    }
    expect(whole.sorted()).toEqual(single.sorted());
  }
});
