import { describe, expect, test } from "vitest";
import { settle } from "./fake-clock.ts";
import { text } from "./fake-kernel.ts";
import { cell, createFakeSession } from "./fake-session.ts";
import type { FakeSession } from "./fake-session.ts";

async function createRunning(): Promise<FakeSession> {
  const fake = createFakeSession({ a: {}, loop: {}, c: {} });
  await fake.session.run(cell("a"));
  await fake.session.run(cell("loop"));
  fake.kernels.last.update({
    cell: "a",
    run: 1,
    state: "done",
    slots: 1,
    outputs: [{ slot: 0, output: text("kept") }],
  });
  fake.kernels.last.update({ cell: "loop", run: 1, state: "running" });
  fake.clock.paint();
  return fake;
}

describe("interrupting", () => {
  test("leaves a kernel that answers alone", async () => {
    const { session, kernels, clock } = await createRunning();
    const interrupted = session.interrupt();
    await clock.pass(100);
    kernels.last.answer("interrupt", null);
    await interrupted;
    await clock.pass(1000);
    expect(kernels.all).toHaveLength(1);
    expect(session.notices.value).toEqual([]);
  });

  test("ends a kernel that does not answer within 500 ms and starts one that knows the notebook", async () => {
    const { session, kernels, clock } = await createRunning();
    const interrupted = session.interrupt();
    await clock.pass(499);
    expect(kernels.all[0]?.terminated).toBe(false);
    await clock.pass(1);
    await interrupted;
    expect(kernels.all[0]?.terminated).toBe(true);
    expect(kernels.all).toHaveLength(2);
    expect(kernels.last.sent.map(({ type }) => type)).toEqual(["define"]);
    expect(session.kernel.value).toBe("ready");
  });

  test("makes the next kernel ready while it waits, and ends that one where the first answers after all", async () => {
    const { session, kernels, clock } = await createRunning();
    const interrupted = session.interrupt();
    await clock.pass(300);
    expect(kernels.all).toHaveLength(2);
    expect(kernels.last.sent).toEqual([]);
    kernels.last.update({ cell: "a", run: 9, state: "failed" });
    const [first] = kernels.all;
    const { id } = first.sent.find(({ type }) => type === "interrupt") as { id: number };
    first.say({ type: "reply", id, result: { ok: true, value: null } });
    await interrupted;
    clock.paint();
    expect(kernels.all.map(({ terminated }) => terminated)).toEqual([false, true]);
    expect(session.getCell(cell("a")).state.value).toBe("done");
    await session.run(cell("c"));
    expect(kernels.all).toHaveLength(2);
    expect(first.sent.at(-1)).toEqual({ type: "run", cells: ["c"] });
  });

  test("starts another where the one that was made ready has died", async () => {
    const { session, kernels, clock } = await createRunning();
    const interrupted = session.interrupt();
    await clock.pass(300);
    kernels.last.start.onFailure(new Error("out of memory"));
    expect(session.notices.value).toEqual([]);
    await clock.pass(200);
    await interrupted;
    expect(kernels.all.map(({ terminated }) => terminated)).toEqual([true, true, false]);
    expect(session.kernel.value).toBe("ready");
  });

  test("says what was lost, marks the outputs that stay, and touches no edit", async () => {
    const { session, clock } = await createRunning();
    session.edit(cell("c"), "half-typed");
    const interrupted = session.interrupt();
    await clock.pass(500);
    await interrupted;
    expect(session.notices.value).toEqual([{ kind: "kernel-ended", lost: ["a", "loop"] }]);
    const model = session.getCell(cell("a"));
    expect(model.state.value).toBe("idle");
    expect(model.earlier.value).toBe(true);
    expect(model.shown.value).toHaveLength(1);
    expect(session.getCell(cell("loop")).earlier.value).toBe(false);
    expect(session.getCell(cell("c")).source.value).toBe("half-typed");
    expect(session.busy.value).toBe(false);
  });

  test("ignores what a dead kernel still says", async () => {
    const { session, kernels, clock } = await createRunning();
    const interrupted = session.interrupt();
    await clock.pass(500);
    await interrupted;
    kernels.all[0]?.update({ cell: "loop", run: 1, state: "done" });
    kernels.all[0]?.start.onFailure(new Error("too late"));
    clock.paint();
    expect(session.getCell(cell("loop")).state.value).toBe("idle");
    expect(session.kernel.value).toBe("ready");
  });

  test("counts the runs of the new kernel from its own first", async () => {
    const { session, kernels, clock } = await createRunning();
    kernels.last.update({ cell: "a", run: 7, state: "done" });
    clock.paint();
    const interrupted = session.interrupt();
    await clock.pass(500);
    await interrupted;
    await session.run(cell("a"));
    kernels.last.update({
      cell: "a",
      run: 1,
      state: "done",
      slots: 1,
      outputs: [{ slot: 0, output: text("new") }],
    });
    clock.paint();
    expect(session.getCell(cell("a")).state.value).toBe("done");
    expect(session.getCell(cell("a")).earlier.value).toBe(false);
  });

  test("asks once, however often the button is pressed", async () => {
    const { session, kernels, clock } = await createRunning();
    const first = session.interrupt();
    const second = session.interrupt();
    await clock.pass(500);
    await Promise.all([first, second]);
    expect(kernels.all[0]?.sent.filter(({ type }) => type === "interrupt")).toHaveLength(1);
    expect(kernels.all).toHaveLength(2);
  });

  test("gives up a kernel that is still starting, and the run that waited for it", async () => {
    const { session, kernels } = createFakeSession({ a: {} });
    const running = session.run(cell("a"));
    await session.interrupt();
    await running;
    await settle();
    expect(kernels.last.terminated).toBe(true);
    expect(kernels.last.sent).toEqual([]);
    expect(session.getCell(cell("a")).state.value).toBe("idle");
    expect(session.kernel.value).toBe("off");
  });

  test("does nothing where no kernel was started", async () => {
    const { session, kernels } = createFakeSession({ a: {} });
    await session.interrupt();
    expect(kernels.all).toHaveLength(0);
  });
});

describe("restarting", () => {
  test("starts a fresh kernel that runs nothing by itself", async () => {
    const { session, kernels } = await createRunning();
    await session.restart();
    expect(kernels.all[0]?.terminated).toBe(true);
    expect(kernels.last.sent.map(({ type }) => type)).toEqual(["define"]);
    expect(session.notices.value).toEqual([{ kind: "restarted", lost: ["a", "loop"] }]);
  });

  test("starts the kernel on the backend that the reader chose, and says so", async () => {
    const { session, kernels } = await createRunning();
    await session.setBackend("webgl");
    expect(kernels.last.start.backend).toBe("webgl");
    expect(session.notices.value[0]).toMatchObject({ kind: "backend-changed", backend: "webgl" });
  });

  test("only remembers the backend while no kernel lives", async () => {
    const { session, kernels } = createFakeSession({ a: {} });
    await session.setBackend("cpu");
    expect(kernels.all).toHaveLength(0);
    await session.run(cell("a"));
    expect(kernels.last.start.backend).toBe("cpu");
  });

  test("tells a kernel's own death and starts another at the next run", async () => {
    const { session, kernels } = await createRunning();
    kernels.last.start.onFailure(new Error("out of memory"));
    expect(session.kernel.value).toBe("failed");
    expect(session.notices.value).toEqual([{ kind: "kernel-failed", text: "out of memory" }]);
    expect(session.getCell(cell("loop")).state.value).toBe("idle");
    await session.run(cell("a"));
    expect(kernels.all).toHaveLength(2);
    expect(session.kernel.value).toBe("ready");
  });
});
