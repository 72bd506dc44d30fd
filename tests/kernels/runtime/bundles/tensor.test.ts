import * as tf from "@tensorflow/tfjs";
import { afterEach, expect, it, vi } from "vitest";
import { measureTraining, startBackend } from "../../../../kernels/runtime/bundles/tensor.ts";
import { findBuild, hasRelaxedSimd } from "../../../../kernels/simd/builds.ts";
import { stubHostFetch } from "./host-fetch.ts";

afterEach(() => void vi.unstubAllGlobals());

it("the backend starts with the native kernels in it, and says so", async () => {
  const asked = stubHostFetch();
  const relaxed = hasRelaxedSimd();
  expect(await startBackend("auto")).toEqual({ name: "wasm", simd: true, fma: relaxed, threads: 1 });
  expect(asked).toEqual(["tfjs-backend-wasm-simd.wasm", findBuild({ relaxed, shared: false })]);
});

it("a training is measured in milliseconds, and leaves no tensor behind", async () => {
  const before = tf.memory().numTensors;
  expect(await measureTraining()).toBeGreaterThan(0);
  expect(tf.memory().numTensors).toBe(before);
});

it("a backend that does not start is replaced, which the report says in both languages", async () => {
  const { name, note } = await startBackend("webgpu");
  expect(name).toBe("wasm");
  expect(note?.en).toMatch(/The webgpu backend does not start/);
  expect(note?.ko).toMatch(/webgpu 백엔드를 시작할 수 없어/);
});
