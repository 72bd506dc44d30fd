/**
 * The notebook kernel: cells as variables of Observable's runtime, each run in its turn, everything it shows sent as
 * data. It knows no page, no worker and no Node: a host gives it a way to send, modules and a clock.
 *
 * Over 300 lines, and in one file, because defining, starting and stopping move the same variables in step; what a run
 * is, what it shows and why it fails have files of their own.
 */
import { Runtime, type Module, type Observer } from "@observablehq/runtime";
import { maybeBlame } from "./blame.ts";
import { createBuiltins } from "./builtins.ts";
import { bodyName, createCell, inputNames, partName, partsOf, programKey, VALUE } from "./cell.ts";
import type { Cell, Click, FormerCell } from "./cell.ts";
import { createControlDesk } from "./control-desk.ts";
import { toJson } from "./display/json.ts";
import type { PlainError } from "./display/output.ts";
import { cellFrames, isAbort, KernelError, toPlainError } from "./errors.ts";
import { createImports } from "./imports.ts";
import { createGraph, type CellGraph } from "./graph.ts";
import type { ModuleRegistry } from "./modules.ts";
import type { CellId, CellProgram } from "./program.ts";
import type { CellState, CellUpdate, FromKernel, Result, ToKernel } from "./protocol.ts";
import type { Run } from "./run.ts";
import { createRunner, type Returned } from "./runner.ts";
import { createScreen, ENDED } from "./screen.ts";
import { toSendable } from "./sendable.ts";
import type { TensorLedger } from "./tensors.ts";
import { createTurns } from "./turns.ts";
import { createUpdates } from "./updates.ts";
import { createWait } from "./wait.ts";

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
  /** Shows an error that nobody caught, of a promise that nobody awaits, under its cell. False if it is no cell's. */
  report(error: unknown): boolean;
}

/** States of a source in which its reader's run starts it too. */
const NEEDS_RUN: ReadonlySet<CellState> = new Set(["idle", "failed", "interrupted"]);

/** States in which more is to come from a cell. */
const AT_WORK: ReadonlySet<CellState> = new Set(["queued", "running", "streaming"]);

export function createKernel({ send, modules, ledger, later, now, fetch }: KernelOptions): Kernel {
  const turns = createTurns<Run>();
  const cells = new Map<CellId, Cell>();
  const former = new Map<CellId, FormerCell>();
  const overrides = new Map<string, unknown>();
  const bodyLineOf = (cell: string) => cells.get(cell as CellId)?.program.bodyLine;
  const breathe = () => new Promise<void>((resolve) => later(resolve, 0));
  const desk = createControlDesk();
  const updates = createUpdates({ send: sendUpdates, later, now });
  const isDefined = (cell: Cell) => cells.get(cell.program.id) === cell;
  const screen = createScreen({ updates, desk, bodyLineOf, isDefined });
  const runner = createRunner({
    ...{ turns, ledger, screen, now, fetch, breathe, bodyLineOf, overrides },
    beforeCode({ cell, isNew }) {
      latest = cell;
      if (!asked && !isNew) return;
      asked = false;
      updates.flush();
    },
  });
  const builtins = createBuiltins();
  const module: Module = new Runtime(builtins, globalValue).module();
  const imports = createImports({ module, modules });
  let graph: CellGraph = createGraph([]);
  let memorySent = "";
  /** Somebody has asked for something, and has not been told yet that it has begun. */
  let asked = false;
  /** The cell whose code was begun last. */
  let latest: Cell | undefined;

  /** A wait of library code: on behalf of whichever run computes now. */
  function pause<T>(wait: Promise<T>): Promise<T> {
    const run = turns.current;
    return run ? createWait(wait, { turns, run }) : wait;
  }

  function sendUpdates(changed: readonly CellUpdate[]): void {
    const atRest = !asked && [...cells.values()].every(({ state }) => !AT_WORK.has(state));
    try {
      send({ type: "cells", updates: changed, atRest });
    } catch (error) {
      // Nothing is lost for one output that cannot cross the boundary.
      const sendable = toSendable(changed);
      if (!sendable) throw error;
      send({ type: "cells", updates: sendable, atRest });
    }
    const memory = ledger.memory();
    const key = JSON.stringify(memory);
    if (!memory || key === memorySent) return;
    memorySent = key;
    send({ type: "memory", ...memory });
  }

  // Defining cells

  function define(all: readonly CellProgram[]): void {
    const programs = all.filter(({ apart }) => !apart);
    const keys = new Map(programs.map((program) => [program.id, programKey(program)]));
    // Names that move from one cell to another must be free before they are declared again.
    for (const [id, cell] of cells) if (keys.get(id) !== cell.key) remove(id, cell);
    graph = createGraph(programs);
    for (const program of inOrder(programs)) if (!cells.has(program.id)) add(program);
  }

  function remove(id: CellId, cell: Cell): void {
    const { run, runs } = cell;
    for (const variable of [...cell.watches, ...cell.variables]) variable.delete();
    imports.remove(id);
    cells.delete(id);
    former.set(id, { run, runs });
    if (!run) return;
    desk.forget(run);
    run.stop("removed");
    void run.settled.then(() => run.owner.dispose());
  }

  function add(program: CellProgram): void {
    const { id } = program;
    const cell = createCell(program, module.variable(), former.get(id));
    cells.set(id, cell);
    imports.add(program);
    if (program.run === "click")
      cell.click = { collector: undefined, wanted: false, asked: 0, stale: false, begin: undefined };
    else defineBody(cell);
    for (const part of partsOf(program)) {
      const follow = (returned: Returned) => runner.follow(cell, returned, part);
      cell.variables.push(module.variable().define(partName(id, part), [bodyName(id)], follow));
    }
  }

  /** Has the body computed from its inputs, or, of a cell that runs when asked, from those that it was asked with. */
  function defineBody(cell: Cell, given?: readonly unknown[]): void {
    const { id } = cell.program;
    const names = given ? [] : inputNames(cell.program);
    const compute = (invalidation: Promise<void>, ...values: unknown[]) =>
      runner.compute(cell, invalidation, given ?? values);
    cell.body.define(bodyName(id), ["invalidation", ...names], compute as (...inputs: never[]) => unknown);
  }

  // Starting cells

  function runCells(ids: readonly CellId[]): void {
    const asked = new Set(ids);
    for (const id of inOrder([...asked])) {
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
    const isAttached = cell.watches.length > 0;
    imports.retry(cell.program);
    cell.cancelled = false;
    if (cell.click) startClicked(cell, cell.click);
    else if (!isAttached) {
      // Defined anew, it may have been computed for its readers before anybody asked.
      if (!cell.evaluated) screen.setState(cell, "queued");
      watch(cell);
    } else if (cell.state !== "queued") {
      // What is queued waits for others, and will be computed with them.
      defineBody(cell);
    }
  }

  function startClicked(cell: Cell, click: Click): void {
    const { id } = cell.program;
    click.wanted = true;
    click.asked = cell.runs + 1;
    screen.setState(cell, "queued");
    if (!click.collector) {
      // Before its first run the body has no value yet, and no failure either.
      const begun = new Promise<never>((_, reject) => {
        click.begin = () => reject(new Error("The first run begins."));
      });
      cell.body.define(bodyName(id), [], () => begun);
      watch(cell);
      click.collector = module.variable(createCollector(cell, click));
      cell.variables.push(click.collector);
    }
    // Collected anew each time: an input that was sent before this request may still be on its way.
    const collect = (...values: unknown[]) => ({ values });
    click.collector.define(`inputs:${id}`, inputNames(cell.program), collect);
  }

  function startWith(cell: Cell, click: Click, values: readonly unknown[]): void {
    click.wanted = false;
    click.stale = false;
    click.begin?.();
    click.begin = undefined;
    defineBody(cell, values);
  }

  /** Hears of the inputs of a cell that runs when asked: the run that waits for them starts; else the cell is stale. */
  function createCollector(cell: Cell, click: Click): Observer {
    return {
      fulfilled(value) {
        if (!isDefined(cell)) return;
        const { values } = value as { values: unknown[] };
        // These values come again when a cell that was asked for as well has run.
        if (click.wanted && isAwaitingClick(cell)) return;
        if (click.wanted) return startWith(cell, click, values);
        click.stale = true;
        if (cell.run?.ended) screen.setState(cell, "stale");
      },
      rejected() {
        if (click.wanted) blame(cell);
      },
    };
  }

  /** Whether a cell that this one depends on, and that runs when asked, has been asked and has not begun. */
  function isAwaitingClick(cell: Cell): boolean {
    return graph.findAncestors(cell.program.id).some((id) => {
      const source = cells.get(id);
      return source?.click !== undefined && source.runs < source.click.asked;
    });
  }

  /** Observes the cell's body and all that it yields: from now on they are computed whenever an input changes. */
  function watch(cell: Cell): void {
    const { id } = cell.program;
    let before = cell.state;
    const pending = () => {
      if (cell.click || cell.cancelled || cell.run?.ended === false) return;
      before = cell.state;
      screen.setState(cell, "queued");
    };
    /** The body had been computed before it was watched: no run begins now that would say how it ends. */
    const comeBack = () => {
      if (cell.evaluated && cell.state === "queued" && ENDED.has(before)) screen.setState(cell, before);
    };
    // What a cell that runs when asked waits for, its collector hears of.
    const rejected = () => (!cell.click || cell.program.problem) && blame(cell);
    const observe = (name: string, observer: Observer) => {
      cell.watches.push(module.variable(observer).define(null, [name], () => undefined));
    };
    observe(bodyName(id), {
      pending,
      fulfilled: comeBack,
      rejected() {
        rejected();
        comeBack();
      },
    });
    for (const part of partsOf(cell.program)) observe(partName(id, part), { rejected });
  }

  /** A cell that waited and cannot run says why, and so do those that wait for it. */
  function blame(cell: Cell): void {
    if (cell.state !== "queued" || !isDefined(cell)) return;
    const found = maybeBlame(cell, { cells, graph, maybeImportError, isGiven });
    if (!found) return;
    if (found.on === "error") screen.fail(cell, found.error);
    else screen.setState(cell, "interrupted");
    for (const reader of cells.values()) {
      if (reader.state === "queued" && graph.findSources(reader.program.id).includes(cell.program.id))
        blame(reader);
    }
  }

  function isGiven(name: string): boolean {
    return Object.hasOwn(builtins, name) || name in globalThis;
  }

  function maybeImportError(program: CellProgram): PlainError | undefined {
    const failure = imports.maybeFailure(program);
    return failure && toPlainError(failure.error, bodyLineOf);
  }

  // Messages

  function receiveInput(inputId: string, value: unknown): void {
    try {
      desk.receive(inputId, value);
    } catch (error) {
      const run = desk.runOf(inputId);
      const cell = run && cells.get(run.cell);
      if (cell) screen.createSink(cell, run).fail(error);
    }
  }

  async function interrupt(): Promise<void> {
    const running = [...cells.values()].flatMap(({ run }) => (run && !run.ended ? [run] : []));
    for (const { click, runs } of cells.values()) {
      if (!click) continue;
      click.wanted = false;
      click.asked = runs;
    }
    for (const cell of cells.values()) {
      if (cell.state !== "queued" || cell.run?.ended === false) continue;
      cell.cancelled = true;
      screen.setState(cell, "interrupted");
    }
    for (const run of running) run.stop("interrupted");
    await Promise.all(running.map((run) => run.settled));
    // By then whatever was due has come, and was turned away.
    await breathe();
    await breathe();
    for (const cell of cells.values()) cell.cancelled = false;
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

  function report(error: unknown): boolean {
    if (isAbort(error)) return true;
    // The kernel and its libraries throw nothing but errors: what is none comes from a cell, most likely this one.
    const id =
      error instanceof Error ? cellFrames(error.stack ?? "", bodyLineOf)[0]?.cell : latest?.program.id;
    const cell = id === undefined ? undefined : cells.get(id as CellId);
    if (!cell?.run) return false;
    screen.createSink(cell, cell.run).fail(error);
    return true;
  }

  return {
    report,
    breathe: () => pause(breathe()),
    receive(message) {
      switch (message.type) {
        case "define":
          return define(message.cells);
        case "run":
          asked = true;
          return runCells(message.cells);
        case "input":
          asked = true;
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
        case "measure":
          // Answers to the host's own requests, and what the host does itself: it takes them before the kernel sees them.
          return;
        default:
          message satisfies never;
          throw new TypeError(`The kernel knows no message "${(message as { type: string }).type}".`);
      }
    },
  };
}

/** Observable's runtime computes what was added last first: so cells that need nothing of each other run as they stand. */
function inOrder<T>(cells: readonly T[]): T[] {
  return [...cells].reverse();
}

/** What a name that no cell declares means; `blame` says the rest when there is no such thing. */
function globalValue(name: string): unknown {
  if (name in globalThis) return (globalThis as Record<string, unknown>)[name];
  throw new ReferenceError(`${name} is not defined`);
}
