import type { Timers } from "../../storage/index.ts";

/** Time as the session sees it, so that tests bring their own. */
export interface Clock extends Timers {
  /** Calls back before the next paint. */
  frame(callback: () => void): void;
}

/** The browser's time. A hidden tab paints no frames, and its updates must not pile up: hence the timer beside. */
export function createBrowserClock(): Clock {
  return {
    now: () => performance.now(),
    after(ms, callback) {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
    frame(callback) {
      const frame = requestAnimationFrame(fire);
      const timer = setTimeout(fire, 250);
      function fire(): void {
        cancelAnimationFrame(frame);
        clearTimeout(timer);
        callback();
      }
    },
  };
}
