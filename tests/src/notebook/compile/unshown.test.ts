import { expect, test } from "vitest";
import { compileCell } from "../../../../src/notebook/compile/index.ts";
import type { CellId } from "../../../../src/notebook/notebook.ts";

const unshown = (source: string) =>
  compileCell({ id: "a" as CellId, source, attributes: { run: "live" } }).unshown;

test.each([
  ["const x = 1\nx", 2],
  ['import { oneHot } from "gongbu/text"\nconst x = 1\n\n  x.y[0] + `${x}`;', 4],
  ["let x = 1\n;[x, { x }]", 2],
  ["const x = 1\nx as number", 2],
  ["const f = () => 1\n;(() => f())", 2],
])("a value at the end of several statements is told with its line: %j", (source, line) => {
  expect(unshown(source)?.line).toBe(line);
});

test.each([
  "x",
  "const x = 1\ndisplay(x)",
  "let x = 1\nx += 1",
  "let x = 1\nx++",
  'const x = fetch("a")\nawait x',
  "const x = 1\nif (x) x",
  "const x = 1\ntype A = number",
  "const x = [1]\n;[...x.map(String)]",
  "enum A { B }\n1",
])("one that is shown, or is there for what it does, is not: %j", (source) => {
  expect(unshown(source)).toBeUndefined();
});
