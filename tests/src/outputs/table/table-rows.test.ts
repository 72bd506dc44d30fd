import { expect, test } from "vitest";
import type { TableOutput } from "../../../../kernels/runtime/display/output.ts";
import { createFormatCell, findRows, nextSort, toTsv } from "../../../../src/outputs/table/table-rows.ts";

const table: TableOutput = {
  kind: "table",
  columns: [
    { name: "word", label: { en: "word", ko: "낱말" }, type: "text" },
    { name: "score", label: "score", type: "number" },
    { name: "ok", label: "ok", type: "boolean" },
  ],
  rows: [
    [{ en: "joy", ko: "기쁨" }, 0.5, true],
    ["item 10", null, false],
    ["item 9", 0.125, null],
    ["tab\there", 12, true],
  ],
  totalRows: 4,
  pageSize: 10,
};
const format = createFormatCell(table, "en");
const find = (filter: string, sort?: Parameters<typeof findRows>[1]["sort"]) =>
  findRows(table, { filter, sort, format, language: "en" });

test("numbers of a column have their points in line", () => {
  expect(table.rows.map((row) => format(row[1], 1))).toEqual(["0.500", "", "0.125", "12.000"]);
});

test("a number too small for its column is not shown as nothing", () => {
  const tiny: TableOutput = {
    ...table,
    rows: [
      ["a", 1.5, true],
      ["b", 3e-9, true],
    ],
  };
  expect(createFormatCell(tiny, "en")(3e-9, 1)).toBe("3.00e−9");
});

test("a filter keeps the rows that hold all its words, as they are shown", () => {
  expect(find("ITEM 9")).toEqual([2]);
  expect(find("0.500")).toEqual([0]);
  expect(find("기쁨")).toEqual([]);
  expect(find("  ")).toEqual([0, 1, 2, 3]);
});

test("rows sort by number, by text with numbers in it, and those without a value come last both ways", () => {
  expect(find("", { column: "score", direction: "ascending" })).toEqual([2, 0, 3, 1]);
  expect(find("", { column: "score", direction: "descending" })).toEqual([3, 0, 2, 1]);
  expect(find("item", { column: "word", direction: "ascending" })).toEqual([2, 1]);
  expect(find("", { column: "gone", direction: "ascending" })).toEqual([0, 1, 2, 3]);
});

test("a column's head sorts up, down, and back to the order that was", () => {
  const up = nextSort(undefined, table.columns[1]);
  const down = nextSort(up, table.columns[1]);
  expect([up, down, nextSort(down, table.columns[1])]).toEqual([
    { column: "score", direction: "ascending" },
    { column: "score", direction: "descending" },
    undefined,
  ]);
  expect(nextSort(down, table.columns[0])).toEqual({ column: "word", direction: "ascending" });
});

test("the copy has numbers in full and no tab but between cells", () => {
  expect(toTsv(table, [0, 1, 3], "ko")).toBe(
    "낱말\tscore\tok\n기쁨\t0.5\ttrue\nitem 10\t\tfalse\ntab here\t12\ttrue",
  );
});
