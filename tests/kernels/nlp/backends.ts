/** Runs a group of tests on every TensorFlow.js backend that Node has. */
import { createRequire } from "node:module";
import { dirname } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { compileSimd } from "../../../kernels/simd/compile.ts";
import { installSimd, registerGradients, removeSimd } from "../../../kernels/simd/index.ts";
import { registerPlainKernels } from "../../../kernels/simd/plain/index.ts";
import { afterEach, beforeAll, beforeEach, describe, expect } from "vitest";

/** "wasm" is TensorFlow.js's own, "native" the same with the kernels of kernels/simd. */
export const BACKENDS = ["cpu", "wasm", "native"] as const;

/** The tests in `group`, once a backend; each must leave as many tensors as it found. */
export function onEveryBackend(title: string, group: () => void): void {
  describe.each(BACKENDS)(`${title} (%s)`, (backend) => {
    let before = 0;
    beforeAll(async () => {
      setWasmPaths(`${dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm"))}/`);
      const name = backend === "native" ? "wasm" : backend;
      if (!(await tf.setBackend(name))) throw new Error(`The backend ${backend} does not start.`);
      await tf.ready();
      registerGradients();
      if (name === "wasm") registerPlainKernels();
      if (backend === "native") await installSimd({ load: compileSimd });
      if (backend === "wasm") removeSimd();
    });
    beforeEach(() => {
      before = tf.memory().numTensors;
    });
    afterEach(() => {
      expect(tf.memory().numTensors, "tensors that the test leaves behind").toBe(before);
    });
    group();
  });
}

/** Numbers within 1e-4 (values) or 2e-4 (gradients) of the reference, shape for shape. */
export function expectClose(given: unknown, expected: unknown, tolerance = 1e-4): void {
  const [a, b] = [[given], [expected]].map((value) => (value as unknown[]).flat(Infinity) as number[]);
  expect(a.length).toBe(b.length);
  const worst = a.reduce((most, value, index) => Math.max(most, Math.abs(value - b[index])), 0);
  expect(worst).toBeLessThanOrEqual(tolerance);
}

export const GRADIENT = 2e-4;
