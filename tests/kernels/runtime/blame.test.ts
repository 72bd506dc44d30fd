import { expect, it } from "vitest";
import { maybeBlame, type BlameOptions } from "../../../kernels/runtime/blame.ts";
import type { Cell } from "../../../kernels/runtime/cell.ts";
import type { CellId } from "../../../kernels/runtime/program.ts";
import { compileCell } from "../../../src/notebook/compile/index.ts";

const make = (id: string, source: string, state: string) =>
  ({ program: compileCell({ id: id as CellId, source, attributes: { run: "live" } }), state }) as Cell;

function blame(id: string, cells: readonly Cell[]) {
  const options: BlameOptions = {
    cells: new Map(cells.map((cell) => [cell.program.id, cell])),
    graph: {
      maybeDeclaringCell: (name: string) =>
        cells.find(({ program: { outputs, imports } }) =>
          [...outputs, ...imports.map(({ local }) => local)].includes(name),
        )?.program.id,
    } as BlameOptions["graph"],
    maybeImportError: () => undefined,
    isGiven: () => false,
  };
  return maybeBlame(options.cells.get(id as CellId)!, options);
}

const reader = make("reader", "mean(values)", "queued");
const library = 'import { mean } from "gongbu/metrics"\nmean([1, 2])';

it("a source that nobody has asked for is to blame", () => {
  const found = blame("reader", [
    make("values", "const values = [1]", "idle"),
    make("other", library, "done"),
    reader,
  ]);
  expect(JSON.stringify(found)).toMatch(/cell values has not run/);
});

it("a cell that nobody has asked for is not to blame for a name that it imports", () => {
  expect(
    blame("reader", [
      make("values", "const values = [1]", "running"),
      make("other", library, "idle"),
      reader,
    ]),
  ).toBe(undefined);
});

it.each(["failed", "interrupted"])("a cell that %s is not to blame for a name that it imports", (state) => {
  const found = blame("reader", [
    make("values", "const values = [1]", "running"),
    make("other", library, state),
    reader,
  ]);
  expect(found).toBe(undefined);
});

it("a cell with broken code is to blame, for a name that it would import too", () => {
  const other = make("other", library, "idle");
  const problem = { code: "duplicate-name", text: { en: "twice", ko: "두 번" } };
  const found = blame("reader", [
    make("values", "const values = [1]", "done"),
    { ...other, program: { ...other.program, problem } } as Cell,
    reader,
  ]);
  expect(JSON.stringify(found)).toMatch(/cell other failed/);
});
