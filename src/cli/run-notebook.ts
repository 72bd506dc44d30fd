/** Runs a lecture headless, from its file to what each cell showed. */
import { readFile } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import type { Output, PlainError } from "../../kernels/runtime/display/output.ts";
import { createFolderModels } from "../../kernels/runtime/hosts/node-models.ts";
import { startNodeKernel, type NodeKernel } from "../../kernels/runtime/hosts/node.ts";
import type { CellProgram } from "../../kernels/runtime/program.ts";
import type { BackendName, CellState, FromKernel, Result } from "../../kernels/runtime/protocol.ts";
import { compileCell, linkCells } from "../notebook/compile/index.ts";
import { findCells, parseNotebook, setCellCode } from "../notebook/format/index.ts";
import type { CellId, CellSegment, Notebook } from "../notebook/notebook.ts";
import { CommandError } from "./command-error.ts";

export interface RunOptions {
  readonly path: string;
  /** Values for names of the notebook, given before anything runs. */
  readonly set?: Readonly<Record<string, unknown>>;
  /** Begin with the small settings that the front matter declares under `test`. Default false. */
  readonly small?: boolean;
  /** Run only these cells and what they read. Default: all. */
  readonly cells?: readonly string[];
  /** Put the solutions in the exercises' places. */
  readonly solutions?: boolean;
  readonly backend?: BackendName | "auto";
  /** Hosts that a cell's `fetch` may ask, "localhost:8080" for instance. Default none. */
  readonly hosts?: readonly string[];
  /** The folder in which cells keep models and find them. Default: the run's memory. */
  readonly models?: string;
  /** Seconds after which what still runs is interrupted. Default 600. */
  readonly timeout?: number;
  /** Called with each cell when it has come to an end. */
  readonly onCell?: (cell: CellResult) => void;
}

export interface CellResult {
  readonly id: CellId;
  readonly state: CellState;
  /** Milliseconds of computing. */
  readonly ms: number;
  /** The cell's value as plain JSON; undefined when it has none. */
  readonly value: unknown;
  readonly outputs: readonly Output[];
  readonly error?: PlainError;
}

export interface NotebookRun {
  readonly notebook: Notebook;
  readonly cells: readonly CellResult[];
  /** Which TensorFlow.js backend computed, if one was asked for. */
  readonly backend?: BackendName;
}

const TIMEOUT = 600;
/** Milliseconds that a cell has to stop in, once it was interrupted. */
const LAST_RESORT = 2000;
const ENDED: ReadonlySet<CellState> = new Set(["done", "failed", "stale", "interrupted"]);

export async function runNotebook(options: RunOptions): Promise<NotebookRun> {
  const { path, solutions = false, small = false, backend = "auto", timeout = TIMEOUT } = options;
  const parsed = parseNotebook(await readSource(path), { path });
  const set = { ...(small ? parsed.frontMatter.test?.set : undefined), ...options.set };
  const notebook = solutions ? withSolutions(parsed) : parsed;
  const segments = findCells(notebook).filter(({ attributes }) => attributes.solution === undefined);
  const wanted = options.cells ? options.cells.map((id) => findWanted(segments, id, path)) : segments;
  const programs = linkCells(
    findCells(notebook).map(({ id, code, attributes }) => compileCell({ id, source: code, attributes })),
  );
  checkNames(programs, Object.keys(set), path);

  const watch = createWatch(segments.map(({ id }) => id));
  const kernel = startNodeKernel({
    directory: dirname(resolve(path)),
    backend,
    hosts: options.hosts,
    models: options.models === undefined ? undefined : createFolderModels(resolve(options.models)),
    onMessage: watch.receive,
    onFailure: watch.fail,
  });
  try {
    kernel.send({ type: "define", cells: programs });
    for (const [name, value] of Object.entries(set)) kernel.send({ type: "set", name, value });
    kernel.send({ type: "run", cells: wanted.map(({ id }) => id) });
    const results: CellResult[] = [];
    await watch.ready();
    const deadline = Date.now() + timeout * 1000;
    for (const { id } of wanted) {
      await watch.ended(id, deadline, () => kernel.send({ type: "interrupt", id: watch.nextRequest() }));
      const result = await watch.result(id, kernel, deadline);
      results.push(result);
      options.onCell?.(result);
    }
    return { notebook, cells: results, backend: watch.backend() };
  } finally {
    await kernel.terminate();
  }
}

async function readSource(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CommandError(
      `${path} cannot be read (${code ?? String(error)}). Give the path of a lecture, a Markdown file.`,
    );
  }
}

/** The notebook with each solution's code in its exercise's cell. */
function withSolutions(notebook: Notebook): Notebook {
  const solutions = findCells(notebook).filter(({ attributes }) => attributes.solution !== undefined);
  return solutions.reduce((changed, { attributes, code }) => {
    const stub = findCells(notebook).find(({ attributes: { exercise } }) => exercise === attributes.solution);
    return stub ? setCellCode(changed, stub.id, code) : changed;
  }, notebook);
}

function findWanted(segments: readonly CellSegment[], id: string, path: string): CellSegment {
  const found = segments.find((segment) => segment.id === id);
  if (found) return found;
  const known = segments.map((segment) => segment.id).join(", ");
  throw new CommandError(`${path} has no cell "${id}" that can be run. It has: ${known}.`);
}

function checkNames(programs: readonly CellProgram[], names: readonly string[], path: string): void {
  const declared = programs.flatMap(({ outputs }) => outputs);
  const unknown = names.find((name) => !declared.includes(name));
  if (unknown === undefined) return;
  throw new CommandError(
    `--set ${unknown}=…: no cell of ${path} declares ${unknown}. Declared: ${declared.join(", ")}.`,
  );
}

/** What the kernel has said of each cell so far, and who waits for it. */
function createWatch(ids: readonly CellId[]) {
  const cells = new Map(
    ids.map((id) => [id, { state: "idle" as CellState, ms: 0, outputs: [] as Output[] }]),
  );
  const asked = new Map<number, { resolve: (result: Result) => void; reject: (failure: Error) => void }>();
  const waiting = new Set<() => void>();
  let requests = 0;
  let failure: Error | undefined;
  let backend: BackendName | undefined;
  let isReady = false;
  const wake = () => [...waiting].forEach((check) => check());

  function ended(id: CellId, deadline: number, interrupt: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      let lastResort: ReturnType<typeof setTimeout> | undefined;
      const stop = () => {
        clearTimeout(timer);
        clearTimeout(lastResort);
        waiting.delete(check);
      };
      const check = () => {
        if (failure) {
          stop();
          reject(failure);
        } else if (ENDED.has(cells.get(id)!.state)) {
          stop();
          resolve();
        }
      };
      const timer = setTimeout(
        () => {
          interrupt();
          // A loop that does not let go hears nothing; then the thread is ended with the command.
          lastResort = setTimeout(() => {
            stop();
            reject(notStopping(id));
          }, LAST_RESORT);
        },
        Math.max(0, deadline - Date.now()),
      );
      waiting.add(check);
      check();
    });
  }

  /** Whoever computes keeps the others waiting, the awaited cell among them. */
  function notStopping(awaited: CellId): CommandError {
    const computing = [...cells].filter(([, { state }]) => state === "running" || state === "streaming");
    const ids = computing.length > 0 ? computing.map(([id]) => id) : [awaited];
    const who = ids.length === 1 ? `Cell ${ids[0]} does` : `Cells ${ids.join(", ")} do`;
    return new CommandError(`${who} not stop. It was interrupted at the time limit.`);
  }

  function ready(): Promise<void> {
    return new Promise((resolve, reject) => {
      const check = () => {
        if (!isReady && !failure) return;
        waiting.delete(check);
        if (failure) reject(failure);
        else resolve();
      };
      waiting.add(check);
      check();
    });
  }

  return {
    ended,
    ready,
    backend: () => backend,
    nextRequest: () => ++requests,
    fail(error: Error) {
      failure = new CommandError(`The kernel has ended by itself: ${error.message}`, { cause: error });
      wake();
      for (const { reject } of asked.values()) reject(failure);
    },
    receive(message: FromKernel) {
      if (message.type === "ready") {
        isReady = true;
        wake();
      }
      if (message.type === "backend") backend = message.name;
      if (message.type === "reply") {
        asked.get(message.id)?.resolve(message.result);
        asked.delete(message.id);
      }
      if (message.type !== "cells") return;
      for (const update of message.updates) {
        const cell = cells.get(update.cell);
        if (!cell) continue;
        for (const { slot, output } of update.outputs ?? []) cell.outputs[slot] = output;
        if (update.slots !== undefined) cell.outputs.length = update.slots;
        cell.state = update.state ?? cell.state;
        cell.ms = update.ms ?? cell.ms;
      }
      wake();
    },
    async result(id: CellId, kernel: NodeKernel, deadline: number): Promise<CellResult> {
      const request = ++requests;
      const result = await new Promise<Result>((resolve, reject) => {
        if (failure) return reject(failure);
        // Another cell may compute by now, and never let go.
        const lastResort = setTimeout(
          () => reject(notStopping(id)),
          Math.max(0, deadline - Date.now()) + LAST_RESORT,
        );
        asked.set(request, {
          resolve(answer) {
            clearTimeout(lastResort);
            resolve(answer);
          },
          reject(error) {
            clearTimeout(lastResort);
            reject(error);
          },
        });
        kernel.send({ type: "value", id: request, cell: id });
      });
      const { state, ms, outputs } = cells.get(id)!;
      const error = outputs.find((output) => output?.kind === "error")?.error;
      return {
        id,
        state,
        ms: Math.round(ms),
        value: result.ok ? result.value : undefined,
        outputs: outputs.filter(Boolean),
        error,
      };
    },
  };
}

/** The file's name without its ending: the lecture's id. */
export function lectureId(path: string): string {
  return basename(path).replace(/\.md$/, "");
}
