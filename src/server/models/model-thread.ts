/** The thread of one model: TensorFlow.js on wasm with the native kernels. Started by thread-model.ts. */
import { parentPort, workerData } from "node:worker_threads";
import { LearnerError } from "../../../kernels/nlp/error.ts";
import { startNodeBackend } from "../../../kernels/simd/node-backend.ts";
import { ServiceError } from "../service-error.ts";
import { openCheckpoint } from "./checkpoint-model.ts";
import type { FromThread, ThreadError, ToThread } from "./thread-protocol.ts";

const port = parentPort;
if (!port) throw new Error("model-thread.ts is started as a worker thread, by openThread.");
const send = (message: FromThread) => port.postMessage(message);
const { files } = workerData as { readonly files: ReadonlyMap<string, Uint8Array> };

try {
  await startNodeBackend();
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
