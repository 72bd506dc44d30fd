import type { Clock } from "../../../../src/page/session/index.ts";

export interface FakeClock extends Clock {
  /** Lets time pass, timers fire in their order, and promises settle between them. */
  pass(ms: number): Promise<void>;
  /** Paints: what waits for the rest of an answer is called. What waits for nothing has been. */
  paint(): void;
}

export function createFakeClock(): FakeClock {
  let time = 0;
  let timers: { at: number; callback: () => void }[] = [];
  let frames: (() => void)[] = [];
  return {
    now: () => time,
    after(ms, callback) {
      const timer = { at: time + ms, callback };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    frame(callback, gathering) {
      if (gathering === "none") {
        callback();
        return () => {};
      }
      frames.push(callback);
      return () => {
        frames = frames.filter((other) => other !== callback);
      };
    },
    paint() {
      const called = frames;
      frames = [];
      called.forEach((callback) => callback());
    },
    async pass(ms) {
      const end = time + ms;
      await settle();
      for (;;) {
        const [next] = timers.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at);
        if (!next) break;
        timers = timers.filter((timer) => timer !== next);
        time = next.at;
        next.callback();
        await settle();
      }
      time = end;
    },
  };
}

/** Promise callbacks that are due have run, and those that they made due. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}
