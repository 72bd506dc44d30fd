/** The threads that help (assembly/threads.ts): each a worker with an instance of the module over the same memory. */
import type { Exports, Native } from "./native.ts";

/** What a helper is told when it starts. */
export interface HelperTask {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** Where it packs. */
  readonly scratch: number;
  /** Where jobs are written down. */
  readonly control: number;
}

/** Starts a thread with a task; resolves with what ends it. It also ends with whoever started it, and by `dismiss`. */
export type StartHelper = (task: HelperTask) => Promise<() => void>;

/** Milliseconds within which a helper must have started. */
const PATIENCE = 5000;

/** More than four threads were no faster on models of these sizes. */
const MOST = 3;

/** How many helpers there should be: every core but the one that asks. */
export function findHelperCount(cores: number): number {
  return Math.max(0, Math.min(MOST, cores - 1));
}

export interface HelpersOptions {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly count: number;
  readonly startHelper: StartHelper;
  /** Memory for the helpers' scratch and the jobs; it is never freed. */
  readonly allocate: (bytes: number) => number;
}

/**
 * Starts helpers for an instance. Where one does not start there are none: all the work is done alone. Returns what ends
 * them at once, also in the middle of their work.
 */
export async function startHelpers(run: Exports, options: HelpersOptions): Promise<() => void> {
  const { module, memory, count, startHelper, allocate } = options;
  const started: (() => void)[] = [];
  const end = () => started.forEach((endOne) => endOne());
  if (count === 0) return end;
  const control = allocate(run.controlBytes());
  new Uint8Array(memory.buffer, control, run.controlBytes()).fill(0);
  const tasks = Array.from({ length: count }, () => ({
    module,
    memory,
    control,
    scratch: allocate(run.scratchBytes()),
  }));
  let late: ReturnType<typeof setTimeout> | undefined;
  try {
    await Promise.race([
      Promise.all(tasks.map(async (task) => started.push(await startHelper(task)))),
      new Promise<never>((_, reject) => {
        late = setTimeout(() => reject(new Error("The helpers do not start.")), PATIENCE);
      }),
    ]);
    run.useThreads(control, count);
  } catch {
    // Those that start after all sleep for good, and cost nothing.
    end();
  } finally {
    clearTimeout(late);
  }
  return end;
}

/** In a browser: a worker from a blob: URL, which a sandboxed frame may start too. */
export const startWorkerHelper: StartHelper = (task) =>
  new Promise((resolve, reject) => {
    const url = URL.createObjectURL(new Blob([HELPER], { type: "text/javascript" }));
    const worker = new Worker(url);
    worker.onmessage = () => {
      URL.revokeObjectURL(url);
      resolve(() => worker.terminate());
    };
    worker.onerror = ({ message }) => reject(new Error(message || "The helper did not start."));
    worker.postMessage(task);
  });

/**
 * As text, and written here: a bundle that was imported from bytes has no address to give to a worker, and the source of
 * one of its functions refers to names that only the bundle has, once it is minified.
 */
const HELPER = `onmessage = ({ data: { module, memory, scratch, control } }) => {
  const { exports } = new WebAssembly.Instance(module, {
    env: { memory, now: () => performance.now(), lost() {} },
  });
  exports.useScratch(scratch);
  exports.useThreads(control, 0);
  postMessage("ready");
  exports.help();
};`;

/** How many threads compute for the backend now. */
export function threadsOf(native: Native): number {
  return 1 + native.run.helperCount();
}
