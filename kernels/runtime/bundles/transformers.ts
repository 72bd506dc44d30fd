/**
 * Transformers.js, whole, on ONNX Runtime's plain wasm build: the runtime's 14 MB come when the first model is loaded,
 * through the page like everything else.
 */
import * as transformers from "@xenova/transformers";
import { LearnerError } from "../../nlp/error.ts";
import { assetUrl, type ModuleTable } from "../modules.ts";
import { hubUnreachable } from "../shelf/shipped.ts";

const WASM_FILE = "ort-wasm-simd-threaded.wasm";

const { env } = transformers;
const { wasm } = env.backends.onnx;
// In Node there is no such backend: onnxruntime-node computes there.
if (wasm) {
  wasm.wasmPaths = { wasm: assetUrl(WASM_FILE) };
  // Threads would be started from the bundle's own URL, which is a blob: that is gone by then.
  wasm.numThreads = 1;
}

/** Addresses that no server has answered: how a failure for want of a network is known from all others. */
const unanswered = new WeakMap<Error, string>();

/** No answer at all, unlike an answer that says no, is for want of a network: the course's own models are offered. */
env.fetch = async (input: RequestInfo | URL, init?: RequestInit) => {
  try {
    return await globalThis.fetch(input, init);
  } catch (cause) {
    const url = input instanceof Request ? input.url : String(input);
    if (!/^https?:/.test(url) || init?.signal?.aborted) throw cause;
    const error = await hubUnreachable({ url, cause });
    unanswered.set(error, url);
    throw error;
  }
};

/** Knows the task, so it offers those models that do it. */
const pipeline = (async (...asked: Parameters<typeof transformers.pipeline>) => {
  try {
    return await transformers.pipeline(...asked);
  } catch (error) {
    const url = error instanceof LearnerError ? unanswered.get(error) : undefined;
    if (url === undefined) throw error;
    throw await hubUnreachable({ url, task: asked[0], cause: (error as Error).cause });
  }
}) as typeof transformers.pipeline;

export const modules: ModuleTable = { "@xenova/transformers": { ...transformers, pipeline } };
