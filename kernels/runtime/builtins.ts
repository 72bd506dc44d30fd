/** Names that every notebook has: the same for all cells. What belongs to one run is in scope.ts. */
import { text } from "./display/text.ts";
import * as Inputs from "./inputs/index.ts";
import { markQuiet } from "./stream.ts";

/** By name, as definitions of Observable's runtime. */
export function createBuiltins(): Readonly<Record<string, () => unknown>> {
  return {
    text: () => text,
    Inputs: () => Inputs,
    Generators: () => ({ observe }),
    /** Milliseconds since 1970, ten times a second. */
    now: () => markQuiet(ticks()),
  };
}

const TICK = 100;

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function* ticks(): AsyncGenerator<number> {
  for (;;) {
    yield Date.now();
    await wait(TICK);
  }
}

/** A generator of whatever `initialize` passes to its callback; values that nobody has read yet are skipped. */
function observe<T>(initialize: (change: (value: T) => void) => (() => void) | undefined): AsyncGenerator<T> {
  let latest: { value: T } | undefined;
  let wake: (() => void) | undefined;
  let over = false;
  const dispose = initialize((value) => {
    latest = { value };
    wake?.();
  });
  const end = () => {
    if (over) return;
    over = true;
    dispose?.();
    wake?.();
  };
  // No async generator: that would hear of its end only after the value that it waits for.
  const generator = {
    async next(): Promise<IteratorResult<T>> {
      if (!latest && !over) await new Promise<void>((resolve) => (wake = resolve));
      if (!latest || over) return { done: true, value: undefined };
      const { value } = latest;
      latest = undefined;
      return { done: false, value };
    },
    async return(value?: unknown) {
      end();
      return { done: true as const, value };
    },
    async throw(error: unknown): Promise<never> {
      end();
      throw error;
    },
    [Symbol.asyncIterator]: () => generator,
  };
  return markQuiet(generator) as unknown as AsyncGenerator<T>;
}
