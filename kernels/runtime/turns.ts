/**
 * Cells take turns. A run computes only while it holds the turn, and whoever waits is served in the order of asking.
 *
 * Why: TensorFlow.js cannot tell which cell made a tensor once two cells interleave over an `await`, and a browser has
 * no AsyncLocalStorage to tell it. With one run at a time, every tensor made is the turn holder's (tensors.ts). A run
 * keeps the turn over its own awaits, and gives it up where it says so: at a generator's `yield`, and in the kernel's
 * own waits (`scheduler.yield()`, `Promises.delay`, `fetch`), which come back only when the turn is theirs again.
 */
export interface TurnHolder {
  /** Called whenever the holder starts or goes on computing, and when it stops. */
  enter(): void;
  leave(): void;
}

export interface Turns<H extends TurnHolder> {
  /** The run that computes now. */
  readonly current: H | undefined;
  /** How many wait. */
  readonly waiting: number;
  /** Resolves when the turn is the holder's; at once, without a tick, when it is free. */
  acquire(holder: H): Promise<void> | undefined;
  release(holder: H): void;
  /** Gives the turn up while `wait` is pending and takes it back before resolving. Called by the current holder. */
  pause<T>(wait: Promise<T>): Promise<T>;
}

export function createTurns<H extends TurnHolder>(): Turns<H> {
  let current: H | undefined;
  const queue: { holder: H; start: () => void }[] = [];

  function begin(holder: H): void {
    current = holder;
    holder.enter();
  }

  function acquire(holder: H): Promise<void> | undefined {
    if (current === undefined && queue.length === 0) {
      begin(holder);
      return undefined;
    }
    return new Promise((resolve) => queue.push({ holder, start: resolve }));
  }

  function release(holder: H): void {
    if (current !== holder) return;
    holder.leave();
    current = undefined;
    const next = queue.shift();
    if (next) {
      begin(next.holder);
      next.start();
    }
  }

  async function pause<T>(wait: Promise<T>): Promise<T> {
    const holder = current;
    if (!holder) return wait;
    release(holder);
    try {
      return await wait;
    } finally {
      await acquire(holder);
    }
  }

  return {
    get current() {
      return current;
    },
    get waiting() {
      return queue.length;
    },
    acquire,
    release,
    pause,
  };
}
