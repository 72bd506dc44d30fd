import type { Timers } from "../../storage/index.ts";

/** Time as the session sees it, so that tests bring their own. */
export interface Clock extends Timers {
  /** Calls back soon, and no more than twice a frame for either reason. Returns what takes that back. */
  frame(callback: () => void, gathering: Gathering): () => void;
}

/** What a drawing waits for: the few messages of an answer, which are drawn together, or nothing where all are there. */
export type Gathering = "an answer" | "none";

/** Milliseconds from the first message to the drawing. */
const GATHERING: Readonly<Record<Gathering, number>> = { "an answer": 2, none: 0 };
/**
 * Milliseconds between two drawings: half a screen's frame, so that what came late is still in the next one. The end of an
 * answer does not wait for them after its beginning was drawn, only after the end of another.
 */
const INTERVAL = 8;

/**
 * The browser's time. `frame` is a timer and no `requestAnimationFrame`, for what a frame's own callback changes has the
 * frame wait for it, and a browser at rest starts that frame before the rest of an answer is there. What a timer changes is
 * painted no later. In a hidden tab, where timers are slow, updates are drawn once a second and do not pile up.
 */
export function createBrowserClock(): Clock {
  const last: Record<Gathering, number> = { "an answer": -Infinity, none: -Infinity };
  return {
    now: () => performance.now(),
    after,
    frame(callback, gathering) {
      const rest = Math.max(GATHERING[gathering], last[gathering] + INTERVAL - performance.now());
      const draw = () => {
        last[gathering] = performance.now();
        callback();
      };
      if (rest > 0) return after(rest, draw);
      // Even a timer of 0 ms would be a task behind others, and the frame that is due may be among them.
      draw();
      return () => {};
    },
  };
}

function after(ms: number, callback: () => void): () => void {
  const timer = setTimeout(callback, ms);
  return () => clearTimeout(timer);
}
