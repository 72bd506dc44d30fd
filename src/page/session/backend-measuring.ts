import { effect } from "@preact/signals";
import type { BackendTimes } from "../kernel/measure-backends.ts";
import type { Clock } from "./clock.ts";
import type { Session } from "./session.ts";

export interface BackendMeasuringOptions {
  readonly session: Session;
  readonly clock: Clock;
  readonly measure: () => Promise<BackendTimes>;
  readonly keep: (times: BackendTimes) => void;
}

/** Milliseconds without a running cell before it is measured: the reader's own training comes first. */
const REST = 3000;

/**
 * When the reader has first trained and nothing runs any more, it is measured once which backend trains fastest here.
 * Not before: most readers of a lecture never train. Ends with the returned function.
 */
export function measureBackendsOnce({ session, clock, measure, keep }: BackendMeasuringOptions): () => void {
  let begun = false;
  return effect(() => {
    if (begun || session.backendTimes.value || !session.backend.value || session.busy.value) return;
    return clock.after(REST, () => {
      begun = true;
      void measure().then((times) => {
        session.takeBackendTimes(times);
        if (session.backendTimes.peek()) keep(times);
      });
    });
  });
}
