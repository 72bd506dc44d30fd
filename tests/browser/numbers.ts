/**
 * The library's layers and losses beside PyTorch's numbers, in a browser: built as one script, run by numbers.spec.ts on the
 * backends that a reader's page may choose.
 */
import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { installSimd } from "../../kernels/simd/index.ts";
import { registerPlainKernels } from "../../kernels/simd/plain/index.ts";
import { REFERENCE_CASES, TOLERANCE, worstDifference } from "../kernels/nlp/nn/reference-cases.ts";

export interface CaseOutcome {
  readonly name: string;
  /** Differences over the tolerance, with their size; empty where all is well. */
  readonly wrong: readonly string[];
  /** Tensors that the case left behind. */
  readonly left: number;
}

declare global {
  var runReferenceCases: (backend: string, wasmPath: string) => Promise<CaseOutcome[]>;
}

globalThis.runReferenceCases = async (backend, wasmPath) => {
  setWasmPaths(wasmPath);
  if (!(await tf.setBackend(backend === "native" ? "wasm" : backend)))
    throw new Error(`The backend ${backend} does not start in this browser.`);
  await tf.ready();
  if (backend === "wasm") registerPlainKernels();
  if (backend === "native") {
    const installed = await installSimd({
      load: async (name) => (await fetch(wasmPath + name)).arrayBuffer(),
    });
    // With FMA, which most of the unit tests do without.
    if (!installed?.relaxed) throw new Error("This browser has no relaxed SIMD.");
  }
  return REFERENCE_CASES.map(({ name, run }) => {
    const before = tf.memory().numTensors;
    const { values, gradients, expected } = run();
    const check = (given: Record<string, number[]>, tolerance: number) =>
      Object.entries(given)
        .map(([key, list]) => ({ key, worst: worstDifference(list, expected[key]) }))
        .filter(({ worst }) => !(worst <= tolerance))
        .map(({ key, worst }) => `${key}: ${worst}`);
    return {
      name,
      wrong: [...check(values, TOLERANCE.values), ...check(gradients, TOLERANCE.gradients)],
      left: tf.memory().numTensors - before,
    };
  });
};
