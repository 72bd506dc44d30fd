import { expect, test } from "vitest";
import { keepPlainStyle } from "../../../../src/outputs/rich/plain-style.ts";

test("colours, type and spacing are kept", () => {
  const style = "color: rgb(1, 2, 3); font-weight: 600; padding: 0.5em 1em; width: calc(50% - 1px)";
  expect(keepPlainStyle(style)).toBe(style);
});

test("what takes an element out of its box is dropped, and the rest is kept", () => {
  expect(keepPlainStyle("position: fixed; inset: 0; z-index: 9; color: red")).toBe("color: red");
  expect(keepPlainStyle("margin-left: -9999px; margin-top: 4px")).toBe("margin-top: 4px");
  expect(keepPlainStyle("margin: calc(-1 * 50vw)")).toBe("");
});

test("a value in which an address could hide is dropped", () => {
  const hidden = [
    "background-color: url(//a.example)",
    "color: image-set(x)",
    "color: u\\72l(x)",
    "color: red/**/",
    "width: attr(data-x)",
    'font-family: "a"',
    "color",
  ];
  for (const style of hidden) expect(keepPlainStyle(style)).toBe("");
});
