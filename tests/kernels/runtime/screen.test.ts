import { describe, expect, it } from "vitest";
import { createCell } from "../../../kernels/runtime/cell.ts";
import { createControlDesk } from "../../../kernels/runtime/control-desk.ts";
import type { CellId, CellProgram } from "../../../kernels/runtime/program.ts";
import type { CellUpdate } from "../../../kernels/runtime/protocol.ts";
import { Run } from "../../../kernels/runtime/run.ts";
import { createScreen } from "../../../kernels/runtime/screen.ts";
import { createTensorLedger } from "../../../kernels/runtime/tensors.ts";

const program: CellProgram = {
  id: "c" as CellId,
  ...{ inputs: [], outputs: [], imports: [] },
  ...{ form: "statements", body: "() => {}", bodyLine: 1, run: "live" },
};

function setUp() {
  const posted: CellUpdate[] = [];
  let defined = true;
  const screen = createScreen({
    updates: { post: (update) => posted.push(update), flush() {} },
    desk: createControlDesk(),
    bodyLineOf: () => undefined,
    isDefined: () => defined,
  });
  const cell = createCell(program, { define: () => cell.body, delete() {} } as never);
  const startRun = () => {
    const owner = createTensorLedger().createOwner();
    cell.run = new Run({ cell: program.id, number: ++cell.runs, owner, now: () => 0 });
    screen.clear(cell);
    screen.setState(cell, "running");
    return screen.createSink(cell, cell.run);
  };
  return { posted, screen, cell, startRun, remove: () => (defined = false) };
}

const text = (words: string) => ({ kind: "text", text: words }) as const;

describe("the screen", () => {
  it("gives each output a slot, and one with an id the slot that it had before", () => {
    const { posted, startRun } = setUp();
    const sink = startRun();
    const slots = [
      sink.show(text("a")),
      sink.show(text("b"), "id"),
      sink.show(text("c")),
      sink.show(text("d"), "id"),
    ];
    expect(slots).toEqual([0, 1, 2, 1]);
    expect(posted.at(-1)?.outputs).toEqual([{ slot: 1, output: text("d") }]);
  });

  it("says with a run's end how many slots it has filled, and with each output after it", () => {
    const { posted, screen, cell, startRun } = setUp();
    const sink = startRun();
    sink.show(text("a"));
    expect(posted.at(-1)).not.toHaveProperty("slots");
    screen.setState(cell, "done");
    expect(posted.at(-1)?.slots).toBe(1);
    sink.show(text("late"));
    expect(posted.at(-1)).toMatchObject({ slots: 2, outputs: [{ slot: 1 }] });
  });

  it("shows nothing of a run that is no longer its cell's, nor of a cell that is gone", () => {
    const { posted, screen, cell, startRun, remove } = setUp();
    const old = startRun();
    const sink = startRun();
    const before = posted.length;
    old.show(text("old"));
    old.fail(new Error("old"));
    remove();
    sink.show(text("gone"));
    screen.setState(cell, "done");
    expect(posted).toHaveLength(before);
  });

  it("shows a failure without a run in the first slot, as a run of its own", () => {
    const { posted, screen, cell, startRun } = setUp();
    startRun().show(text("a"));
    screen.fail(cell, { name: "InputError", text: "no input" });
    expect(posted.slice(-2)).toMatchObject([
      { run: 2, outputs: [{ slot: 0, output: { kind: "error" } }] },
      { run: 2, state: "failed", slots: 1 },
    ]);
  });
});
