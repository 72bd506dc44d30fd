/**
 * The notebook kernel: cells as variables of Observable's runtime, each run in its turn, everything it shows sent as
 * data. It knows no page, no worker and no Node: a host gives it a way to send, modules and a clock.
 *
 * It stays in one file because define, run, stop and report change one cell together; turns, tensors, streams, scopes
 * and coalescing are files of their own.
 */
import { Runtime, type Module, type Observer, type Variable } from "@observablehq/runtime";
import { createBuiltins } from "./builtins.ts";
import { maybeOutput } from "./display/displayed.ts";
import { toJson } from "./display/json.ts";
import type { Output, PlainError } from "./display/output.ts";
import { isAbort, KernelError, sourceUrl, toPlainError } from "./errors.ts";
import { createGraph, type CellGraph } from "./graph.ts";
import { childId, Control } from "./inputs/control.ts";
import type { ModuleRegistry } from "./modules.ts";
import type { CellId, CellProgram, SourceSpan } from "./program.ts";
import type { CellState, FromKernel, Result, ToKernel } from "./protocol.ts";
import { Run } from "./run.ts";
import { createScope, maybeControl, pausing, SHADOWED, type Scope, type Sink } from "./scope.ts";
import { isGenerator, isQuiet, stream } from "./stream.ts";
import type { TensorLedger } from "./tensors.ts";
import { createTurns } from "./turns.ts";
import { createUpdates } from "./updates.ts";

export interface KernelOptions {
  readonly send: (message: FromKernel) => void;
  readonly modules: ModuleRegistry;
  readonly ledger: TensorLedger;
  /** Runs a callback after `ms`; with 0, in a macrotask that comes as soon as it can. */
  readonly later: (callback: () => void, ms: number) => void;
  readonly now: () => number;
  readonly fetch: typeof fetch;
}

export interface Kernel {
  receive(message: ToKernel): void;
  /** A macrotask's rest for the run that computes now; throws AbortError when it has been stopped. */
  breathe(): Promise<void>;
}

/** The name under which an expression's value is followed like a declared one. */
const VALUE = "value";
const BODY = "body";

/** What a cell's variable holds: the run, and what its body returned. */
interface Returned {
  readonly run: Run;
  readonly values: Readonly<Record<string, unknown>>;
}

interface Cell {
  readonly program: CellProgram;
  readonly key: string;
  readonly variables: Variable[];
  watches: Variable[];
  body: Variable;
  state: CellState;
  run: Run | undefined;
  runs: number;
  /** Slots by the id that the run gave them, and how many it has filled. */
  slots: { ids: Map<string, number>; count: number };
  controls: number;
  readonly values: Map<string, unknown>;
  evaluated?: (...shadowed: unknown[]) => (...inputs: unknown[]) => unknown;
  /** Of a cell that runs when asked: the inputs as they now are, and whether a run waits for them. */
  click?: { inputs: unknown[] | undefined; wanted: boolean; stale: boolean; collect: Variable };
}

export function createKernel({ send, modules, ledger, later, now, fetch }: KernelOptions): Kernel {
  const turns = createTurns<Run>();
  const cells = new Map<CellId, Cell>();
  const imports = new Map<string, { variable: Variable; users: Set<CellId> }>();
  const inputs = new Map<string, { control: Control<unknown>; run: Run }>();
  /** The reader's settings, by control: they outlive a new run that draws the same control. */
  const settings = new Map<string, { drawn: string; sent: unknown }>();
  const overrides = new Map<string, unknown>();
  /** What is left of cells that were taken out: an edited cell goes on counting, and waits for its old run. */
  const earlier = new Map<CellId, { run: Run | undefined; runs: number }>();
  const bodyLineOf = (cell: string) => cells.get(cell as CellId)?.program.bodyLine;
  const updates = createUpdates({ send: sendUpdates, later, now });
  const breathe = () => new Promise<void>((resolve) => later(resolve, 0));
  const runtime = new Runtime(createBuiltins({ pause }), globalValue);
  const module: Module = runtime.module();
  let graph: CellGraph = createGraph([]);
  let memorySent = "";

  /** A wait of library code: on behalf of whichever run computes now. */
  function pause<T>(wait: Promise<T>): Promise<T> {
    const run = turns.current;
    return run ? pausing(turns, run, wait) : wait;
  }

  function sendUpdates(changed: Parameters<Parameters<typeof createUpdates>[0]["send"]>[0]): void {
    send({ type: "cells", updates: changed });
    const memory = ledger.memory();
    const key = JSON.stringify(memory);
    if (!memory || key === memorySent) return;
    memorySent = key;
    send({ type: "memory", ...memory });
  }

  // Definition ---------------------------------------------------------------------------------------------------

  function define(all: readonly CellProgram[]): void {
    const programs = all.filter(({ apart }) => !apart);
    const keys = new Map(programs.map((program) => [program.id, JSON.stringify(program)]));
    for (const [id, cell] of cells) if (keys.get(id) !== cell.key) remove(id, cell);
    graph = createGraph(programs);
    for (const program of programs) if (!cells.has(program.id)) add(program, keys.get(program.id)!);
  }

  function remove(id: CellId, cell: Cell): void {
    const { run } = cell;
    run?.stop("removed");
    for (const variable of [...cell.watches, ...cell.variables]) variable.delete();
    for (const [name, { variable, users }] of imports) {
      if (!users.delete(id) || users.size > 0) continue;
      variable.delete();
      imports.delete(name);
    }
    for (const [inputId, input] of inputs) if (input.run === run) inputs.delete(inputId);
    cells.delete(id);
    earlier.set(id, { run, runs: cell.runs });
    void run?.settled.then(() => run.owner.dispose());
  }

  function add(program: CellProgram, key: string): void {
    const { id } = program;
    const body = module.variable();
    const cell: Cell = {
      program,
      key,
      body,
      variables: [body],
      watches: [],
      state: "idle",
      run: earlier.get(id)?.run,
      runs: earlier.get(id)?.runs ?? 0,
      slots: { ids: new Map(), count: 0 },
      controls: 0,
      values: new Map(),
    };
    cells.set(id, cell);
    for (const { local, imported, module: from } of program.imports) {
      const known = imports.get(local);
      if (known) known.users.add(id);
      else {
        const variable = module.variable().define(local, [], () => importName(from, imported));
        imports.set(local, { variable, users: new Set([id]) });
      }
    }
    if (program.run === "click") {
      const collect = module.variable(createCollector(id, cell));
      cell.click = { inputs: undefined, wanted: false, stale: false, collect };
      cell.variables.push(collect);
    } else {
      defineBody(cell);
    }
    for (const name of partsOf(program)) {
      const follower = module.variable();
      follower.define(name === VALUE ? `value:${id}` : name, [bodyName(id)], (returned: Returned) =>
        follow(cell, returned, name),
      );
      cell.variables.push(follower);
    }
  }

  /** Names whose values a run yields: those it declares, or its expression's. */
  function partsOf({ form, outputs, problem }: CellProgram): readonly string[] {
    if (problem) return [];
    return form === "expression" ? [VALUE] : outputs;
  }

  function inputNames({ inputs, imports, problem }: CellProgram): string[] {
    if (problem) return [];
    const names = [...inputs.map(({ name }) => name), ...imports.map(({ local }) => local)];
    return [...new Set(names)].filter((name) => !PER_RUN.has(name));
  }

  function defineBody(cell: Cell, given?: readonly unknown[]): void {
    const names = given ? [] : inputNames(cell.program);
    cell.body.define(bodyName(cell.program.id), ["invalidation", ...names], ((
      invalidation: Promise<void>,
      ...values: unknown[]
    ) => compute(cell, invalidation, given ?? values)) as never);
  }

  async function importName(from: string, imported: string): Promise<unknown> {
    const namespace = await modules.load(from);
    if (imported === "*") return namespace;
    if (imported in namespace) return namespace[imported];
    const known = Object.keys(namespace).sort().join(", ");
    throw new KernelError("unknown-export", {
      en: `"${from}" exports no "${imported}". It exports: ${known}.`,
      ko: `"${from}" 모듈은 "${imported}"을(를) 내보내지 않습니다. 내보내는 이름: ${known}.`,
    });
  }

  // Running ------------------------------------------------------------------------------------------------------

  function runCells(ids: readonly CellId[]): void {
    const asked = new Set(ids);
    for (const id of asked) {
      const cell = cells.get(id);
      if (!cell) continue;
      for (const ancestor of graph.findAncestors(id)) {
        const source = cells.get(ancestor);
        if (source && !asked.has(ancestor) && NEEDS_RUN.has(source.state)) start(source);
      }
      start(cell);
    }
  }

  /** Attaches the cell, or has it computed anew when it is attached already. */
  function start(cell: Cell): void {
    const attached = cell.watches.length > 0;
    if (cell.click) return startClicked(cell, attached);
    if (attached) {
      // Only what waits for others is left alone: it will be computed with them.
      if (cell.state !== "queued") defineBody(cell);
      return;
    }
    setState(cell, "queued");
    watch(cell);
  }

  function startClicked(cell: Cell, attached: boolean): void {
    const click = cell.click!;
    const { id } = cell.program;
    click.wanted = true;
    setState(cell, "queued");
    if (!attached) {
      cell.body.define(bodyName(id), [], () => waitForClick(cell));
      watch(cell);
      click.collect.define(`inputs:${id}`, inputNames(cell.program), ((...values: unknown[]) => ({ values })) as never);
    } else if (click.inputs) {
      startWith(cell, click.inputs);
    }
  }

  /** Starts the run that was asked for, on the inputs as they are now. */
  function startWith(cell: Cell, values: readonly unknown[]): void {
    Object.assign(cell.click!, { wanted: false, stale: false });
    clickWaits.get(cell)?.();
    clickWaits.delete(cell);
    defineBody(cell, values);
  }

  const clickWaits = new WeakMap<Cell, () => void>();

  /** The body's variable before its first click: it has no value yet, and no failure either. */
  function waitForClick(cell: Cell): Promise<never> {
    return new Promise((_, reject) => clickWaits.set(cell, () => reject(new Error("superseded"))));
  }

  /** Hears of a click cell's inputs: the run that waits for them starts; without one, the cell turns stale. */
  function createCollector(id: CellId, cell: Cell) {
    return {
      pending() {
        if (cell.click) cell.click.inputs = undefined;
      },
      fulfilled(value: unknown) {
        const click = cell.click!;
        click.inputs = (value as { values: unknown[] }).values;
        if (click.wanted) return startWith(cell, click.inputs);
        click.stale = true;
        if (cell.run?.ended) setState(cell, "stale");
      },
      rejected() {
        if (cell.click!.wanted) blame(cells.get(id)!);
      },
    };
  }

  /** Observes the cell's body and all that it yields: from now on they are computed whenever an input changes. */
  function watch(cell: Cell): void {
    const { id } = cell.program;
    const rejected = () => blame(cell);
    const pending = () => {
      if (!cell.click && cell.run?.ended !== false) setState(cell, "queued");
    };
    const observe = (name: string, observer: Observer) => {
      cell.watches.push(module.variable(observer).define(null, [name], () => undefined));
    };
    observe(bodyName(id), { pending, rejected });
    for (const name of partsOf(cell.program)) observe(name === VALUE ? `value:${id}` : name, { rejected });
  }

  /** A cell that could not even start: says which of its inputs is to blame. */
  function blame(cell: Cell): void {
    if (cell.state !== "queued") return;
    const { program } = cell;
    if (program.problem) {
      return failBeforeRun(cell, problemError(program));
    }
    const sources = program.inputs.flatMap(({ name, at }) => {
      const declaring = graph.maybeDeclaringCell(name);
      const source = declaring && declaring !== program.id ? cells.get(declaring) : undefined;
      return source ? [{ name, at, source }] : [];
    });
    const failed = sources.find(({ source }) => source.state === "failed" || source.program.problem);
    if (failed) return failBeforeRun(cell, inputFailed(cell, failed));
    if (sources.some(({ source }) => source.state === "interrupted")) return setState(cell, "interrupted");
    if (program.imports.length > 0) return void reportImports(cell);
    const missing = program.inputs.find(({ name }) => !PER_RUN.has(name) && !graph.maybeDeclaringCell(name));
    if (missing) {
      return failBeforeRun(cell, {
        name: "ReferenceError",
        code: "missing-name",
        text: {
          en: `\`${missing.name}\` is not defined: no cell of this notebook declares it.`,
          ko: `\`${missing.name}\`이(가) 정의되지 않았습니다. 이 노트북의 어느 셀도 선언하지 않습니다.`,
        },
        cell: program.id,
        at: missing.at,
      });
    }
    const unfinished = sources.find(({ source }) => source.state !== "done" && source.state !== "streaming");
    if (unfinished) failBeforeRun(cell, inputFailed(cell, unfinished));
  }

  function inputFailed({ program }: Cell, { name, at, source }: { name: string; at: SourceSpan; source: Cell }): PlainError {
    const id = source.program.id;
    return {
      name: "InputError",
      code: "input-failed",
      text: {
        en: `\`${name}\` has no value, because cell ${id} failed. Mend that cell, and this one follows.`,
        ko: `${id} 셀이 실패해서 \`${name}\`의 값이 없습니다. 그 셀을 고치면 이 셀도 이어서 실행됩니다.`,
      },
      cell: program.id,
      at,
    };
  }

  async function reportImports(cell: Cell): Promise<void> {
    for (const { module: from, imported } of cell.program.imports) {
      try {
        await importName(from, imported);
      } catch (error) {
        return failBeforeRun(cell, { ...toPlainError(error, bodyLineOf), cell: cell.program.id });
      }
    }
  }

  function problemError({ id, problem }: CellProgram): PlainError {
    return { name: "CellProblem", code: problem!.code, text: problem!.text, cell: id, at: problem!.at };
  }

  function failBeforeRun(cell: Cell, error: PlainError): void {
    cell.runs += 1;
    clearSlots(cell);
    put(cell, 0, { kind: "error", error });
    cell.slots.count = 1;
    setState(cell, "failed");
  }

  /** The body of a cell, in its turn. Observable's runtime calls it when all inputs are there. */
  async function compute(cell: Cell, invalidation: Promise<void>, values: readonly unknown[]): Promise<Returned> {
    const { program } = cell;
    if (program.problem) throw new Error(program.problem.text.en);
    const previous = cell.run;
    const run = new Run({ cell: program.id, number: ++cell.runs, owner: ledger.createOwner(), now });
    const parts = partsOf(program);
    run.expect([BODY, ...parts]);
    run.mark(BODY, "computing");
    cell.run = run;
    void invalidation.then(() => run.stop("superseded"));
    if (previous) {
      previous.stop("superseded");
      await previous.settled;
      previous.owner.dispose();
    }
    setState(cell, "queued");
    await turns.acquire(run);
    try {
      run.throwIfStopped();
      clearSlots(cell);
      setState(cell, "running");
      const returned = await evaluate(cell, run, values);
      return { run, values: program.form === "expression" ? { [VALUE]: returned } : (returned as Returned["values"]) };
    } catch (error) {
      fail(cell, run, error);
      for (const part of parts) run.end(part);
      throw error;
    } finally {
      turns.release(run);
      endPart(cell, run, BODY);
    }
  }

  function evaluate(cell: Cell, run: Run, values: readonly unknown[]): unknown {
    const { program } = cell;
    cell.evaluated ??= evaluateBody(program);
    const scope = createScope({ run, sink: createSink(cell, run), turns, ledger, fetch, breathe, bodyLineOf });
    const names = inputNames(program);
    const given = program.inputs.map(({ name }) =>
      PER_RUN.has(name) ? scope[name as keyof Scope] : values[names.indexOf(name)],
    );
    return cell.evaluated(...SHADOWED.map((name) => scope[name]))(...given);
  }

  /** What a name of the cell holds, as its readers see it: promises awaited, generators one value after the other. */
  async function followPromise(cell: Cell, run: Run, name: string): Promise<unknown> {
    await turns.acquire(run);
    try {
      run.throwIfStopped();
      const value: unknown = await cell.values.get(name);
      seen(cell, run, name, value);
      return value;
    } catch (error) {
      fail(cell, run, error);
      throw error;
    } finally {
      turns.release(run);
      endPart(cell, run, name);
    }
  }

  function follow(cell: Cell, { run, values }: Returned, name: string): unknown {
    const value = values[name];
    cell.values.set(name, value);
    const control = maybeControl(value);
    if (overrides.has(name)) {
      const override = overrides.get(name);
      if (control) control.value = override;
      else {
        cell.values.set(name, override);
        endPart(cell, run, name);
        return override;
      }
    }
    if (isGenerator(value)) {
      if (isQuiet(value)) {
        if (control) cell.values.set(name, control.value);
        endPart(cell, run, name);
        return value;
      }
      run.mark(name, "streaming");
      setState(cell, run.streams ? "streaming" : "running");
      return stream(value, {
        run,
        turns,
        onValue: (yielded) => {
          seen(cell, run, name, yielded);
          setState(cell, run.streams ? "streaming" : "running");
        },
        onEnd: (error) => {
          if (error !== undefined) fail(cell, run, error);
          endPart(cell, run, name);
        },
      });
    }
    if (isThenable(value)) {
      run.mark(name, "computing");
      return followPromise(cell, run, name);
    }
    seen(cell, run, name, value);
    endPart(cell, run, name);
    return value;
  }

  function seen(cell: Cell, run: Run, name: string, value: unknown): void {
    cell.values.set(name, value);
    if (name === VALUE && cell.run === run) createSink(cell, run).display(value, VALUE);
  }

  function endPart(cell: Cell, run: Run, part: string): void {
    const last = run.end(part);
    if (cell.run !== run) return;
    if (!last) {
      if (run.streams && !run.failed) setState(cell, "streaming");
      return;
    }
    if (run.stopped === "superseded" || run.stopped === "removed") return;
    const ended = run.failed ? "failed" : run.stopped === "interrupted" ? "interrupted" : "done";
    setState(cell, ended === "done" && cell.click?.stale ? "stale" : ended);
  }

  function fail(cell: Cell, run: Run, error: unknown): void {
    if (run.stopped && isAbort(error)) return;
    run.failed = true;
    if (cell.run === run) createSink(cell, run).fail(error);
  }

  // Showing ------------------------------------------------------------------------------------------------------

  function setState(cell: Cell, state: CellState): void {
    if (cells.get(cell.program.id) !== cell) return;
    cell.state = state;
    const ended = state === "done" || state === "failed" || state === "interrupted" || state === "stale";
    updates.post({
      cell: cell.program.id,
      run: cell.runs,
      state,
      ...(cell.run && state !== "queued" && { ms: cell.run.ms }),
      ...(ended && { slots: cell.slots.count }),
    });
  }

  function clearSlots(cell: Cell): void {
    cell.slots = { ids: new Map(), count: 0 };
    cell.controls = 0;
  }

  function put(cell: Cell, slot: number, output: Output): void {
    updates.post({
      cell: cell.program.id,
      run: cell.runs,
      outputs: [{ slot, output }],
      ...(cell.run && cell.state !== "queued" && { ms: cell.run.ms }),
    });
  }

  function createSink(cell: Cell, run: Run): Sink {
    const slots = cell.slots;
    const live = () => cell.run === run && cells.get(cell.program.id) === cell;
    const sink: Sink = {
      show(output, id) {
        let slot = id === undefined ? undefined : slots.ids.get(id);
        if (slot === undefined) {
          slot = slots.count++;
          if (id !== undefined) slots.ids.set(id, slot);
        }
        sink.replace(slot, output);
        return slot;
      },
      replace(slot, output) {
        if (live()) put(cell, slot, output);
      },
      display(value, id) {
        if (value instanceof Control) return sink.attach(value, id);
        const output = maybeOutput(value);
        if (output) sink.show(output, id);
      },
      attach(control, id) {
        const inputId = `${cell.program.id}/${cell.controls++}`;
        if (live()) attachControl(control, { inputId, run, draw: (output) => sink.show(output, id ?? inputId) });
      },
      fail(error) {
        sink.show({ kind: "error", error: toPlainError(error, bodyLineOf) });
      },
    };
    return sink;
  }

  interface Attachment {
    readonly inputId: string;
    readonly run: Run;
    readonly draw: (output: Output) => void;
  }

  function attachControl(control: Control<unknown>, { inputId, run, draw }: Attachment): void {
    register(control, inputId, run);
    const redraw = () => draw(control.output(inputId));
    control.addEventListener("input", redraw);
    run.signal.addEventListener("abort", () => control.removeEventListener("input", redraw));
    redraw();
  }

  /** Makes the control known by its id, with the setting that the reader gave the same control before. */
  function register(control: Control<unknown>, inputId: string, run: Run): void {
    for (const { key, control: child } of control.children) register(child, childId(inputId, key), run);
    inputs.set(inputId, { control, run });
    const drawn = JSON.stringify(control.output(inputId));
    const setting = settings.get(inputId);
    if (setting?.drawn !== drawn) settings.set(inputId, { drawn, sent: undefined });
    else if (setting.sent !== undefined) control.receive(setting.sent);
  }

  function receiveInput(inputId: string, value: unknown): void {
    const input = inputs.get(inputId);
    if (!input) return;
    const { control, run } = input;
    try {
      control.receive(value);
      const setting = settings.get(inputId);
      if (setting && control.output(inputId).control.type !== "button") setting.sent = value;
    } catch (error) {
      const cell = cells.get(run.cell);
      if (cell) createSink(cell, run).fail(error);
    }
  }

  // Requests -----------------------------------------------------------------------------------------------------

  async function interrupt(): Promise<void> {
    const running = [...cells.values()].filter((cell) => cell.run && !cell.run.ended);
    for (const cell of cells.values()) {
      if (cell.click) cell.click.wanted = false;
      if (cell.run?.ended === false) cell.run.stop("interrupted");
    }
    await Promise.all(running.map((cell) => cell.run!.settled));
    for (const cell of cells.values()) if (cell.state === "queued") setState(cell, "interrupted");
  }

  function valueOf(id: CellId): unknown {
    const cell = cells.get(id);
    if (!cell) {
      throw new KernelError("unknown-cell", {
        en: `There is no cell ${id} in this notebook.`,
        ko: `이 노트북에는 ${id} 셀이 없습니다.`,
      });
    }
    const { form, outputs } = cell.program;
    if (form === "expression") return toJson(cell.values.get(VALUE));
    return toJson(Object.fromEntries(outputs.map((name) => [name, cell.values.get(name)])));
  }

  function setName(name: string, value: unknown): void {
    overrides.set(name, value);
    const id = graph.maybeDeclaringCell(name);
    const cell = id && cells.get(id);
    if (cell && cell.watches.length > 0) start(cell);
  }

  async function answer(id: number, work: () => unknown): Promise<void> {
    let result: Result;
    try {
      result = { ok: true, value: await work() };
    } catch (error) {
      result = { ok: false, error: toPlainError(error, bodyLineOf) };
    }
    updates.flush();
    send({ type: "reply", id, result });
  }

  return {
    breathe: () => pause(breathe()),
    receive(message) {
      switch (message.type) {
        case "define":
          return define(message.cells);
        case "run":
          return runCells(message.cells);
        case "input":
          return receiveInput(message.inputId, message.value);
        case "set":
          return setName(message.name, message.value);
        case "interrupt":
          return void answer(message.id, interrupt);
        case "value":
          return void answer(message.id, () => valueOf(message.cell));
        case "ping":
          return void answer(message.id, () => null);
        case "reply":
          // Answers to the host's own requests: the host takes them before the kernel sees them.
          return;
        default:
          message satisfies never;
          throw new TypeError(`The kernel knows no message "${(message as { type: string }).type}".`);
      }
    },
  };
}

/** Names that belong to a run, not to the notebook. */
const PER_RUN: ReadonlySet<string> = new Set(["display", "view", "invalidation", "signal", ...SHADOWED]);

/** States of a source in which its reader's run starts it too. */
const NEEDS_RUN: ReadonlySet<CellState> = new Set(["idle", "failed", "interrupted"]);

function bodyName(id: CellId): string {
  return `cell:${id}`;
}

/** Evaluates a cell's function expression in strict mode, under a name by which stack traces are read. */
function evaluateBody({ id, body }: CellProgram): NonNullable<Cell["evaluated"]> {
  const source = `(${SHADOWED.join(", ")}) => { "use strict"; return (${body}\n); }\n//# sourceURL=${sourceUrl(id)}`;
  // By way of globalThis: the code sees globals and what it is given, nothing of this module.
  return globalThis.eval(source) as NonNullable<Cell["evaluated"]>;
}

/** What a name that no cell declares means. `blame` says the rest when there is no such thing. */
function globalValue(name: string): unknown {
  if (name in globalThis) return (globalThis as Record<string, unknown>)[name];
  throw new ReferenceError(`${name} is not defined`);
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}
