import { describe, expect, it } from "vitest";
import { createControlDesk } from "../../../kernels/runtime/control-desk.ts";
import type { InputOutput, Output } from "../../../kernels/runtime/display/output.ts";
import { button, type Control, form, range, text } from "../../../kernels/runtime/inputs/index.ts";
import type { CellId } from "../../../kernels/runtime/program.ts";
import { Run, type StopReason } from "../../../kernels/runtime/run.ts";
import { createTensorLedger } from "../../../kernels/runtime/tensors.ts";

function createRun(number: number): Run {
  const owner = createTensorLedger().createOwner();
  return new Run({ cell: "c" as CellId, number, owner, now: () => 0 });
}

function setUp() {
  const desk = createControlDesk();
  const drawn: InputOutput[] = [];
  let number = 0;
  return {
    desk,
    drawn,
    attach<T>(control: Control<T>, inputId = "c/0") {
      const run = createRun(++number);
      desk.attach(control as Control<unknown>, {
        inputId,
        run,
        draw: (output: Output) => drawn.push(output as InputOutput),
      });
      return run;
    },
  };
}

describe("the control desk", () => {
  it("draws a control when it is shown and whenever it changes or refuses a value", () => {
    const { desk, drawn, attach } = setUp();
    attach(text({ value: "a", validate: (s) => s !== "" }));
    desk.receive("c/0", "b");
    desk.receive("c/0", "");
    expect(drawn.map(({ value, invalid }) => [value, invalid !== undefined])).toEqual([
      ["a", false],
      ["b", false],
      ["b", true],
    ]);
  });

  it("keeps the reader's setting for the same control of the next run", () => {
    const { desk, attach } = setUp();
    attach(range([0, 10], { value: 5 }));
    desk.receive("c/0", 8);
    const next = range([0, 10], { value: 5 });
    attach(next);
    expect(next.value).toBe(8);
  });

  it("begins afresh with a control that looks otherwise", () => {
    const { desk, attach } = setUp();
    attach(range([0, 10], { value: 5 }));
    desk.receive("c/0", 8);
    const changed = range([0, 10], { value: 4 });
    attach(changed);
    expect(changed.value).toBe(4);
  });

  it("keeps the settings of a form's controls, and no click of a button", () => {
    const { desk, attach } = setUp();
    const make = () => ({ rate: range([0, 1]), go: button("Go") });
    attach(form(make()));
    desk.receive("c/0.rate", 1);
    desk.receive("c/0.go", 0);
    const next = form(make());
    attach(next);
    expect(next.value).toEqual({ rate: 1, go: 0 });
  });

  it.each<[StopReason, number]>([
    ["superseded", 1],
    ["removed", 1],
    ["interrupted", 2],
  ])("of a run that was %s has drawn a control %i times after one more change", (reason, times) => {
    const { drawn, attach } = setUp();
    const control = range([0, 1]);
    attach(control).stop(reason);
    control.receive(1);
    expect(drawn).toHaveLength(times);
  });

  it("knows which run shows a control, until the run is forgotten", () => {
    const { desk, attach } = setUp();
    const control = text({ value: "a" });
    const run = attach(control);
    expect(desk.runOf("c/0")).toBe(run);
    desk.forget(run);
    expect(desk.runOf("c/0")).toBeUndefined();
    desk.receive("c/0", "b");
    expect(control.value).toBe("a");
  });
});
