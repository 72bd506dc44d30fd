/**
 * What a cell's code sees besides the notebook's names: `display`, `view`, `invalidation`, `signal`, and a console,
 * timers, `fetch`, `scheduler` and `Promises` that know which run they belong to. All of them are passed in as names around the
 * cell's code, so nothing is patched.
 */
import { inspect } from "./display/inspect.ts";
import type { LogOutput, Output } from "./display/output.ts";
import { Control } from "./inputs/control.ts";
import type { Run } from "./run.ts";
import { cellFrames, type BodyLineOf } from "./errors.ts";
import type { TensorLedger } from "./tensors.ts";
import { markQuiet } from "./stream.ts";
import type { Turns } from "./turns.ts";
import { createWait } from "./wait.ts";

/** Where a run's outputs go. */
export interface Sink {
  /** Shows an output in a slot of its own, or in place of the run's earlier output of the same id. Returns the slot. */
  show(output: Output, id?: string): number;
  replace(slot: number, output: Output): void;
  /** Shows any value as `display` does. */
  display(value: unknown, id?: string): void;
  /** Gives a control an id, draws it, and keeps its drawing up to date. */
  attach(control: Control<unknown>, id?: string): void;
  fail(error: unknown): void;
}

export interface ScopeOptions {
  readonly run: Run;
  readonly sink: Sink;
  readonly turns: Turns<Run>;
  readonly ledger: TensorLedger;
  readonly fetch: typeof fetch;
  readonly breathe: () => Promise<void>;
  readonly bodyLineOf: BodyLineOf;
}

/** Names that shadow globals around every cell's code, in the order in which `createScope` gives their values. */
export const SHADOWED = ["console", "setTimeout", "setInterval", "fetch", "scheduler"] as const;

export type Scope = Readonly<
  Record<(typeof SHADOWED)[number] | "display" | "view" | "invalidation" | "signal" | "Promises", unknown>
>;

/** Log lines that one run may show. */
const MOST_LINES = 500;

export function createScope(options: ScopeOptions): Scope {
  const { run, sink, turns, fetch, breathe } = options;
  const invalidation = new Promise<void>((resolve) => run.signal.addEventListener("abort", () => resolve()));
  return {
    display(value: unknown, { id }: { id?: string } = {}) {
      run.throwIfStopped();
      sink.display(value, id);
      return value;
    },
    view(control: unknown) {
      run.throwIfStopped();
      if (!(control instanceof Control)) {
        throw new TypeError("view(control) takes a control, for instance view(Inputs.range([0, 1])).");
      }
      sink.attach(control);
      return controlValues(control, run.signal);
    },
    invalidation,
    signal: run.signal,
    console: createConsole(options),
    ...createTimers(options),
    fetch: (...request: Parameters<typeof fetch>) => createWait(fetch(...request), { turns, run }),
    scheduler: {
      yield: () => createWait(breathe(), { turns, run }),
    },
    Promises: {
      /** Resolves to `value` after `ms` milliseconds; other cells compute meanwhile. */
      delay: <T>(ms: number, value?: T) => createWait(delay(ms, value, run.signal), { turns, run }),
    },
  };
}

/** The control behind a generator that `view` gave. */
const controls = new WeakMap<object, Control<unknown>>();

export function maybeControl(values: unknown): Control<unknown> | undefined {
  return typeof values === "object" && values !== null ? controls.get(values) : undefined;
}

/** The control's value, and each new one. Values that come faster than they are read are skipped. */
export function controlValues<T>(control: Control<T>, signal: AbortSignal): AsyncGenerator<T> {
  let unseen = true;
  let wake: (() => void) | undefined;
  const changed = () => {
    unseen = true;
    wake?.();
  };
  control.addEventListener("input", changed);
  signal.addEventListener("abort", () => {
    control.removeEventListener("input", changed);
    wake?.();
  });
  async function* values(): AsyncGenerator<T> {
    while (!signal.aborted) {
      if (!unseen) await new Promise<void>((resolve) => (wake = resolve));
      unseen = false;
      if (!signal.aborted) yield control.value;
    }
  }
  const generator = markQuiet(values());
  controls.set(generator, control as Control<unknown>);
  return generator;
}

function delay<T>(ms: number, value: T | undefined, signal: AbortSignal): Promise<T | undefined> {
  return new Promise((resolve) => {
    const stop = () => clearTimeout(timer);
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve(value);
    }, ms);
    signal.addEventListener("abort", stop);
  });
}

function createConsole({ run, sink, bodyLineOf }: ScopeOptions): Partial<Console> {
  let last: { slot: number; key: string; output: LogOutput } | undefined;
  let lines = 0;
  const write =
    (level: LogOutput["level"]) =>
    (...values: unknown[]): void => {
      if (run.stopped === "removed" || run.stopped === "superseded") return;
      const parts = values.map((value) => inspect(value));
      const key = level + JSON.stringify(parts);
      if (last?.key === key) {
        last.output = { ...last.output, count: last.output.count + 1 };
        sink.replace(last.slot, last.output);
        return;
      }
      lines += 1;
      if (lines > MOST_LINES) {
        const text = `${lines - MOST_LINES} more lines are not shown.`;
        const part = { type: "primitive", of: "string", text } as const;
        sink.show({ kind: "log", level: "warn", parts: [part], count: 1 }, "gongbu.log.rest");
        return;
      }
      const at = cellFrames(new Error().stack ?? "", bodyLineOf)[0]?.at;
      const output: LogOutput = { kind: "log", level, parts, count: 1, ...(at && { at }) };
      last = { slot: sink.show(output), key, output };
    };
  const log = write("log");
  return {
    log,
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
    debug: write("debug"),
    table: (value: unknown) => log(value),
    dir: (value: unknown) => log(value),
    assert: (condition?: unknown, ...values: unknown[]) => {
      if (!condition) write("error")("Assertion failed:", ...values);
    },
  };
}

/** Timers whose callbacks compute for the run, and end with it. */
function createTimers({ run, sink, ledger }: ScopeOptions) {
  const guarded = (callback: () => void) => {
    if (run.stopped) return;
    try {
      ledger.during(run.owner, callback);
    } catch (error) {
      sink.fail(error);
    }
  };
  return {
    setTimeout(callback: (...values: unknown[]) => void, ms?: number, ...values: unknown[]) {
      const timer = setTimeout(() => {
        run.timers.delete(timer);
        guarded(() => callback(...values));
      }, ms);
      run.timers.add(timer);
      return timer;
    },
    setInterval(callback: (...values: unknown[]) => void, ms?: number, ...values: unknown[]) {
      const timer = setInterval(() => guarded(() => callback(...values)), ms);
      run.timers.add(timer);
      return timer;
    },
  };
}
