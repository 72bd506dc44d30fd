/** A checkpoint in a thread of its own, so that a long computation keeps nobody else waiting. */
import { Worker } from "node:worker_threads";
import { ServiceError } from "../service-error.ts";
import { ModelGoneError, type Growth, type Prediction, type ServedModel } from "./served-model.ts";
import type { FromThread, ThreadError, ToThread } from "./thread-protocol.ts";

interface Run {
  readonly resolve: (predictions: readonly Prediction[]) => void;
  readonly reject: (error: unknown) => void;
  readonly onGrowth?: (growth: Growth) => void;
}

/** Milliseconds that a thread has to heed that a run is over; then it is ended, and the model loaded anew. */
const LAST_RESORT = 5000;

export async function openThread(files: ReadonlyMap<string, Uint8Array>): Promise<ServedModel> {
  const worker = new Worker(new URL("./model-thread-boot.mjs", import.meta.url), { workerData: { files } });
  const runs = new Map<number, Run>();
  let gone: Error | undefined;
  let lastId = 0;
  const send = (message: ToThread) => worker.postMessage(message);
  const end = (why: string) => {
    gone ??= new ModelGoneError(why);
    for (const { reject } of runs.values()) reject(gone);
    runs.clear();
  };
  const about = await new Promise<ServedModel["about"]>((resolve, reject) => {
    worker.on("message", (message: FromThread) => {
      switch (message.type) {
        case "ready":
          return resolve(message.about);
        case "unloadable":
          void worker.terminate();
          return reject(fromThreadError(message.error));
        case "growth":
          return runs.get(message.id)?.onGrowth?.(message.growth);
        case "done":
          return runs.get(message.id)?.resolve(message.predictions);
        case "failed":
          return runs.get(message.id)?.reject(fromThreadError(message.error));
        default:
          return message satisfies never;
      }
    });
    worker.on("error", (error) => {
      reject(error);
      end(`The model's thread failed: ${(error as Error).message}`);
    });
    worker.on("exit", () => {
      reject(new Error("The model's thread ended while it started."));
      end("The model's thread has ended.");
    });
  });

  return {
    about,
    run(batch, { signal, onGrowth }) {
      if (gone) return Promise.reject(gone);
      signal.throwIfAborted();
      const id = ++lastId;
      let timer: NodeJS.Timeout | undefined;
      const leave = () => {
        send({ type: "abort", id });
        timer = setTimeout(() => void worker.terminate(), LAST_RESORT);
      };
      signal.addEventListener("abort", leave, { once: true });
      return new Promise<readonly Prediction[]>((resolve, reject) => {
        runs.set(id, { resolve, reject, onGrowth });
        send({ type: "run", id, batch, tells: onGrowth !== undefined });
      }).finally(() => {
        clearTimeout(timer);
        signal.removeEventListener("abort", leave);
        runs.delete(id);
      });
    },
    async close() {
      await worker.terminate();
    },
  };
}

function fromThreadError({ code, message }: ThreadError): Error {
  return code === undefined ? new Error(message) : new ServiceError(code, message);
}
