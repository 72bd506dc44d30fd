import { computed, signal } from "@preact/signals";
import type { ReadonlySignal, Signal } from "@preact/signals";
import type { ErrorOutput, LogOutput, Output } from "../../../kernels/runtime/display/output.ts";
import type { CellProblem, CellProgram } from "../../../kernels/runtime/program.ts";
import type { CellState, CellUpdate } from "../../../kernels/runtime/protocol.ts";
import type { Text } from "../../../kernels/runtime/localized.ts";
import type { LectureCell } from "../../notebook/lecture.ts";
import type { CellId } from "../../notebook/notebook.ts";

/** A place among a cell's outputs. What stands in it changes without the others being drawn again. */
export interface OutputSlot {
  readonly slot: number;
  readonly output: Signal<Output>;
}

export interface CheckVerdict {
  readonly passed: boolean;
  readonly hint?: Text;
}

/** Two versions of one cell, of which the reader chooses one. */
export interface Conflict {
  /** Whose the other version is: another tab's, or the course's own, changed since the edit was made. */
  readonly with: "tab" | "course";
  readonly theirs: string;
}

/** Everything about a cell that changes while the page stands. */
export interface CellModel {
  readonly id: CellId;
  readonly cell: LectureCell;
  /** The code as the reader has it. */
  readonly source: Signal<string>;
  /** The code as it was last run or defined. */
  readonly accepted: Signal<string>;
  readonly edited: ReadonlySignal<boolean>;
  readonly program: Signal<CellProgram>;
  readonly problem: ReadonlySignal<CellProblem | undefined>;
  /** As the kernel says. */
  readonly kernelState: Signal<CellState>;
  /** As the reader sees it: a cell whose code was changed since it ran is stale. */
  readonly state: ReadonlySignal<CellState>;
  readonly ms: Signal<number>;
  readonly waitingFor: Signal<readonly CellId[]>;
  readonly slots: Signal<readonly OutputSlot[]>;
  /** What was displayed, without what was printed and what went wrong. */
  readonly shown: ReadonlySignal<readonly OutputSlot[]>;
  readonly console: ReadonlySignal<readonly LogOutput[]>;
  readonly errors: ReadonlySignal<readonly ErrorOutput[]>;
  /** The outputs are from a kernel that is gone. */
  readonly earlier: Signal<boolean>;
  /** The last run of this cell in the kernel that lives; 0 for none. */
  readonly run: Signal<number>;
  readonly verdict: Signal<CheckVerdict | undefined>;
  readonly conflict: Signal<Conflict | undefined>;
}

export function createCellModel(cell: LectureCell): CellModel {
  const source = signal(cell.source);
  const accepted = signal(cell.source);
  const program = signal(cell.program);
  const kernelState = signal<CellState>("idle");
  const slots = signal<readonly OutputSlot[]>([]);
  return {
    id: cell.id,
    cell,
    source,
    accepted,
    edited: computed(() => source.value !== cell.source),
    program,
    problem: computed(() => program.value.problem),
    kernelState,
    state: computed(() =>
      kernelState.value === "done" && source.value !== accepted.value ? "stale" : kernelState.value,
    ),
    ms: signal(0),
    waitingFor: signal([]),
    slots,
    shown: computed(() =>
      slots.value.filter(({ output }) => output.value.kind !== "log" && output.value.kind !== "error"),
    ),
    console: computed(() => findOutputs(slots.value, "log")),
    errors: computed(() => findOutputs(slots.value, "error")),
    earlier: signal(false),
    run: signal(0),
    verdict: signal(undefined),
    conflict: signal(undefined),
  };
}

function findOutputs<Kind extends Output["kind"]>(
  slots: readonly OutputSlot[],
  kind: Kind,
): readonly Extract<Output, { kind: Kind }>[] {
  return slots.flatMap(({ output }) =>
    output.value.kind === kind ? [output.value as Extract<Output, { kind: Kind }>] : [],
  );
}

/** States in which a cell's run is over. */
export function isEnded(state: CellState): boolean {
  return state === "done" || state === "failed" || state === "interrupted";
}

/** States in which a cell computes or is about to. */
export function isBusy(state: CellState): boolean {
  return state === "queued" || state === "running" || state === "streaming";
}

/** Writes what the kernel says of a cell. News of a run that a later one has replaced is dropped. */
export function applyUpdate(model: CellModel, update: CellUpdate): void {
  if (update.run < model.run.peek()) return;
  model.run.value = update.run;
  if (update.state !== undefined) {
    model.kernelState.value = update.state;
    if (!isBusy(update.state)) model.waitingFor.value = [];
  }
  if (update.ms !== undefined) model.ms.value = update.ms;
  if (update.waitingFor !== undefined) model.waitingFor.value = update.waitingFor;
  for (const { slot, output } of update.outputs ?? []) setOutput(model, { slot, output });
  if (update.slots !== undefined) {
    const filled = update.slots;
    if (model.slots.peek().some(({ slot }) => slot >= filled)) {
      model.slots.value = model.slots.peek().filter(({ slot }) => slot < filled);
    }
  }
  if (update.outputs?.length || (update.state !== undefined && isEnded(update.state)))
    model.earlier.value = false;
}

function setOutput(model: CellModel, { slot, output }: { slot: number; output: Output }): void {
  const slots = model.slots.peek();
  const standing = slots.find((other) => other.slot === slot);
  if (standing) {
    standing.output.value = output;
    return;
  }
  model.slots.value = [...slots, { slot, output: signal(output) }].sort(
    (one, other) => one.slot - other.slot,
  );
}

/** Shows outputs of a run that this kernel knows nothing of. */
export function showEarlier(
  model: CellModel,
  { outputs, ms }: { outputs: readonly { slot: number; output: Output }[]; ms: number },
): void {
  model.slots.value = outputs.map(({ slot, output }) => ({ slot, output: signal(output) }));
  model.ms.value = ms;
  model.earlier.value = outputs.length > 0;
}

/** The kernel that held this cell's value is gone. True if it had one to lose. */
export function loseValue(model: CellModel): boolean {
  const held = model.run.peek() > 0;
  model.run.value = 0;
  model.kernelState.value = "idle";
  model.waitingFor.value = [];
  if (model.slots.peek().length > 0) model.earlier.value = true;
  return held;
}
