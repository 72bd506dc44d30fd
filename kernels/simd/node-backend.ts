/** TensorFlow.js's wasm backend with the native kernels, in Node: for the service's threads and for what trains there. */
import { createRequire } from "node:module";
import { dirname } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { compileSimd } from "./compile.ts";
import { installSimd, registerGradients } from "./index.ts";
import { allowRelaxedSimd } from "./node-relaxed-simd.ts";
import { registerPlainKernels } from "./plain/index.ts";

export async function startNodeBackend(): Promise<void> {
  allowRelaxedSimd();
  setWasmPaths(`${dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm"))}/`);
  if (!(await tf.setBackend("wasm"))) throw new Error("TensorFlow.js's wasm backend does not start here.");
  await tf.ready();
  registerGradients();
  registerPlainKernels();
  await installSimd({ load: compileSimd });
}
