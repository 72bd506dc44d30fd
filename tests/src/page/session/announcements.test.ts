import { expect, test } from "vitest";
import { watchStates } from "../../../../src/page/session/index.ts";
import { cell, createFakeSession } from "./fake-session.ts";

test("a wave of cells is announced together, without the states passed through on the way", async () => {
  const { session, kernels, clock } = createFakeSession({ a: {}, b: {} });
  const { latest } = watchStates(session.cells, clock);
  await session.runAll();
  for (const id of ["a", "b"]) {
    kernels.last.update({ cell: id, run: 1, state: "running" });
    clock.paint();
    kernels.last.update({ cell: id, run: 1, state: "done", ms: 30 });
    clock.paint();
  }
  expect(latest.value).toEqual([]);
  await clock.pass(600);
  expect(latest.value).toEqual([
    { cell: "a", state: "done", ms: 30 },
    { cell: "b", state: "done", ms: 30 },
  ]);
});

test("the ticks of a stream are not announced", async () => {
  const { session, kernels, clock } = createFakeSession({ a: {} });
  const { latest } = watchStates(session.cells, clock);
  await session.run(cell("a"));
  kernels.last.update({ cell: "a", run: 1, state: "streaming" });
  clock.paint();
  await clock.pass(600);
  expect(latest.value).toEqual([]);
});
