/** TensorFlow.js's wasm backend with the native kernels in it, and comparisons with the plain cpu backend. */
import { createRequire } from "node:module";
import { dirname } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { expect } from "vitest";
import { compileSimd } from "../../../kernels/simd/compile.ts";
import { allowRelaxedSimd } from "../../../kernels/simd/node-relaxed-simd.ts";
import { installSimd, registerGradients, removeSimd } from "../../../kernels/simd/index.ts";

/** `relaxed`: with products and sums in one instruction. Without, as Safari computes, in all tests that do not say. */
export async function startNativeBackend({ relaxed = false } = {}): Promise<void> {
  if (relaxed) allowRelaxedSimd();
  registerGradients();
  setWasmPaths(`${dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm"))}/`);
  if (!(await tf.setBackend("wasm"))) throw new Error("The wasm backend does not start.");
  removeSimd();
  const installed = await installSimd({ load: compileSimd, relaxed });
  if (installed?.relaxed !== relaxed) throw new Error(`This engine has no ${relaxed ? "relaxed " : ""}SIMD.`);
}

/** A tensor as plain data, made anew on whichever backend computes. */
export interface Numbers {
  readonly values: Float32Array | Int32Array;
  readonly shape: number[];
}

export type Computation = (...inputs: tf.Tensor[]) => tf.Tensor;

/** The results of `compute` and the gradients of Σ result · (a fixed pattern) by those inputs that are floats. */
export async function computeOn(
  backend: "cpu" | "wasm",
  {
    compute,
    inputs,
    gradients = true,
  }: { compute: Computation; inputs: readonly Numbers[]; gradients?: boolean },
): Promise<Numbers[]> {
  await tf.setBackend(backend);
  const before = tf.memory().numTensors;
  const results = tf.tidy(() => {
    const tensors = inputs.map(({ values, shape }) =>
      tf.tensor(values, shape, values instanceof Int32Array ? "int32" : "float32"),
    );
    const value = compute(...tensors);
    const floats = tensors.filter(({ dtype }) => dtype === "float32");
    if (!gradients || floats.length === 0) return [value];
    const pattern = tf.tensor(
      Float32Array.from({ length: value.size }, (_, index) => Math.sin(index + 1)),
      value.shape,
    );
    const grads = tf.grads((...given: tf.Tensor[]) => {
      let next = 0;
      const all = tensors.map((tensor) => (tensor.dtype === "float32" ? given[next++] : tensor));
      return compute(...all);
    })(floats, pattern);
    return [value, ...grads];
  });
  const read = results.map((tensor) => ({
    values: tensor.dataSync().slice() as Float32Array | Int32Array,
    shape: tensor.shape,
  }));
  tf.dispose(results);
  expect(tf.memory().numTensors, "tensors left behind").toBe(before);
  return read;
}

/** The same on both backends, within 1e-4 of the largest number of a result. */
export async function expectSame(
  setting: { compute: Computation; inputs: readonly Numbers[]; gradients?: boolean },
  tolerance = 1e-4,
): Promise<void> {
  const plain = await computeOn("cpu", setting);
  const native = await computeOn("wasm", setting);
  plain.forEach((expected, index) => {
    const what = index === 0 ? "value" : `gradient ${index}`;
    expect(native[index].shape, what).toEqual(expected.shape);
    expectNumbers(native[index].values, expected.values, { what, tolerance });
  });
}

export function expectNumbers(
  given: ArrayLike<number>,
  expected: ArrayLike<number>,
  { what, tolerance }: { what: string; tolerance: number },
): void {
  const finite = Array.from(expected).filter(Number.isFinite);
  const scale = finite.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  for (let index = 0; index < expected.length; index++) {
    const [a, b] = [given[index], expected[index]];
    // Relative to the number itself, or to the largest where a sum of large numbers came out small.
    const close =
      Object.is(a, b) || a === b || Math.abs(a - b) <= tolerance * Math.max(Math.abs(b), scale * 0.1, 1e-3);
    if (!close) expect.fail(`${what}[${index}] is ${a}, expected ${b}`);
  }
}

/** Numbers between −1 and 1 that look random and are always the same. */
export function numbers(shape: readonly number[], seed = 1): Numbers {
  const length = shape.reduce((product, size) => product * size, 1);
  let state = (seed * 2654435761) >>> 0;
  const values = Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
  return { values, shape: [...shape] };
}

export function ids(
  shape: readonly number[],
  { below, seed = 1 }: { below: number; seed?: number },
): Numbers {
  const { values } = numbers(shape, seed);
  return {
    values: Int32Array.from(values, (value) => Math.floor(((value + 1) / 2) * below)),
    shape: [...shape],
  };
}
