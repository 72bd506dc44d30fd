// @vitest-environment jsdom
import { expect, test, vi } from "vitest";
import type { TableOutput } from "../../../../kernels/runtime/display/output.ts";
import { Table } from "../../../../src/outputs/table/table.tsx";
import { click, mount } from "../mount.ts";

const table: TableOutput = {
  kind: "table",
  columns: [
    { name: "n", label: "n", type: "number" },
    { name: "even", label: "even", type: "boolean" },
  ],
  rows: Array.from({ length: 25 }, (_, i) => [(i * 7) % 25, i % 2 === 0]),
  totalRows: 90,
  pageSize: 10,
  caption: { en: "Numbers", ko: "수" },
};
const firstCells = (rows: Element[]) =>
  rows.map((row) => row.querySelector("td[data-type=number]")?.textContent);

test("a press on a column's head sorts by it and says so", async () => {
  const view = await mount(<Table output={table} language="en" />);
  await view.fire(view.find("th button"), click());
  expect(view.find("th").getAttribute("aria-sort")).toBe("ascending");
  expect(firstCells(view.findAll("tbody tr")).slice(0, 3)).toEqual(["0", "1", "2"]);
});

test("pages are turned, and a filter begins at the first one", async () => {
  const view = await mount(<Table output={table} language="en" />);
  expect(view.find("[role=status]").textContent).toBe("1–10 of 25");
  await view.fire(view.find("[aria-label='Next page']"), click());
  await view.fire(view.find("[aria-label='Next page']"), click());
  expect(view.find("[role=status]").textContent).toBe("21–25 of 25");
  expect(view.find<HTMLButtonElement>("[aria-label='Next page']").disabled).toBe(true);
  await view.type(view.find<HTMLInputElement>("input[type=search]"), "3");
  expect(view.find("[role=status]").textContent).toBe("3 rows");
});

test("sort and page stay when the rows change", async () => {
  const view = await mount(<Table output={table} language="en" />);
  await view.fire(view.find("th button"), click());
  await view.fire(view.find("[aria-label='Next page']"), click());
  await view.update(
    <Table
      output={{ ...table, rows: table.rows.map(([n, even]) => [Number(n) + 100, even]) }}
      language="en"
    />,
  );
  expect(firstCells(view.findAll("tbody tr"))[0]).toBe("110");
});

test("a table says when the kernel has cut it", async () => {
  const view = await mount(<Table output={table} language="ko" />);
  expect(view.element.textContent).toContain("전체 90행 중 처음 25행입니다");
  await view.update(<Table output={{ ...table, totalRows: 25 }} language="ko" />);
  expect(view.element.textContent).not.toContain("처음");
});

test("the rows found are copied, and the reader is told when the browser refuses", async () => {
  const writeText = vi.fn(() => Promise.resolve());
  vi.stubGlobal("navigator", { clipboard: { writeText } });
  const view = await mount(<Table output={{ ...table, rows: table.rows.slice(0, 2) }} language="en" />);
  const copy = view.findAll("button").find((button) => button.textContent === "Copy") as HTMLElement;
  await view.fire(copy, click());
  expect(writeText).toHaveBeenCalledWith("n\teven\n0\ttrue\n7\tfalse");
  writeText.mockReturnValueOnce(Promise.reject(new Error("denied")));
  await view.fire(copy, click());
  await vi.waitFor(() => expect(view.element.textContent).toContain("did not allow the copy"));
});

test("rows are chosen one by one or all that are shown", async () => {
  const onChange = vi.fn();
  const selection = { indices: [3], multiple: true, onChange };
  const view = await mount(<Table output={table} language="en" selection={selection} />);
  const boxes = view.findAll("input[type=checkbox]");
  await view.fire(boxes[2], click());
  expect(onChange).toHaveBeenLastCalledWith([1, 3]);
  await view.fire(boxes[4], click());
  expect(onChange).toHaveBeenLastCalledWith([]);
  await view.fire(boxes[0], click());
  expect(onChange).toHaveBeenLastCalledWith([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});
