/** A wait of a run: others compute meanwhile, and it goes on only if the run still may. */
import type { Run } from "./run.ts";
import type { Turns } from "./turns.ts";

export interface WaitOptions {
  readonly run: Run;
  readonly turns: Turns<Run>;
}

/**
 * A promise by which the run gives up its turn until `pending` has settled. It does so when the promise is first awaited,
 * not when it is made: code that fetches now and awaits later computes in its own turn in between, and a wait that nobody
 * awaits asks for no turn. A run that is stopped waits no longer.
 */
export function createWait<T>(pending: Promise<T>, { run, turns }: WaitOptions): Promise<T> {
  return new Wait(async () => {
    let stop: () => void = () => {};
    const stopped = new Promise<never>((_, reject) => {
      stop = () => reject(run.signal.reason);
      if (run.signal.aborted) stop();
      else run.signal.addEventListener("abort", stop);
    });
    const either = Promise.race([pending, stopped]);
    // The code up to its next await is still to run in this turn.
    await null;
    try {
      return await turns.pause(run, either);
    } finally {
      run.signal.removeEventListener("abort", stop);
      run.throwIfStopped();
    }
  });
}

class Wait<T> extends Promise<T> {
  /** What `then` gives is a plain promise. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  readonly #begin: () => Promise<T>;
  #begun: Promise<T> | undefined;

  constructor(begin: () => Promise<T>) {
    super(() => {});
    this.#begin = begin;
  }

  override then<A = T, B = never>(
    fulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.#begun ??= this.#begin();
    return this.#begun.then(fulfilled, rejected);
  }
}
