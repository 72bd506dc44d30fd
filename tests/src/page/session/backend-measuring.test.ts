import { describe, expect, test } from "vitest";
import type { BackendTimes } from "../../../../src/page/kernel/measure-backends.ts";
import { measureBackendsOnce } from "../../../../src/page/session/index.ts";
import { settle } from "./fake-clock.ts";
import { cell, createFakeSession } from "./fake-session.ts";

async function createTrained(times: BackendTimes) {
  const fake = createFakeSession({ train: {} });
  const kept: BackendTimes[] = [];
  let measurements = 0;
  const measure = () => {
    measurements += 1;
    return Promise.resolve(times);
  };
  const end = measureBackendsOnce({ ...fake, measure, keep: (times) => kept.push(times) });
  await fake.session.run(cell("train"));
  fake.kernels.last.update({ cell: "train", run: 1, state: "running" });
  fake.clock.paint();
  const load = () =>
    fake.kernels.last.say({ type: "backend", name: "wasm", simd: true, fma: true, threads: 1 });
  const finish = () => {
    fake.kernels.last.update({ cell: "train", run: 1, state: "done" });
    fake.clock.paint();
  };
  return { ...fake, load, finish, kept, end, getMeasurements: () => measurements };
}

describe("measuring backends", () => {
  test("waits until TensorFlow.js is loaded and the reader's training has ended, and is done once", async () => {
    const { clock, load, finish, getMeasurements, kept } = await createTrained({ wasm: 9, webgl: 30 });
    await clock.pass(10_000);
    load();
    await clock.pass(10_000);
    expect(getMeasurements()).toBe(0);
    finish();
    await clock.pass(2999);
    expect(getMeasurements()).toBe(0);
    await clock.pass(1);
    expect(getMeasurements()).toBe(1);
    load();
    await clock.pass(10_000);
    expect(getMeasurements()).toBe(1);
    expect(kept).toEqual([{ wasm: 9, webgl: 30 }]);
  });

  test("tells of a backend that is faster, which the next kernel starts with", async () => {
    const { session, kernels, clock, load, finish } = await createTrained({ wasm: 20, webgpu: 8 });
    load();
    finish();
    await clock.pass(5000);
    expect(session.notices.value).toEqual([{ kind: "faster-backend", backend: "webgpu", ratio: 2.5 }]);
    expect(kernels.all).toHaveLength(1);
    await session.restart();
    expect(kernels.last.start.backend).toBe("webgpu");
  });

  test("says nothing where what computes is the fastest, or nearly", async () => {
    for (const times of [
      { wasm: 8, webgl: 30 },
      { wasm: 10, webgl: 9 },
    ]) {
      const { session, clock, load, finish } = await createTrained(times);
      load();
      finish();
      await clock.pass(5000);
      expect(session.notices.value).toEqual([]);
      expect(session.backendTimes.value).toEqual(times);
    }
  });

  test("leaves a backend alone that the reader has chosen", async () => {
    const { session, kernels, clock, load, finish } = await createTrained({ wasm: 20, webgpu: 8 });
    load();
    finish();
    await clock.pass(5000);
    await session.setBackend("webgl");
    expect(kernels.last.start.backend).toBe("webgl");
    await session.setBackend("auto");
    expect(kernels.last.start.backend).toBe("webgpu");
  });

  test("keeps nothing where nothing could be measured", async () => {
    const { session, clock, load, finish, kept } = await createTrained({});
    load();
    finish();
    await clock.pass(5000);
    await settle();
    expect(session.backendTimes.value).toBeUndefined();
    expect(kept).toEqual([]);
  });
});
