import { expect, test } from "vitest";
import { describeTimeLeft } from "../../../src/outputs/time-left.ts";

test("time left is told in words, coarser the farther it is", () => {
  const told = [0.4, 1, 59.4, 128, 3599, 7260, 7290].map((seconds) => describeTimeLeft(seconds, "en"));
  expect(told).toEqual([
    "less than a second left",
    "about 1 s left",
    "about 59 s left",
    "about 2 min 10 s left",
    "about 1 h left",
    "about 2 h 1 min left",
    "about 2 h 2 min left",
  ]);
});

test("time left is told in Korean", () => {
  expect(describeTimeLeft(128, "ko")).toBe("약 2분 10초 남았습니다");
  expect(describeTimeLeft(0, "ko")).toBe("1초 안에 끝납니다");
});
