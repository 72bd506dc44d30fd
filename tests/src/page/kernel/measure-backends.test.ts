import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { BackendName } from "../../../../kernels/runtime/protocol.ts";
import { findFastest, measureBackends } from "../../../../src/page/kernel/measure-backends.ts";
import { createFakeKernels, type FakeKernels } from "../session/fake-kernel.ts";

describe("measureBackends", () => {
  let kernels: FakeKernels;
  beforeEach(() => {
    vi.useFakeTimers();
    kernels = createFakeKernels();
  });
  afterEach(() => void vi.useRealTimers());

  /** The newest kernel says which backend it has and how long a step took there. */
  async function answer(backend: BackendName, ms: number): Promise<void> {
    await vi.advanceTimersByTimeAsync(0);
    const { last } = kernels;
    expect(last.sent).toEqual([{ type: "measure", id: 1 }]);
    last.say({ type: "backend", name: backend, simd: true, fma: true, threads: 1 });
    last.say({ type: "reply", id: 1, result: { ok: true, value: { backend, ms } } });
  }

  it("starts a kernel for each backend, one after the other, and ends it when it has told", async () => {
    const measured = measureBackends({ startKernel: kernels.startKernel, candidates: ["wasm", "webgl"] });
    await answer("wasm", 9);
    expect(kernels.all[0].terminated).toBe(true);
    await answer("webgl", 30);
    expect(await measured).toEqual({ wasm: 9, webgl: 30 });
    expect(kernels.all.map(({ start }) => start.backend)).toEqual(["wasm", "webgl"]);
    expect(kernels.all.every(({ terminated }) => terminated)).toBe(true);
  });

  it("leaves out a backend in whose place another has started", async () => {
    const measured = measureBackends({ startKernel: kernels.startKernel, candidates: ["webgpu", "wasm"] });
    await answer("wasm", 9);
    await answer("wasm", 10);
    expect(await measured).toEqual({ wasm: 10 });
  });

  it("leaves out one that fails, and one that never answers", async () => {
    const measured = measureBackends({
      startKernel: kernels.startKernel,
      candidates: ["webgpu", "webgl", "wasm"],
      patience: 1000,
    });
    await vi.advanceTimersByTimeAsync(0);
    kernels.last.start.onFailure(new Error("no adapter"));
    await vi.advanceTimersByTimeAsync(0);
    expect(kernels.last.start.backend).toBe("webgl");
    await vi.advanceTimersByTimeAsync(1000);
    await answer("wasm", 9);
    expect(await measured).toEqual({ wasm: 9 });
    expect(kernels.all.every(({ terminated }) => terminated)).toBe(true);
  });
});

describe("findFastest", () => {
  it("is the backend with the shortest step, and none where none was measured", () => {
    expect(findFastest({ webgl: 30, wasm: 9, webgpu: 12 })).toBe("wasm");
    expect(findFastest({})).toBeUndefined();
  });
});
