/** What is seen of the cells: their states and outputs, posted as updates. */
import type { Cell } from "./cell.ts";
import type { ControlDesk } from "./control-desk.ts";
import { maybeOutput } from "./display/displayed.ts";
import type { Output, PlainError } from "./display/output.ts";
import { toPlainError, type BodyLineOf } from "./errors.ts";
import { Control } from "./inputs/control.ts";
import type { CellState } from "./protocol.ts";
import type { Run } from "./run.ts";
import type { Sink } from "./scope.ts";
import type { Updates } from "./updates.ts";

export interface ScreenOptions {
  readonly updates: Updates;
  readonly desk: ControlDesk;
  readonly bodyLineOf: BodyLineOf;
  /** Whether the cell is still in the notebook: what was taken out is seen no more. */
  readonly isDefined: (cell: Cell) => boolean;
}

export interface Screen {
  setState(cell: Cell, state: CellState): void;
  /** A new run begins: its outputs take the places of the earlier one's, which stay until then. */
  clear(cell: Cell): void;
  /** Where the run shows things; what a run shows that is no longer its cell's goes nowhere. */
  createSink(cell: Cell, run: Run): Sink;
  /** The cell fails without having run. */
  fail(cell: Cell, error: PlainError): void;
}

/** States in which a cell rests: its run is over. */
export const ENDED: ReadonlySet<CellState> = new Set(["done", "failed", "interrupted", "stale"]);

export function createScreen({ updates, desk, bodyLineOf, isDefined }: ScreenOptions): Screen {
  function setState(cell: Cell, state: CellState): void {
    if (!isDefined(cell)) return;
    cell.state = state;
    updates.post({
      cell: cell.program.id,
      run: cell.runs,
      state,
      ...(cell.run && state !== "queued" && { ms: cell.run.ms }),
      ...(ENDED.has(state) && { slots: cell.slots.count }),
    });
  }

  function clear(cell: Cell): void {
    cell.slots = { ids: new Map(), count: 0, controls: 0 };
  }

  function put(cell: Cell, slot: number, output: Output): void {
    updates.post({
      cell: cell.program.id,
      run: cell.runs,
      outputs: [{ slot, output }],
      ...(cell.run && cell.state !== "queued" && { ms: cell.run.ms }),
      // A timer's output, after the end: it may go in one message with the end, which says how many slots there are.
      ...(ENDED.has(cell.state) && { slots: cell.slots.count }),
    });
  }

  function createSink(cell: Cell, run: Run): Sink {
    const { slots } = cell;
    const isSeen = () => cell.run === run && isDefined(cell);
    const sink: Sink = {
      show(output, id) {
        let slot = id === undefined ? undefined : slots.ids.get(id);
        if (slot === undefined) {
          slot = slots.count++;
          if (id !== undefined) slots.ids.set(id, slot);
        }
        sink.replace(slot, output);
        return slot;
      },
      replace(slot, output) {
        if (isSeen()) put(cell, slot, output);
      },
      display(value, id) {
        if (value instanceof Control) return sink.attach(value, id);
        const output = maybeOutput(value);
        if (output) sink.show(output, id);
      },
      attach(control, id) {
        const inputId = `${cell.program.id}/${slots.controls++}`;
        if (isSeen())
          desk.attach(control, { inputId, run, draw: (output) => sink.show(output, id ?? inputId) });
      },
      fail(error) {
        sink.show({ kind: "error", error: toPlainError(error, bodyLineOf) });
      },
    };
    return sink;
  }

  function fail(cell: Cell, error: PlainError): void {
    cell.runs += 1;
    clear(cell);
    put(cell, 0, { kind: "error", error });
    cell.slots.count = 1;
    setState(cell, "failed");
  }

  return { setState, clear, createSink, fail };
}
