import { effect } from "@preact/signals";
import { describe, expect, test } from "vitest";
import { settle } from "./fake-clock.ts";
import { text } from "./fake-kernel.ts";
import { cell, createFakeSession } from "./fake-session.ts";

describe("running cells", () => {
  test("starts no kernel until the reader asks for a run", () => {
    const { session, kernels } = createFakeSession({ a: {} });
    expect(kernels.all).toHaveLength(0);
    expect(session.kernel.value).toBe("off");
  });

  test("defines the whole notebook once and then runs the cell that was asked for", async () => {
    const { session, kernels } = createFakeSession({ a: {}, b: {} });
    await session.run(cell("b"));
    await session.run(cell("a"));
    expect(kernels.all).toHaveLength(1);
    expect(kernels.last.sent.map(({ type }) => type)).toEqual(["define", "run", "run"]);
    expect(kernels.last.sent[1]).toEqual({ type: "run", cells: ["b"] });
  });

  test("shows a cell waiting while the kernel starts", async () => {
    const { session } = createFakeSession({ a: {} });
    const running = session.run(cell("a"));
    expect(session.getCell(cell("a")).state.value).toBe("queued");
    expect(session.busy.value).toBe(true);
    await running;
  });

  test("applies a burst of messages in one batch before the paint", async () => {
    const { session, kernels, clock } = createFakeSession({ a: {} });
    await session.run(cell("a"));
    const model = session.getCell(cell("a"));
    const seen: string[] = [];
    effect(() => void seen.push(`${model.state.value} ${model.shown.value.length}`));
    kernels.last.update({ cell: "a", run: 1, state: "running" });
    kernels.last.update({ cell: "a", run: 1, outputs: [{ slot: 0, output: text("one") }] });
    kernels.last.update({ cell: "a", run: 1, state: "done", ms: 12, slots: 1 });
    expect(seen).toEqual(["queued 0"]);
    clock.paint();
    expect(seen).toEqual(["queued 0", "done 1"]);
    expect(model.ms.value).toBe(12);
  });

  test("draws at once when the kernel has said that nothing follows", async () => {
    const { session, kernels } = createFakeSession({ a: {} });
    await session.run(cell("a"));
    const model = session.getCell(cell("a"));
    kernels.last.update({ cell: "a", run: 1, state: "running" });
    expect(model.state.value).toBe("queued");
    const updates = [{ cell: cell("a"), run: 1, state: "done" as const, ms: 12 }];
    kernels.last.say({ type: "cells", updates, atRest: true });
    expect(model.state.value).toBe("done");
  });

  test("keeps an output until its successor is there, and drops what the new run did not fill", async () => {
    const { session, kernels, clock } = createFakeSession({ a: {} });
    await session.run(cell("a"));
    const model = session.getCell(cell("a"));
    const shown = () => model.shown.value.map(({ output }) => (output.value as { text: string }).text);
    const say = (update: Parameters<typeof kernels.last.update>[0]) => {
      kernels.last.update(update);
      clock.paint();
    };
    say({
      cell: "a",
      run: 1,
      state: "done",
      slots: 2,
      outputs: [
        { slot: 0, output: text("old 0") },
        { slot: 1, output: text("old 1") },
      ],
    });
    const standing = model.shown.value[0];
    say({ cell: "a", run: 2, state: "running" });
    expect(shown()).toEqual(["old 0", "old 1"]);
    say({ cell: "a", run: 2, outputs: [{ slot: 0, output: text("new 0") }] });
    expect(shown()).toEqual(["new 0", "old 1"]);
    expect(model.shown.value[0]).toBe(standing);
    say({ cell: "a", run: 2, state: "done", slots: 1 });
    expect(shown()).toEqual(["new 0"]);
  });

  test("drops news of a run that a later one has replaced", async () => {
    const { session, kernels, clock } = createFakeSession({ a: {} });
    await session.run(cell("a"));
    kernels.last.update({ cell: "a", run: 2, state: "running" });
    kernels.last.update({ cell: "a", run: 1, state: "failed", outputs: [{ slot: 0, output: text("late") }] });
    clock.paint();
    expect(session.getCell(cell("a")).state.value).toBe("running");
    expect(session.getCell(cell("a")).slots.value).toEqual([]);
  });

  test("shows what was printed and what went wrong apart from what was displayed", async () => {
    const { session, kernels, clock } = createFakeSession({ a: {} });
    await session.run(cell("a"));
    kernels.last.update({
      cell: "a",
      run: 1,
      state: "failed",
      slots: 3,
      outputs: [
        { slot: 0, output: { kind: "log", level: "log", parts: [], count: 1 } },
        { slot: 1, output: text("shown") },
        { slot: 2, output: { kind: "error", error: { name: "TypeError", text: "no" } } },
      ],
    });
    clock.paint();
    const model = session.getCell(cell("a"));
    expect(model.shown.value).toHaveLength(1);
    expect(model.console.value).toHaveLength(1);
    expect(model.errors.value[0]?.error.name).toBe("TypeError");
  });

  test("compiles an edited cell when it is run, defines it anew and runs it", async () => {
    const { session, kernels, compiled } = createFakeSession({ a: {}, b: {} });
    await session.run(cell("a"));
    session.edit(cell("a"), "changed");
    await settle();
    expect(compiled).toEqual([]);
    await session.run(cell("a"));
    await session.run(cell("a"));
    expect(compiled).toEqual(["a: changed"]);
    expect(kernels.last.sent.map(({ type }) => type)).toEqual(["define", "run", "define", "run", "run"]);
  });

  test("takes the edits of the cells that a run needs, and of no others", async () => {
    const { session, compiled } = createFakeSession({
      stub: { declares: ["softmax"] },
      check: { reads: ["softmax"] },
      other: {},
    });
    session.edit(cell("stub"), "solved");
    session.edit(cell("other"), "half-typed");
    await session.run(cell("check"));
    expect(compiled).toEqual(["stub: solved"]);
  });

  test("calls a cell stale when its code was changed after it ran, until it is changed back", async () => {
    const { session, kernels, clock } = createFakeSession({ a: { source: "one" } });
    await session.run(cell("a"));
    kernels.last.update({ cell: "a", run: 1, state: "done" });
    clock.paint();
    const model = session.getCell(cell("a"));
    session.edit(cell("a"), "two");
    expect(model.state.value).toBe("stale");
    session.edit(cell("a"), "one");
    expect(model.state.value).toBe("done");
  });

  test("runs to a cell, and all, in the order of the lecture", async () => {
    const { session, kernels } = createFakeSession({ a: {}, b: {}, c: {} });
    await session.runTo(cell("b"));
    expect(kernels.last.sent.at(-1)).toEqual({ type: "run", cells: ["a", "b"] });
    await session.runAll();
    expect(kernels.last.sent.at(-1)).toEqual({ type: "run", cells: ["a", "b", "c"] });
  });

  test("gives the next cell to stand on, and none after the last", () => {
    const { session } = createFakeSession({ a: {}, b: {} });
    expect(session.runAndAdvance(cell("a"))).toBe("b");
    expect(session.runAndAdvance(cell("b"))).toBeUndefined();
  });
});

test("news of one cell touch nothing of the others", async () => {
  const { session, kernels, clock } = createFakeSession({ a: {}, b: {} });
  await session.runAll();
  let drawn = 0;
  const b = session.getCell(cell("b"));
  effect(() => {
    void [b.state.value, b.ms.value, b.shown.value, b.console.value, b.errors.value, b.waitingFor.value];
    drawn += 1;
  });
  kernels.last.update({
    cell: "a",
    run: 1,
    state: "streaming",
    outputs: [{ slot: 0, output: text("tick") }],
  });
  clock.paint();
  expect(drawn).toBe(1);
});
