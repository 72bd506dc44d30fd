/**
 * Transformers.js, whole, on ONNX Runtime's plain wasm build: the runtime's 14 MB come when the first model is loaded,
 * through the page like everything else.
 */
import * as transformers from "@xenova/transformers";
import { assetUrl, type ModuleTable } from "../modules.ts";

const WASM_FILE = "ort-wasm-simd-threaded.wasm";

const { wasm } = transformers.env.backends.onnx;
// In Node there is no such backend: onnxruntime-node computes there.
if (wasm) {
  wasm.wasmPaths = { wasm: assetUrl(WASM_FILE) };
  // Threads would be started from the bundle's own URL, which is a blob: that is gone by then.
  wasm.numThreads = 1;
}

export const modules: ModuleTable = { "@xenova/transformers": transformers };
