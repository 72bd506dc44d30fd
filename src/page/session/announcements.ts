import { effect, signal } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";
import type { CellState } from "../../../kernels/runtime/protocol.ts";
import type { CellId } from "../../notebook/notebook.ts";
import type { CellModel } from "./cell-model.ts";
import type { Clock } from "./clock.ts";

/** A change of state that is worth saying aloud. */
export interface Announcement {
  readonly cell: CellId;
  readonly state: CellState;
  readonly ms: number;
}

export interface Announcements {
  /** What to say now: the changes of the last moment together. */
  readonly latest: ReadonlySignal<readonly Announcement[]>;
  close(): void;
}

/** States that are said. A queue and a stream's ticks are not: they would talk over the reader. */
const spoken: readonly CellState[] = ["running", "done", "failed", "interrupted", "stale"];

/** Gathers changes for this long, so that a wave of cells is one sentence. */
const pause = 600;

/** Watches cells for a screen reader. What a cell passed through within the pause is left out. */
export function watchStates(cells: readonly CellModel[], clock: Clock): Announcements {
  const latest = signal<readonly Announcement[]>([]);
  const changed = new Set<CellModel>();
  let cancel: (() => void) | undefined;

  function say(): void {
    cancel = undefined;
    // In document order, whatever the order of the news.
    latest.value = cells
      .filter((model) => changed.has(model))
      .map((model) => ({ cell: model.id, state: model.state.peek(), ms: model.ms.peek() }))
      .filter(({ state }) => spoken.includes(state));
    changed.clear();
  }

  const disposers = cells.map((model) => {
    let last: CellState = model.state.peek();
    return effect(() => {
      const state = model.state.value;
      if (state === last) return;
      last = state;
      changed.add(model);
      cancel ??= clock.after(pause, say);
    });
  });

  return {
    latest,
    close() {
      cancel?.();
      disposers.forEach((dispose) => dispose());
    },
  };
}
