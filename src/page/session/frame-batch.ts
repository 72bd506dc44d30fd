import { batch } from "@preact/signals";
import type { Clock } from "./clock.ts";

export interface FrameBatch<Item> {
  add(items: readonly Item[]): void;
  /** Applies what waits, now. */
  flush(): void;
  /** Forgets what waits. */
  clear(): void;
}

/** Collects items and applies them together before the next paint, so that a burst of messages draws the page once. */
export function createFrameBatch<Item>(clock: Clock, apply: (item: Item) => void): FrameBatch<Item> {
  let waiting: Item[] = [];
  let asked = false;

  function flush(): void {
    const items = waiting;
    waiting = [];
    batch(() => items.forEach(apply));
  }

  return {
    add(items) {
      waiting.push(...items);
      if (asked || waiting.length === 0) return;
      asked = true;
      clock.frame(() => {
        asked = false;
        flush();
      });
    },
    flush,
    clear() {
      waiting = [];
    },
  };
}
