/** The kernel in a worker thread of Node. Started by node.ts. */
import { parentPort, workerData } from "node:worker_threads";
import type { BackendName, ToKernel } from "../protocol.ts";
import { createHost } from "./host.ts";

const port = parentPort;
if (!port) throw new Error("node-worker.ts is started as a worker thread, by startNodeKernel.");
const { backend } = workerData as { backend: BackendName | "auto" };
const bundles = {
  language: () => import("../bundles/language.ts"),
  tensor: () => import("../bundles/tensor.ts"),
  transformers: () => import("../bundles/transformers.ts"),
};
const host = createHost({
  send: (message) => port.postMessage(message),
  backend,
  immediate: setImmediate,
  importBundle: (bundle) => bundles[bundle](),
});
// Of a promise that a cell does not await, or a timer that is not the kernel's: no reason to end the thread.
const unhandled: ReadonlySet<unknown> = new Set(["unhandledRejection", "uncaughtException"]);
process.on("unhandledRejection", report);
process.on("uncaughtException", report);
// TensorFlow.js's WebAssembly brings listeners that throw what they hear of, which ends the thread.
process.on("newListener", (event, listener) => {
  if (unhandled.has(event)) queueMicrotask(() => process.removeListener(event, listener));
});
port.on("message", (message: ToKernel) => host.receive(message));

function report(error: unknown): void {
  if (!host.report(error)) throw error;
}
