import { expect, test } from "vitest";
import { findColumnDigits, formatNumber } from "../../../src/outputs/number-format.ts";

test("a number shows four significant digits and no zeros that say nothing", () => {
  expect([0.1 + 0.2, 2 / 3, 123.456, 0.5, 3].map((value) => formatNumber(value))).toEqual([
    "0.3",
    "0.6667",
    "123.5",
    "0.5",
    "3",
  ]);
});

test("digits after the point can be fixed", () => {
  expect(formatNumber(0.5, { digits: 3 })).toBe("0.500");
  expect(formatNumber(2.6, { digits: 0 })).toBe("3");
});

test("a year stands without a separator and a large count with one", () => {
  expect([2024, 9999, 10_000, 1_234_567].map((value) => formatNumber(value))).toEqual([
    "2024",
    "9999",
    "10,000",
    "1,234,567",
  ]);
});

test("values outside the usual range stay readable, with a true minus sign", () => {
  expect([-1.5, 1.2e-7, NaN, Infinity, -Infinity, 0].map((value) => formatNumber(value))).toEqual([
    "−1.5",
    "1.20e−7",
    "NaN",
    "∞",
    "−∞",
    "0",
  ]);
});

test("a column takes the digits of the value that needs most", () => {
  expect(findColumnDigits([1, 0.25, 0.125, null, "x"])).toBe(3);
  expect(findColumnDigits([1, 200])).toBe(0);
  expect(findColumnDigits([])).toBe(0);
});
