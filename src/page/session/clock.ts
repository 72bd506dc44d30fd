import type { Timers } from "../../storage/index.ts";

/** Time as the session sees it, so that tests bring their own. */
export interface Clock extends Timers {
  /** Calls back soon, and no more than twice a frame. */
  frame(callback: () => void): void;
}

/** Milliseconds from the first message to the drawing: the few messages of one answer are drawn together. */
const GATHERING = 2;
/** Milliseconds between two drawings: half a screen's frame, so that what came late is still in the next one. */
const INTERVAL = 8;

/**
 * The browser's time. `frame` is a timer and no `requestAnimationFrame`, for what a frame's own callback changes has the
 * frame wait for it, and a browser at rest starts that frame before the rest of an answer is there. What a timer changes is
 * painted no later. In a hidden tab, where timers are slow, updates are drawn once a second and do not pile up.
 */
export function createBrowserClock(): Clock {
  let lastFrame = -Infinity;
  return {
    now: () => performance.now(),
    after(ms, callback) {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
    frame(callback) {
      const rest = Math.max(GATHERING, lastFrame + INTERVAL - performance.now());
      setTimeout(() => {
        lastFrame = performance.now();
        callback();
      }, rest);
    },
  };
}
