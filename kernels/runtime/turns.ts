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
  /** A part of the holder begins. Resolves when the turn is the holder's; at once, without a tick, when it is free. */
  acquire(holder: H): Promise<void> | undefined;
  /** A part of the holder that is under way already, a promise that its code has made: it keeps the turn if it needs one. */
  keep(holder: H): void;
  /** A part of the holder, begun by `acquire` or `keep`, has ended. */
  release(holder: H): void;
  /** All parts of the holder have ended. */
  drop(holder: H): void;
  /** Gives the turn up while `wait` is pending and takes it back before resolving, if the holder has not ended by then. */
  pause<T>(holder: H, wait: Promise<T>): Promise<T>;
}

/**
 * How far a holder is. No one can tell which of its parts a wait belongs to, nor whether anybody awaits it: hence counts,
 * which go wrong only by holding the turn a little longer, and never past the end of the last part.
 */
interface Holding {
  /** Parts that have begun and not ended. */
  open: number;
  /** Of these, the ones that compute now; meaningful while the holder has the turn. */
  active: number;
  /** Waits that are pending. */
  pauses: number;
}

export function createTurns<H extends TurnHolder>(): Turns<H> {
  let current: H | undefined;
  const holdings = new Map<H, Holding>();
  const queue: { holder: H; holding: Holding; start: () => void }[] = [];

  function holdingOf(holder: H): Holding {
    const holding = holdings.get(holder) ?? { open: 0, active: 0, pauses: 0 };
    holdings.set(holder, holding);
    return holding;
  }

  function begin(holder: H): void {
    current = holder;
    holdingOf(holder).active = 1;
    holder.enter();
  }

  function passOn(): void {
    current?.leave();
    current = undefined;
    for (let next = queue.shift(); next; next = queue.shift()) {
      // One that came back from a wait and whose part has ended meanwhile needs no turn.
      const needed = holdings.get(next.holder) === next.holding;
      if (needed) begin(next.holder);
      next.start();
      if (needed) return;
    }
  }

  function take(holder: H): Promise<void> | undefined {
    if (current === undefined && queue.length === 0) {
      begin(holder);
      return undefined;
    }
    return new Promise((start) => queue.push({ holder, holding: holdingOf(holder), start }));
  }

  function acquire(holder: H): Promise<void> | undefined {
    holdingOf(holder).open += 1;
    return take(holder);
  }

  function keep(holder: H): void {
    const holding = holdingOf(holder);
    holding.open += 1;
    if (current === holder && holding.pauses === 0) holding.active += 1;
  }

  function release(holder: H): void {
    const holding = holdings.get(holder);
    if (!holding) return;
    holding.open -= 1;
    if (holding.open <= 0) return drop(holder);
    if (current !== holder) return;
    holding.active -= 1;
    if (holding.active <= 0) passOn();
  }

  function drop(holder: H): void {
    holdings.delete(holder);
    if (current === holder) passOn();
  }

  async function pause<T>(holder: H, wait: Promise<T>): Promise<T> {
    const holding = holdings.get(holder);
    // A callback outside any turn has nothing to give up.
    if (!holding) return wait;
    holding.pauses += 1;
    const gave = current === holder;
    if (gave) {
      holding.active -= 1;
      if (holding.active <= 0) passOn();
    }
    try {
      return await wait;
    } finally {
      holding.pauses -= 1;
      if (holdings.get(holder) === holding) {
        if (current !== holder) await take(holder);
        else if (gave && holding.active < holding.open) holding.active += 1;
      }
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
    keep,
    release,
    drop,
    pause,
  };
}
