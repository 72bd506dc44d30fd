import * as tf from "@tensorflow/tfjs";
import { expect, it } from "vitest";
import { startBackend } from "../../../../kernels/runtime/bundles/tensor.ts";
import { stubHostFetch } from "./host-fetch.ts";

it("without SIMD TensorFlow.js's own kernels compute, and the report says so in both languages", async () => {
  const asked = stubHostFetch();
  tf.env().set("WASM_HAS_SIMD_SUPPORT", false);
  const { note, ...report } = await startBackend("auto");
  expect(report).toEqual({ name: "wasm", simd: false, fma: false, threads: 1 });
  expect(note?.en).toMatch(/no WebAssembly SIMD/);
  expect(note?.ko).toMatch(/SIMD가 없어/);
  expect(asked).toEqual(["tfjs-backend-wasm.wasm"]);
  // The gradient of an embedding is there all the same.
  const gradient = tf.tidy(() =>
    tf
      .grad((x: tf.Tensor) => tf.gather(x, tf.tensor1d([1, 1], "int32")))(tf.ones([3, 2]))
      .dataSync(),
  );
  expect([...gradient]).toEqual([0, 0, 2, 2, 0, 0]);
});
