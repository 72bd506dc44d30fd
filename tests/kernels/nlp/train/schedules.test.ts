import { constantSchedule, cosineSchedule, linearSchedule, type Schedule } from "gongbu/train";
import { expect, test } from "vitest";

const over = (schedule: Schedule, totalSteps: number) =>
  Array.from({ length: totalSteps }, (_, index) => Number(schedule(index + 1, totalSteps).toFixed(4)));

test("the linear schedule climbs through the warm-up, peaks at 1 and falls in even steps", () => {
  expect(over(linearSchedule({ warmupSteps: 2 }), 6)).toEqual([0.5, 1, 1, 0.75, 0.5, 0.25]);
  expect(over(linearSchedule(), 4)).toEqual([1, 0.75, 0.5, 0.25]);
});

test("the cosine schedule falls slowly, fast, slowly, down to its minimum", () => {
  expect(over(cosineSchedule(), 4)).toEqual([1, 0.8536, 0.5, 0.1464]);
  expect(over(cosineSchedule({ warmupSteps: 1, minimum: 0.5 }), 3)).toEqual([1, 1, 0.75]);
});

test("the constant schedule stays at 1 after the warm-up, and a warm-up longer than the training never gets there", () => {
  expect(over(constantSchedule({ warmupSteps: 2 }), 4)).toEqual([0.5, 1, 1, 1]);
  expect(over(linearSchedule({ warmupSteps: 8 }), 2)).toEqual([0.125, 0.25]);
});

test("impossible options are refused", () => {
  expect(() => linearSchedule({ warmupSteps: -1 })).toThrow(/linearSchedule: `warmupSteps` is -1/);
  expect(() => cosineSchedule({ minimum: 2 })).toThrow(/cosineSchedule: `minimum` is 2/);
});
