import { expect, test } from "vitest";
import { mix, toCss } from "../../../../src/outputs/figure/page-colors.ts";

test("a mixed colour lies its share of the way between two", () => {
  expect(toCss(mix([0, 100, 200], { to: [100, 0, 200], share: 0.25 }))).toBe("rgb(25, 75, 200)");
});
