import { expect, test } from "vitest";
import type { Inspected } from "../../../../kernels/runtime/display/output.ts";
import { getTreeRows, maybeMove } from "../../../../src/outputs/inspect/tree-rows.ts";

const number = (value: number): Inspected => ({ type: "primitive", of: "number", text: String(value) });
const root: Inspected = {
  type: "record",
  name: "Object",
  size: 2,
  entries: [
    { key: "list", value: { type: "list", name: "Array", length: 5, items: [number(1), number(2)] } },
    { key: "n", value: number(3) },
  ],
};
const all = new Set(["", "/0"]);

test("a closed tree is one row", () => {
  expect(getTreeRows(root, new Set()).map(({ path }) => path)).toEqual([""]);
});

test("open rows show what is in them, and how much the kernel has left out", () => {
  const rows = getTreeRows(root, all);
  expect(rows.map(({ path, level, more }) => [path, level, more])).toEqual([
    ["", 1, undefined],
    ["/0", 2, undefined],
    ["/0/0", 3, undefined],
    ["/0/1", 3, undefined],
    ["/0/more", 3, 3],
    ["/1", 2, undefined],
  ]);
  expect(rows[3]).toMatchObject({ position: 2, siblings: 3 });
});

test("a path that no longer holds anything to open is no open row", () => {
  expect(getTreeRows(number(1), all).map(({ open }) => open)).toEqual([false]);
});

test("the arrow keys walk the rows, open and close", () => {
  const rows = getTreeRows(root, all);
  expect(maybeMove("ArrowDown", rows, "/0/more")).toEqual({ focus: "/1" });
  expect(maybeMove("ArrowDown", rows, "/1")).toBeUndefined();
  expect(maybeMove("ArrowUp", rows, "/1")).toEqual({ focus: "/0/more" });
  expect(maybeMove("ArrowLeft", rows, "/0/1")).toEqual({ focus: "/0" });
  expect(maybeMove("ArrowLeft", rows, "/0")).toEqual({ close: "/0" });
  expect(maybeMove("ArrowRight", rows, "/0")).toEqual({ focus: "/0/0" });
  expect(maybeMove("ArrowRight", getTreeRows(root, new Set()), "")).toEqual({ open: "" });
  expect(maybeMove("End", rows, "")).toEqual({ focus: "/1" });
  expect(maybeMove("x", rows, "")).toBeUndefined();
});
