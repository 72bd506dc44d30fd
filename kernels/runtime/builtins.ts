/** Names that every notebook has: the same for all cells. What belongs to one run is in scope.ts. */
import { text } from "./display/text.ts";
import * as Inputs from "./inputs/index.ts";
import { markQuiet } from "./stream.ts";

export interface BuiltinsOptions {
  /** Waits without the turn, on behalf of whichever run computes now. */
  readonly pause: <T>(wait: Promise<T>) => Promise<T>;
}

export function createBuiltins({ pause }: BuiltinsOptions): Readonly<Record<string, unknown>> {
  const builtins = {
    text: () => text,
    Inputs: () => Inputs,
    Promises: () => ({
      /** Resolves to `value` after `ms` milliseconds; other cells compute meanwhile. */
      delay: <T>(ms: number, value?: T) => pause(wait(ms).then(() => value)),
    }),
    Generators: () => ({ observe }),
    /** Milliseconds since 1970, ten times a second. */
    now: () => markQuiet(ticks()),
  };
  return builtins;
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
  async function* values(): AsyncGenerator<T> {
    let latest: { value: T } | undefined;
    let wake: (() => void) | undefined;
    const dispose = initialize((value) => {
      latest = { value };
      wake?.();
    });
    try {
      for (;;) {
        if (!latest) await new Promise<void>((resolve) => (wake = resolve));
        const { value } = latest!;
        latest = undefined;
        yield value;
      }
    } finally {
      dispose?.();
    }
  }
  return markQuiet(values());
}
