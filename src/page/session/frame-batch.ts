import { batch } from "@preact/signals";
import type { Clock, Gathering } from "./clock.ts";

export interface FrameBatch<Item> {
  /** `isWhole`: nothing that belongs to them is still to come, so they need not wait for it. */
  add(items: readonly Item[], batch: { readonly isWhole: boolean }): void;
  /** Applies what waits, now. */
  flush(): void;
  /** Forgets what waits. */
  clear(): void;
}

/** Collects items and applies them together before the next paint, so that a burst of messages draws the page once. */
export function createFrameBatch<Item>(clock: Clock, apply: (item: Item) => void): FrameBatch<Item> {
  let waiting: Item[] = [];
  let asked = false;
  let cancel = () => {};

  function flush(): void {
    const items = waiting;
    waiting = [];
    batch(() => items.forEach(apply));
  }

  function draw(gathering: Gathering): void {
    cancel();
    asked = true;
    cancel = clock.frame(() => {
      asked = false;
      flush();
    }, gathering);
  }

  return {
    add(items, { isWhole }) {
      waiting.push(...items);
      if (waiting.length === 0) return;
      if (isWhole) draw("none");
      else if (!asked) draw("an answer");
    },
    flush,
    clear() {
      waiting = [];
    },
  };
}
