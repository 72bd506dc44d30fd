/** A generator of a cell, pulled only while its run has the turn, and closed when its run is stopped. */
import { isAbort } from "./errors.ts";
import type { Run } from "./run.ts";
import type { Turns } from "./turns.ts";

export type AnyGenerator = Generator<unknown, unknown, unknown> | AsyncGenerator<unknown, unknown, unknown>;

export interface StreamOptions {
  readonly run: Run;
  readonly turns: Turns<Run>;
  /** Each value, before the cells that read it see it. */
  readonly onValue: (value: unknown) => void;
  /** Called once, when no more will come: the generator is done, has thrown, or has been closed. */
  readonly onEnd: (failure?: { readonly error: unknown }) => void;
}

/** Generators that only wait for a person: they need no turn, and their cell counts as done. */
const quiet = new WeakSet<object>();

/** Marks a generator as one that only waits: a control's values, the time. */
export function markQuiet<T extends object>(generator: T): T {
  quiet.add(generator);
  return generator;
}

export function isQuiet(value: object): boolean {
  return quiet.has(value);
}

export function isGenerator(value: unknown): value is AnyGenerator {
  return (
    typeof value === "object" &&
    value !== null &&
    "next" in value &&
    "return" in value &&
    typeof value.next === "function" &&
    typeof value.return === "function"
  );
}

export function stream(source: AnyGenerator, { run, turns, onValue, onEnd }: StreamOptions): AsyncGenerator {
  let pulling = false;
  let ended = false;
  let yielded = false;

  function end(failure?: { readonly error: unknown }): void {
    if (ended) return;
    ended = true;
    run.signal.removeEventListener("abort", close);
    onEnd(failure);
  }

  /** Lets the generator's `finally` blocks run, in the run's own turn. */
  async function close(): Promise<void> {
    if (pulling || ended) return;
    pulling = true;
    await turns.acquire(run);
    try {
      await source.return(undefined);
      end();
    } catch (error) {
      end(isAbort(error) ? undefined : { error });
    } finally {
      turns.release(run);
    }
  }

  async function next(sent?: unknown): Promise<IteratorResult<unknown>> {
    if (ended || run.stopped) return stop();
    pulling = true;
    await turns.acquire(run);
    try {
      if (run.stopped) return stop();
      const result = await source.next(sent);
      if (result.done) {
        end();
        return stop();
      }
      const value = await result.value;
      yielded = true;
      onValue(value);
      return { done: false, value };
    } catch (error) {
      // It may be the value that failed: then the generator is still open.
      await closeAfterFailure(source);
      const stopped = run.stopped !== undefined && isAbort(error);
      end(stopped ? undefined : { error });
      if (stopped) return stop();
      throw error;
    } finally {
      turns.release(run);
      pulling = false;
      if (run.stopped) void close();
    }
  }

  /** A stream that was stopped before its first value has none to leave behind. */
  function stop(): IteratorResult<unknown> {
    if (run.stopped && !yielded) throw run.signal.reason;
    return { done: true, value: undefined };
  }

  run.signal.addEventListener("abort", close);
  const generator = {
    next,
    async return(value: unknown) {
      await close();
      return { done: true as const, value };
    },
    throw: (error: unknown) => Promise.reject(error),
    [Symbol.asyncIterator]: () => generator,
  };
  return generator as unknown as AsyncGenerator;
}

/** Its `finally` blocks may fail as well; the failure that came first is the one that is told. */
async function closeAfterFailure(source: AnyGenerator): Promise<void> {
  try {
    await source.return(undefined);
  } catch {
    return;
  }
}
