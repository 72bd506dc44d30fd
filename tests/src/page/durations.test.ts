import { expect, test } from "vitest";
import { formatDuration } from "../../../src/page/durations.ts";
import { getMessages } from "../../../src/page/messages/index.ts";

test.each([
  [0.2, "1 ms", "1ms"],
  [42.4, "42 ms", "42ms"],
  [300, "0.3 s", "0.3초"],
  [1234, "1.2 s", "1.2초"],
  [9949, "9.9 s", "9.9초"],
  [9951, "10 s", "10초"],
  [59_499, "59 s", "59초"],
  [59_501, "1 min 0 s", "1분 0초"],
  [125_000, "2 min 5 s", "2분 5초"],
])("%f ms reads as %s and %s", (ms, en, ko) => {
  expect(formatDuration(ms, getMessages("en"))).toBe(en);
  expect(formatDuration(ms, getMessages("ko"))).toBe(ko);
});
