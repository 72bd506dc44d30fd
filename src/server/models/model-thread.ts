/** The thread of one model: TensorFlow.js on wasm with the native kernels. Started by thread-model.ts. */
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { LearnerError } from "../../../kernels/nlp/error.ts";
import { compileSimd } from "../../../kernels/simd/compile.ts";
import { installSimd, registerGradients } from "../../../kernels/simd/index.ts";
import { registerPlainKernels } from "../../../kernels/simd/plain/index.ts";
import { ServiceError } from "../service-error.ts";
import { openCheckpoint } from "./checkpoint-model.ts";
import type { FromThread, ThreadError, ToThread } from "./thread-protocol.ts";

const port = parentPort;
if (!port) throw new Error("model-thread.ts is started as a worker thread, by openThread.");
const send = (message: FromThread) => port.postMessage(message);
const { files } = workerData as { readonly files: ReadonlyMap<string, Uint8Array> };

/** Compiled with the library, which the kernel's thread has, too. */
async function startBackend(): Promise<void> {
  setWasmPaths(`${dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm"))}/`);
  await tf.setBackend("wasm");
  await tf.ready();
  registerGradients();
  registerPlainKernels();
  await installSimd({ load: compileSimd });
}

try {
  await startBackend();
  const model = openCheckpoint(files);
  const running = new Map<number, AbortController>();
  port.on("message", (message: ToThread) => {
    if (message.type === "abort")
      return running.get(message.id)?.abort(new ServiceError("client-left", "Nobody waits."));
    const { id, batch, tells } = message;
    const controller = new AbortController();
    running.set(id, controller);
    const onGrowth = tells
      ? (growth: Extract<FromThread, { type: "growth" }>["growth"]) => send({ type: "growth", id, growth })
      : undefined;
    model
      .run(batch, { signal: controller.signal, onGrowth })
      .then(
        (predictions) => send({ type: "done", id, predictions }),
        (error: unknown) => send({ type: "failed", id, error: toThreadError(error) }),
      )
      .finally(() => running.delete(id));
  });
  send({ type: "ready", about: model.about });
} catch (error) {
  send({ type: "unloadable", error: toThreadError(error) });
}

/** What the library says of texts and options is the client's business; the rest is ours. */
function toThreadError(error: unknown): ThreadError {
  const { message } = error as Error;
  if (error instanceof ServiceError) return { code: error.code, message };
  if (error instanceof LearnerError) return { code: "invalid-input", message };
  return { message: (error as Error).stack ?? message };
}
