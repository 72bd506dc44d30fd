import { expect, test } from "vitest";
import { createRangeScale } from "../../../../src/page/inputs/range-scale.ts";

test("a linear track is the values themselves, on their steps", () => {
  const scale = createRangeScale({ min: 0, max: 1, step: 0.1 });
  expect(scale.track).toEqual({ min: 0, max: 1, step: 0.1 });
  expect(scale.fromTrack(0.30000000000000004)).toBe(0.3);
  expect(scale.snap(7)).toBe(1);
  expect(scale.nudge(0.2, 1)).toBe(0.3);
  expect(scale.nudge(0.95, 10)).toBe(1);
});

test("without a step a linear value has a thousandth of its range at most", () => {
  const scale = createRangeScale({ min: 0, max: 10 });
  expect(scale.fromTrack(3.14159265)).toBe(3.14);
  expect(scale.nudge(5, -1)).toBe(4.9);
});

test("a logarithmic track moves through orders of magnitude", () => {
  const scale = createRangeScale({ min: 0.0001, max: 1, scale: "log" });
  expect(scale.track.min).toBeCloseTo(-4, 12);
  expect(scale.fromTrack(-2)).toBe(0.01);
  expect(scale.fromTrack(-1.5)).toBe(0.0316);
  expect(scale.fromTrack(0)).toBe(1);
  expect(scale.toTrack(0.001)).toBeCloseTo(-3, 12);
});

test("a nudge on a logarithmic track with steps always arrives at another value", () => {
  const scale = createRangeScale({ min: 1, max: 1000, step: 1, scale: "log" });
  expect(scale.nudge(1, 1)).toBe(2);
  expect(scale.nudge(2, -1)).toBe(1);
  expect(scale.nudge(500, 1)).toBe(536);
});

test("the ends are the learner's own numbers", () => {
  const scale = createRangeScale({ min: 0.00012345, max: 0.98765, scale: "log" });
  expect([scale.fromTrack(scale.track.min), scale.fromTrack(scale.track.max)]).toEqual([0.00012345, 0.98765]);
});

test("a share of the track is a value on a step, evenly along the track", () => {
  const scale = createRangeScale({ min: 2, max: 12, step: 1 });
  expect([0, 0.24, 0.5, 1].map(scale.fromShare)).toEqual([2, 4, 7, 12]);
  expect(createRangeScale({ min: 0.01, max: 1, scale: "log" }).fromShare(0.5)).toBe(0.1);
});
