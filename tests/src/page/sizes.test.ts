import { expect, test } from "vitest";
import { formatBytes } from "../../../src/page/sizes.ts";

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1000, "1.0 kB"],
  [12_345_678, "12.3 MB"],
  [123_456_789, "123 MB"],
  [999_999_999, "1.0 GB"],
  [5e12, "5000 GB"],
])("%d bytes read as %s", (bytes, words) => {
  expect(formatBytes(bytes)).toBe(words);
});
