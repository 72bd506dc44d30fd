import { expect, test } from "vitest";
import { smooth } from "../../../../src/outputs/training/smoothing.ts";

test("a running mean begins at the first value and follows the later ones", () => {
  expect(smooth([4, 2], 0.5)).toEqual([4, (0.5 * 0.5 * 4 + 0.5 * 2) / 0.75]);
  expect(smooth([3, 3, 3], 0.9)).toEqual([3, 3, 3].map((value) => expect.closeTo(value, 12)));
  expect(smooth([1, 5], 0)).toEqual([1, 5]);
});

test("what has been smoothed stays as it is when the curve grows, and a loss of NaN spoils nothing after it", () => {
  const curve = [5, 1, NaN, 4, 2];
  expect(smooth(curve, 0.8).slice(0, 4)).toEqual(smooth(curve.slice(0, 4), 0.8));
  expect(smooth(curve, 0.8)[2]).toBeNaN();
  expect(smooth(curve, 0.8)[4]).toBeGreaterThan(1);
});
