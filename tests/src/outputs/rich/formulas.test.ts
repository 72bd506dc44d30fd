import { expect, test } from "vitest";
import { findFormulas } from "../../../../src/outputs/rich/formulas.ts";

test("inline and display formulas are set aside, each with a mark in its place", () => {
  const { text, formulas } = findFormulas("So $a_1*b_2$ and\n$$\nc\n$$");
  expect(formulas).toEqual([
    { tex: "a_1*b_2", display: false },
    { tex: "c", display: true },
  ]);
  expect(text).toBe("So \uE0000\uE001 and\n\uE0001\uE001");
});

test("prices, code and escaped dollars are no formulas", () => {
  for (const source of ["It costs $5 and $6.", "`$x$`", "```sh\necho $a $b\n```", "\\$a\\$", "$ a $"]) {
    expect(findFormulas(source)).toEqual({ text: source, formulas: [] });
  }
});

test("a mark that stands in the source itself is not taken for a formula", () => {
  expect(findFormulas("a\uE0007\uE001b").text).toBe("a7b");
});
