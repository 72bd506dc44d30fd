/**
 * Coalesces what changed of the cells into few messages. After a rest they go at once, because the answer to a slider
 * comes in waves (the control, then what reads it) and each that waits is a frame later on the screen; a stream that
 * never rests is told twice a frame.
 */
import type { Output } from "./display/output.ts";
import type { CellUpdate } from "./protocol.ts";
import type { CellId } from "./program.ts";

export interface Updates {
  post(update: CellUpdate): void;
  /** Sends what is waiting now. */
  flush(): void;
}

export interface UpdatesOptions {
  readonly send: (updates: CellUpdate[]) => void;
  /** Runs a callback after the present work has settled, or after `ms`. */
  readonly later: (callback: () => void, ms: number) => void;
  readonly now: () => number;
}

/** Milliseconds between two messages in the long run: half a screen's frame. */
const INTERVAL = 8;
/** Messages that may follow each other without an interval after a rest. */
const BURST = 4;

export function createUpdates({ send, later, now }: UpdatesOptions): Updates {
  let waiting = new Map<CellId, CellUpdate>();
  let scheduled = false;
  /** When the next message would be due if none were sent ahead. */
  let due = -Infinity;

  function flush(): void {
    scheduled = false;
    if (waiting.size === 0) return;
    const updates = [...waiting.values()];
    waiting = new Map();
    due = Math.max(due, now() - (BURST - 1) * INTERVAL) + INTERVAL;
    send(updates);
  }

  return {
    flush,
    post(update) {
      const earlier = waiting.get(update.cell);
      waiting.set(update.cell, earlier ? merge(earlier, update) : update);
      if (scheduled) return;
      scheduled = true;
      later(flush, Math.max(0, due - now()));
    },
  };
}

/**
 * The later update over the earlier, slot by slot. That holds over a new run, too: what it has not yet replaced stands,
 * and how many slots the earlier run filled no longer matters.
 */
function merge(earlier: CellUpdate, later: CellUpdate): CellUpdate {
  const outputs = mergeOutputs(earlier.outputs, later.outputs);
  const slots = later.run === earlier.run ? (later.slots ?? earlier.slots) : later.slots;
  return { ...earlier, ...later, outputs, slots };
}

type Slots = CellUpdate["outputs"];

function mergeOutputs(earlier: Slots, later: Slots): Slots {
  if (!earlier) return later;
  if (!later) return earlier;
  const slots = new Map<number, Output>();
  for (const { slot, output } of [...earlier, ...later]) slots.set(slot, output);
  return [...slots].map(([slot, output]) => ({ slot, output }));
}
