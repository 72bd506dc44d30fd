import { expect, test } from "vitest";
import { createEchoes } from "../../../../src/page/inputs/echoes.ts";

const free = { held: false };

test("what was sent and comes back late is no news", () => {
  const echoes = createEchoes(0);
  for (const value of [1, 2, 3]) echoes.sent(value);
  expect([1, 2, 3].map((value) => echoes.isNews(value, free))).toEqual([false, false, false]);
});

test("a kernel that skips values and answers the last is no news either", () => {
  const echoes = createEchoes(0);
  for (const value of [1, 2, 3]) echoes.sent(value);
  expect(echoes.isNews(3, free)).toBe(false);
  expect(echoes.isNews(1, free)).toBe(true);
});

test("a value that the kernel chose itself is news, unless the reader has hold of the control", () => {
  const echoes = createEchoes(0);
  echoes.sent(7);
  expect(echoes.isNews(5, { held: true })).toBe(false);
  expect(echoes.isNews(6, free)).toBe(true);
});

test("the same value again is no news, lists compared by what is in them", () => {
  const echoes = createEchoes([1, 2]);
  expect(echoes.isNews([1, 2], free)).toBe(false);
  expect(echoes.isNews([2, 1], free)).toBe(true);
});
