/**
 * The notebook kernel: cells as variables of Observable's runtime, each run in its turn, everything it shows sent as
 * data. It knows no page, no worker and no Node: a host gives it a way to send, modules and a clock.
 *
 * Over 300 lines, and in one file, because defining, starting and stopping move the same variables in step; what a run
 * is, what it shows and why it fails have files of their own.
 */
import { Runtime, type Module, type Observer, type Variable } from "@observablehq/runtime";
import { maybeBlame } from "./blame.ts";
import { createBuiltins } from "./builtins.ts";
import { bodyName, createCell, inputNames, partName, partsOf, programKey, VALUE } from "./cell.ts";
import type { Cell, Click, FormerCell } from "./cell.ts";
import { createControlDesk } from "./control-desk.ts";
import { toJson } from "./display/json.ts";
import { KernelError, toPlainError } from "./errors.ts";
import { createGraph, type CellGraph } from "./graph.ts";
import type { ModuleRegistry } from "./modules.ts";
import type { CellId, CellProgram } from "./program.ts";
import type { CellState, CellUpdate, FromKernel, Result, ToKernel } from "./protocol.ts";
import type { Run } from "./run.ts";
import { createRunner, type Returned } from "./runner.ts";
import { pausing } from "./scope.ts";
import { createScreen } from "./screen.ts";
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

/** States of a source in which its reader's run starts it too. */
const NEEDS_RUN: ReadonlySet<CellState> = new Set(["idle", "failed", "interrupted"]);

export function createKernel({ send, modules, ledger, later, now, fetch }: KernelOptions): Kernel {
  const turns = createTurns<Run>();
  const cells = new Map<CellId, Cell>();
  const former = new Map<CellId, FormerCell>();
  const imports = new Map<string, { variable: Variable; users: Set<CellId> }>();
  const overrides = new Map<string, unknown>();
  const bodyLineOf = (cell: string) => cells.get(cell as CellId)?.program.bodyLine;
  const breathe = () => new Promise<void>((resolve) => later(resolve, 0));
  const desk = createControlDesk();
  const updates = createUpdates({ send: sendUpdates, later, now });
  const isDefined = (cell: Cell) => cells.get(cell.program.id) === cell;
  const screen = createScreen({ updates, desk, bodyLineOf, isDefined });
  const runner = createRunner({
    ...{ turns, ledger, screen, now, fetch, breathe, bodyLineOf, overrides },
    beforeCode() {
      if (!asked) return;
      asked = false;
      updates.flush();
    },
  });
  const module: Module = new Runtime(createBuiltins({ pause }), globalValue).module();
  let graph: CellGraph = createGraph([]);
  let memorySent = "";
  /** Somebody has asked for something, and has not been told yet that it has begun. */
  let asked = false;

  /** A wait of library code: on behalf of whichever run computes now. */
  function pause<T>(wait: Promise<T>): Promise<T> {
    const run = turns.current;
    return run ? pausing(turns, run, wait) : wait;
  }

  function sendUpdates(changed: readonly CellUpdate[]): void {
    send({ type: "cells", updates: changed });
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
    for (const program of programs) if (!cells.has(program.id)) add(program);
  }

  function remove(id: CellId, cell: Cell): void {
    const { run, runs } = cell;
    for (const variable of [...cell.watches, ...cell.variables]) variable.delete();
    for (const [name, { variable, users }] of imports) {
      if (!users.delete(id) || users.size > 0) continue;
      variable.delete();
      imports.delete(name);
    }
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
    for (const { local, imported, module: from } of program.problem ? [] : program.imports) {
      const known = imports.get(local);
      if (known) {
        known.users.add(id);
        continue;
      }
      const variable = module.variable().define(local, [], () => importName(from, imported));
      imports.set(local, { variable, users: new Set([id]) });
    }
    if (program.run === "click")
      cell.click = { inputs: undefined, wanted: false, stale: false, begin: undefined };
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

  // Starting cells

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
    const isAttached = cell.watches.length > 0;
    if (cell.click) startClicked(cell, cell.click);
    else if (!isAttached) {
      screen.setState(cell, "queued");
      watch(cell);
    } else if (cell.state !== "queued") {
      // What is queued waits for others, and will be computed with them.
      defineBody(cell);
    }
  }

  function startClicked(cell: Cell, click: Click): void {
    const { id } = cell.program;
    click.wanted = true;
    screen.setState(cell, "queued");
    if (cell.watches.length === 0) {
      // Before its first run the body has no value yet, and no failure either.
      const begun = new Promise<never>((_, reject) => {
        click.begin = () => reject(new Error("The first run begins."));
      });
      cell.body.define(bodyName(id), [], () => begun);
      watch(cell);
      const collect = (...values: unknown[]) => ({ values });
      const collector = module.variable(createCollector(cell, click));
      cell.variables.push(collector.define(`inputs:${id}`, inputNames(cell.program), collect));
    } else if (click.inputs) {
      startWith(cell, click, click.inputs);
    }
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
      pending() {
        click.inputs = undefined;
      },
      fulfilled(value) {
        const { values } = value as { values: unknown[] };
        click.inputs = values;
        if (click.wanted) return startWith(cell, click, values);
        click.stale = true;
        if (cell.run?.ended) screen.setState(cell, "stale");
      },
      rejected() {
        if (click.wanted) blame(cell);
      },
    };
  }

  /** Observes the cell's body and all that it yields: from now on they are computed whenever an input changes. */
  function watch(cell: Cell): void {
    const { id } = cell.program;
    const rejected = () => blame(cell);
    const pending = () => {
      if (!cell.click && cell.run?.ended !== false) screen.setState(cell, "queued");
    };
    const observe = (name: string, observer: Observer) => {
      cell.watches.push(module.variable(observer).define(null, [name], () => undefined));
    };
    observe(bodyName(id), { pending, rejected });
    for (const part of partsOf(cell.program)) observe(partName(id, part), { rejected });
  }

  /** A cell that waited and cannot run says why. */
  function blame(cell: Cell): void {
    const found = cell.state === "queued" ? maybeBlame(cell, { cells, graph }) : undefined;
    if (!found) return;
    if (found.on === "error") screen.fail(cell, found.error);
    else if (found.on === "interrupt") screen.setState(cell, "interrupted");
    else void reportImports(cell);
  }

  async function reportImports(cell: Cell): Promise<void> {
    for (const { module: from, imported } of cell.program.imports) {
      try {
        await importName(from, imported);
      } catch (error) {
        return screen.fail(cell, { ...toPlainError(error, bodyLineOf), cell: cell.program.id });
      }
    }
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
    for (const { click } of cells.values()) if (click) click.wanted = false;
    for (const run of running) run.stop("interrupted");
    await Promise.all(running.map((run) => run.settled));
    for (const cell of cells.values()) if (cell.state === "queued") screen.setState(cell, "interrupted");
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
          // Answers to the host's own requests: the host takes them before the kernel sees them.
          return;
        default:
          message satisfies never;
          throw new TypeError(`The kernel knows no message "${(message as { type: string }).type}".`);
      }
    },
  };
}

/** What a name that no cell declares means; `blame` says the rest when there is no such thing. */
function globalValue(name: string): unknown {
  if (name in globalThis) return (globalThis as Record<string, unknown>)[name];
  throw new ReferenceError(`${name} is not defined`);
}
