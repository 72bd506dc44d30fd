import { expect, test } from "vitest";
import type { Trace } from "../../../../src/outputs/figure/figure-data.ts";
import { MOST_POINTS, thinCurves } from "../../../../src/outputs/figure/growing-curve.ts";

const thin = (trace: Trace) =>
  thinCurves({ data: [trace], layout: {} }).data[0] as { x: number[]; y: number[] };
const count = (length: number) => Array.from({ length }, (_, i) => i);
const curve = (y: number[], rest: object = {}) => ({ type: "scatter", mode: "lines", y, ...rest });

test("a long curve keeps its lowest, its highest and its last point, in their order", () => {
  const y = count(10_000).map((i) => Math.sin(i));
  y[4321] = -50;
  y[4322] = 50;
  y[9999] = 0.5;
  const x = y.map((_, i) => 2 * i);
  const thinned = thin(curve(y, { x }));
  expect(thinned.y.length).toBeLessThanOrEqual(MOST_POINTS + 1);
  expect(thinned.y.length).toBeGreaterThan(MOST_POINTS / 4);
  expect(thinned.y).toEqual(thinned.x.map((place) => y[place / 2]));
  expect(thinned.x).toEqual([...thinned.x].sort((one, other) => one - other));
  expect(thinned.x).toEqual(expect.arrayContaining([2 * 4321, 2 * 4322, 2 * 9999]));
});

test("points without x keep their places", () => {
  const { x, y } = thin(curve(count(3000)));
  expect(x).toEqual(y);
  expect(x.at(-1)).toBe(2999);
});

test("points that a curve had stay while it grows", () => {
  const long = thin(curve(count(3000).map((i) => Math.cos(i)))).x;
  const longer = thin(curve(count(3100).map((i) => Math.cos(i)))).x;
  const whole = long.filter((place) => place < 2992);
  expect(longer.slice(0, whole.length)).toEqual(whole);
});

test.each([
  ["a short curve", curve(count(MOST_POINTS))],
  ["points", curve(count(2000), { mode: "markers" })],
  ["a trace whose points carry something", curve(count(2000), { text: count(2000).map(String) })],
  ["bars", curve(count(2000), { type: "bar" })],
  ["x that is no list", curve(count(2000), { x: "abc" })],
  ["gaps", { ...curve([]), y: count(2000).map((i) => (i === 7 ? null : i)) }],
])("%s is left as it is", (_, trace) => {
  expect(thin(trace)).toBe(trace);
});
