import type { CellProgram } from "../../kernels/runtime/program.ts";
import type { CellSource } from "../notebook/compile/cell.ts";
import type { FromLanguageWorker, ToLanguageWorker } from "./protocol.ts";

/** The compiler, in a worker of its own: TypeScript is large and must not hold up the page. */
export interface LanguageClient {
  /** Rejects when the worker cannot be had or fails; what is wrong with the cell is in its program's `problem`. */
  compile(cell: CellSource): Promise<CellProgram>;
  /** Ends the worker. Requests without an answer are rejected. */
  dispose(): void;
}

/** What the client needs of a Worker. */
export interface WorkerLike {
  postMessage(message: ToLanguageWorker): void;
  addEventListener(type: "message", listener: (event: { readonly data: FromLanguageWorker }) => void): void;
  addEventListener(
    type: "error" | "messageerror",
    listener: (event: { readonly message?: string }) => void,
  ): void;
  terminate(): void;
}

export interface LanguageClientOptions {
  /** Default: the module worker of this folder. */
  readonly startWorker?: () => WorkerLike;
}

/** The worker starts with the first request. One that fails to load is given up, and the next request tries anew. */
export function createLanguageClient({
  startWorker = startLanguageWorker,
}: LanguageClientOptions = {}): LanguageClient {
  const waiting = new Map<number, { resolve(program: CellProgram): void; reject(error: Error): void }>();
  let worker: WorkerLike | undefined;
  let lastId = 0;
  let disposed = false;

  const giveUp = (reason: Error) => {
    worker?.terminate();
    worker = undefined;
    const rejected = [...waiting.values()];
    waiting.clear();
    for (const { reject } of rejected) reject(reason);
  };

  const start = (): WorkerLike => {
    const started = startWorker();
    started.addEventListener("message", ({ data }) => {
      const request = waiting.get(data.id);
      waiting.delete(data.id);
      if (data.ok) request?.resolve(data.program);
      else request?.reject(toError(data.error));
    });
    const failed = ({ message }: { readonly message?: string }) => {
      if (started === worker)
        giveUp(
          new Error(
            `The compiler could not be started or has failed: ${message ?? "no reason was given"}. Reload the page if it happens again.`,
          ),
        );
    };
    started.addEventListener("error", failed);
    started.addEventListener("messageerror", failed);
    return started;
  };

  return {
    compile(cell) {
      if (disposed)
        return Promise.reject(new Error(`compile(${cell.id}): the language client was disposed of.`));
      return new Promise((resolve, reject) => {
        worker ??= start();
        const id = ++lastId;
        waiting.set(id, { resolve, reject });
        worker.postMessage({ id, type: "compile", cell });
      });
    },
    dispose() {
      disposed = true;
      giveUp(new Error("The language client was disposed of before it had an answer."));
    },
  };
}

function startLanguageWorker(): WorkerLike {
  return new Worker(new URL("./language.worker.ts", import.meta.url), {
    type: "module",
    name: "gongbu-language",
  });
}

function toError({ name, message, stack }: { name: string; message: string; stack?: string }): Error {
  const error = new Error(message);
  return Object.assign(error, { name, stack: stack ?? error.stack });
}
