/** Runs a cell's code in its turn, and follows what it yields. */
import { BODY, evaluateBody, inputNames, partsOf, PER_RUN, VALUE, type Cell } from "./cell.ts";
import { AbortError, isAbort, type BodyLineOf } from "./errors.ts";
import { Run } from "./run.ts";
import { createScope, maybeControl, SHADOWED, type Scope } from "./scope.ts";
import type { Screen } from "./screen.ts";
import { isGenerator, isQuiet, stream } from "./stream.ts";
import type { TensorLedger } from "./tensors.ts";
import type { Turns } from "./turns.ts";

/** What a cell's variable holds: the run, and what its body returned. */
export interface Returned {
  readonly run: Run;
  readonly values: Readonly<Record<string, unknown>>;
}

export interface RunnerOptions {
  readonly turns: Turns<Run>;
  readonly ledger: TensorLedger;
  readonly screen: Screen;
  readonly now: () => number;
  readonly fetch: typeof fetch;
  /** A macrotask's rest. */
  readonly breathe: () => Promise<void>;
  readonly bodyLineOf: BodyLineOf;
  /** Called when code is about to run: it may not let go, so what is to be seen of its start is sent first. */
  readonly beforeCode: (code: { readonly cell: Cell; readonly isNew: boolean }) => void;
  /** Values from outside, by name: see the message "set". */
  readonly overrides: ReadonlyMap<string, unknown>;
}

export interface Runner {
  /** One run of the cell's code. `invalidation` resolves when the run is superseded. */
  compute(cell: Cell, invalidation: Promise<void>, values: readonly unknown[]): Promise<Returned>;
  /** A part of what the run yields, as its readers see it: promises awaited, generators one value after the other. */
  follow(cell: Cell, returned: Returned, part: string): unknown;
}

export function createRunner(options: RunnerOptions): Runner {
  const { turns, ledger, screen, now, overrides, breathe, beforeCode } = options;

  async function compute(
    cell: Cell,
    invalidation: Promise<void>,
    values: readonly unknown[],
  ): Promise<Returned> {
    const { program } = cell;
    if (program.problem) throw new Error(program.problem.text.en);
    if (cell.cancelled) throw new AbortError("The cell was interrupted before it began.");
    const previous = cell.run;
    const run = new Run({ cell: program.id, number: ++cell.runs, owner: ledger.createOwner(), now });
    const parts = partsOf(program);
    run.expect([BODY, ...parts]);
    run.mark(BODY, "computing");
    cell.run = run;
    void invalidation.then(() => run.stop("superseded"));
    void run.settled.then(() => turns.drop(run));
    if (previous) await retire(previous);
    screen.setState(cell, "queued");
    await turns.acquire(run);
    try {
      run.throwIfStopped();
      // Code that has not run before may never let go: those before it come to their ends first.
      if (!cell.evaluated) await breathe();
      run.throwIfStopped();
      screen.clear(cell);
      screen.setState(cell, "running");
      const returned = await evaluate(cell, run, values);
      const byPart = program.form === "expression" ? { [VALUE]: returned } : (returned as Returned["values"]);
      for (const part of parts) if (isThenable(byPart[part])) keepPromise(run, byPart[part]);
      return { run, values: byPart };
    } catch (error) {
      fail(cell, run, error);
      for (const part of parts) run.end(part);
      throw error;
    } finally {
      turns.release(run);
      endPart(cell, run, BODY);
    }
  }

  /** A promise that the code has made computes on; `followPromise` hears how it ends, be it a little later. */
  function keepPromise(run: Run, promise: PromiseLike<unknown>): void {
    turns.keep(run);
    if (promise instanceof Promise) promise.catch(() => undefined);
  }

  /** No two runs of a cell overlap: the next begins when the last has let go, and its tensors with it. */
  async function retire(run: Run): Promise<void> {
    run.stop("superseded");
    await run.settled;
    run.owner.dispose();
  }

  function evaluate(cell: Cell, run: Run, values: readonly unknown[]): unknown {
    const { program } = cell;
    const isNew = !cell.evaluated;
    cell.evaluated ??= evaluateBody(program);
    const scope = createScope({ ...options, run, sink: screen.createSink(cell, run) });
    beforeCode({ cell, isNew });
    const names = inputNames(program);
    const given = program.inputs.map(({ name }) =>
      PER_RUN.has(name) ? scope[name as keyof Scope] : values[names.indexOf(name)],
    );
    return cell.evaluated(...SHADOWED.map((name) => scope[name]))(...given);
  }

  function follow(cell: Cell, { run, values }: Returned, part: string): unknown {
    const value = values[part];
    try {
      if (isThenable(value)) return followPromise(cell, run, part, value);
      return followValue(cell, run, part, value);
    } catch (error) {
      // What cannot be shown or set: the run has failed, and is over all the same.
      fail(cell, run, error);
      endPart(cell, run, part);
      throw error;
    }
  }

  function followValue(cell: Cell, run: Run, part: string, value: unknown): unknown {
    const control = maybeControl(value);
    if (overrides.has(part)) {
      const override = overrides.get(part);
      if (!control) return settle(cell, run, part, override);
      control.set(override);
    }
    if (isGenerator(value)) {
      if (!isQuiet(value)) return followStream(cell, run, part, value);
      settle(cell, run, part, control?.value);
      control?.addEventListener("input", () => cell.values.set(part, control.value));
      return value;
    }
    return settle(cell, run, part, value);
  }

  function followStream(cell: Cell, run: Run, part: string, source: Parameters<typeof stream>[0]): unknown {
    const showState = () => screen.setState(cell, run.streams ? "streaming" : "running");
    run.mark(part, "streaming");
    showState();
    return stream(source, {
      run,
      turns,
      onValue(value) {
        see(cell, run, part, value);
        showState();
      },
      onEnd(failure) {
        if (failure) fail(cell, run, failure.error);
        endPart(cell, run, part);
      },
    });
  }

  async function followPromise(
    cell: Cell,
    run: Run,
    part: string,
    promise: PromiseLike<unknown>,
  ): Promise<unknown> {
    try {
      // A run that was stopped before has ended its waiting parts.
      run.throwIfStopped();
      run.mark(part, "computing");
      return followValue(cell, run, part, overrides.has(part) ? undefined : await promise);
    } catch (error) {
      fail(cell, run, error);
      endPart(cell, run, part);
      throw error;
    } finally {
      turns.release(run);
    }
  }

  /** The part has its one value. */
  function settle(cell: Cell, run: Run, part: string, value: unknown): unknown {
    see(cell, run, part, value);
    endPart(cell, run, part);
    return value;
  }

  function see(cell: Cell, run: Run, part: string, value: unknown): void {
    cell.values.set(part, value);
    if (part === VALUE && cell.run === run && !showsItself(cell)) {
      screen.createSink(cell, run).display(value, VALUE);
    }
  }

  function endPart(cell: Cell, run: Run, part: string): void {
    const last = run.end(part);
    if (cell.run !== run) return;
    if (!last) {
      if (run.streams && !run.failed) screen.setState(cell, "streaming");
      return;
    }
    if (run.stopped === "superseded" || run.stopped === "removed") return;
    if (run.failed) screen.setState(cell, "failed");
    else if (run.stopped) screen.setState(cell, "interrupted");
    else screen.setState(cell, cell.click?.stale ? "stale" : "done");
  }

  function fail(cell: Cell, run: Run, error: unknown): void {
    if (run.stopped && isAbort(error)) return;
    run.failed = true;
    if (cell.run === run) screen.createSink(cell, run).fail(error);
  }

  return { compute, follow };
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}

/** Whether the cell says itself what it shows: its value is then not shown a second time. */
function showsItself({ program }: Cell): boolean {
  return program.inputs.some(({ name }) => name === "display" || name === "view");
}
