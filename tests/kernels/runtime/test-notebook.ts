/** A kernel in this very thread, driven by messages as a page drives it, with cells compiled from source. */
import { createKernel } from "../../../kernels/runtime/kernel.ts";
import { plainText } from "../../../kernels/runtime/display/plain.ts";
import type { Output, PlainError } from "../../../kernels/runtime/display/output.ts";
import type { ModuleRegistry } from "../../../kernels/runtime/modules.ts";
import { createModuleRegistry, type ModuleTable } from "../../../kernels/runtime/modules.ts";
import type { CellId, CellProgram } from "../../../kernels/runtime/program.ts";
import type { CellState, FromKernel } from "../../../kernels/runtime/protocol.ts";
import { createTensorLedger, type TensorLedger } from "../../../kernels/runtime/tensors.ts";
import { compileCell, linkCells } from "../../../src/notebook/compile/index.ts";

export interface TestCell {
  readonly source: string;
  readonly run?: "live" | "click";
}

export interface Seen {
  state: CellState;
  outputs: Output[];
  run: number;
  /** Every state the cell has passed through, repeats left out. */
  states: CellState[];
}

export interface TestNotebook {
  define(cells: Readonly<Record<string, string | TestCell>>): void;
  run(...ids: string[]): void;
  input(inputId: string, value: unknown): void;
  set(name: string, value: unknown): void;
  interrupt(): Promise<void>;
  value(id: string): Promise<unknown>;
  seen(id: string): Seen;
  /** The cell's outputs as plain text. */
  shown(id: string): string[];
  error(id: string): PlainError | undefined;
  /** Resolves when the cell is in the state; rejects after two seconds with the state that it is in. */
  until(id: string, state: CellState | ((seen: Seen) => boolean)): Promise<Seen>;
  /** An error that nobody caught, as a host reports it. */
  report(error: unknown): boolean;
  /** Lets everything that is due happen. */
  rest(ms?: number): Promise<void>;
  readonly messages: FromKernel[];
}

export interface TestNotebookOptions {
  readonly modules?: ModuleTable;
  /** Loads a bundle; default: each has all the modules. */
  readonly loadBundle?: () => Promise<ModuleTable>;
  readonly ledger?: TensorLedger;
  readonly fetch?: typeof fetch;
}

export function createTestNotebook(options: TestNotebookOptions = {}): TestNotebook {
  const { ledger = createTensorLedger(), modules = {} } = options;
  const cells = new Map<string, Seen>();
  const messages: FromKernel[] = [];
  const replies = new Map<number, (message: Extract<FromKernel, { type: "reply" }>) => void>();
  const watchers = new Set<() => void>();
  let requests = 0;
  const registry: ModuleRegistry = createModuleRegistry({
    loadBundle: options.loadBundle ?? (() => Promise.resolve(modules)),
  });

  const seen = (id: string): Seen => {
    const known = cells.get(id) ?? { state: "idle", outputs: [], run: 0, states: [] };
    cells.set(id, known);
    return known;
  };

  const kernel = createKernel({
    modules: registry,
    ledger,
    later: (callback, ms) => (ms <= 0 ? setImmediate(callback) : setTimeout(callback, ms)),
    now: () => performance.now(),
    fetch: options.fetch ?? (() => Promise.reject(new Error("This notebook has no network."))),
    send(message) {
      // As over a worker's boundary: whatever cannot be cloned fails here.
      messages.push(structuredClone(message));
      if (message.type === "reply") replies.get(message.id)?.(message);
      if (message.type === "cells") {
        for (const update of message.updates) {
          const cell = seen(update.cell);
          cell.run = update.run;
          for (const { slot, output } of update.outputs ?? []) cell.outputs[slot] = output;
          if (update.slots !== undefined) cell.outputs.length = update.slots;
          if (update.state && update.state !== cell.state) cell.states.push(update.state);
          cell.state = update.state ?? cell.state;
        }
      }
      for (const watcher of [...watchers]) watcher();
    },
  });

  function ask(type: "interrupt" | "value", extra: object = {}): Promise<unknown> {
    const id = ++requests;
    return new Promise((resolve, reject) => {
      replies.set(id, ({ result }) => (result.ok ? resolve(result.value) : reject(result.error)));
      kernel.receive({ type, id, ...extra } as Parameters<typeof kernel.receive>[0]);
    });
  }

  return {
    messages,
    seen,
    define(sources) {
      const programs = Object.entries(sources).map(([id, cell]): CellProgram => {
        const { source, run = "live" } = typeof cell === "string" ? { source: cell } : cell;
        return compileCell({ id: id as CellId, source, attributes: { run } });
      });
      kernel.receive({ type: "define", cells: linkCells(programs) });
    },
    run: (...ids) => kernel.receive({ type: "run", cells: ids as CellId[] }),
    input: (inputId, value) => kernel.receive({ type: "input", inputId, value }),
    set: (name, value) => kernel.receive({ type: "set", name, value }),
    interrupt: async () => void (await ask("interrupt")),
    value: (id) => ask("value", { cell: id }),
    report: kernel.report,
    shown: (id) => seen(id).outputs.map((output) => plainText(output)),
    error: (id) => seen(id).outputs.find((output) => output.kind === "error")?.error,
    until(id, state) {
      const holds = () => (typeof state === "function" ? state(seen(id)) : seen(id).state === state);
      return new Promise((resolve, reject) => {
        const check = () => {
          if (!holds()) return;
          clearTimeout(timer);
          watchers.delete(check);
          resolve(seen(id));
        };
        const timer = setTimeout(() => {
          watchers.delete(check);
          reject(new Error(`Cell ${id} is ${seen(id).state}: ${JSON.stringify(seen(id).outputs)}`));
        }, 2000);
        watchers.add(check);
        check();
      });
    },
    rest: (ms = 30) => new Promise((resolve) => setTimeout(resolve, ms)),
  };
}
