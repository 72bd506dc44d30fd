import type { InputOutput, Output } from "../../../kernels/runtime/display/output.ts";
import type { CellModel } from "./cell-model.ts";

/** A cell's controls in their order; those inside a form each for itself. */
export function findInputs(model: CellModel): readonly InputOutput[] {
  return model.slots.value.flatMap(({ output }) => findInputsIn(output.value));
}

/** What a cell's controls hold: what the reader has set, else what the kernel gave them. */
export function getChoice(model: CellModel, set: ReadonlyMap<string, unknown>): readonly unknown[] {
  return findInputs(model).map(({ inputId, value }) => (set.has(inputId) ? set.get(inputId) : value));
}

/** Whether there is a control, and something chosen in each. */
export function isChosen(choice: readonly unknown[]): boolean {
  return choice.length > 0 && choice.every((value) => value !== null && value !== undefined);
}

function findInputsIn(output: Output): readonly InputOutput[] {
  if (output.kind !== "input") return [];
  if (output.control.type !== "form") return [output];
  return output.control.children.flatMap(({ input }) => findInputsIn(input));
}
