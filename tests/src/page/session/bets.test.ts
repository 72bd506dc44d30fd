import { describe, expect, test } from "vitest";
import { radio } from "./fake-kernel.ts";
import { cell, createFakeSession } from "./fake-session.ts";

const cells = {
  a: { declares: ["data"] },
  guess: { declares: ["guess"], attributes: { bet: "score" } },
  reveal: { reads: ["data"], declares: ["score"], attributes: { after: "score" } },
  chart: { reads: ["score"] },
  aside: { reads: ["data"] },
};

async function createPlaced() {
  const fake = createFakeSession(cells);
  await fake.session.run(cell("guess"));
  fake.kernels.last.update({
    cell: "guess",
    run: 1,
    state: "done",
    slots: 1,
    outputs: [{ slot: 0, output: radio("guess/0", null) }],
  });
  fake.clock.paint();
  return fake;
}

describe("bets", () => {
  test("lock the cells that stand after them and those that read their names", () => {
    const { session } = createFakeSession(cells);
    expect([...session.locks.value]).toEqual([
      ["reveal", "score"],
      ["chart", "score"],
    ]);
  });

  test("keep a locked cell from running", async () => {
    const { session, kernels } = createFakeSession(cells);
    await session.run(cell("reveal"));
    expect(kernels.all).toHaveLength(0);
    expect(session.getCell(cell("reveal")).state.value).toBe("idle");
  });

  test("stop run-all before the first locked cell, with a notice that leads to the bet", async () => {
    const { session, kernels } = createFakeSession(cells);
    await session.runAll();
    expect(kernels.last.sent.at(-1)).toEqual({ type: "run", cells: ["a", "guess"] });
    expect(session.notices.value).toEqual([{ kind: "stopped-at-bet", bet: "guess", cell: "reveal" }]);
  });

  test("are committed with the choice the reader made last, and open what was locked", async () => {
    const { session, kernels } = await createPlaced();
    session.setInput("guess/0", 2);
    session.commitBet("score");
    expect(session.progress.value.bets).toEqual([{ name: "score", choice: [2], time: 1000 }]);
    expect(session.locks.value.size).toBe(0);
    await session.run(cell("reveal"));
    expect(kernels.last.sent.at(-1)).toEqual({ type: "run", cells: ["reveal"] });
  });

  test("cannot be committed before there is a choice", async () => {
    const { session } = await createPlaced();
    expect(() => session.commitBet("score")).toThrow(/"score" has no choice yet/);
    expect(session.locks.value.size).toBe(2);
  });

  test("stand: once committed their control speaks to nobody", async () => {
    const { session, kernels } = await createPlaced();
    session.setInput("guess/0", 2);
    session.commitBet("score");
    session.setInput("guess/0", 0);
    expect(kernels.last.sent.filter(({ type }) => type === "input")).toHaveLength(1);
  });

  test("are set again in a kernel that knows nothing of them", async () => {
    const { session, kernels, clock } = createFakeSession(cells);
    session.joinProgress({
      lecture: "01-lecture",
      ran: [],
      passed: [],
      solutions: [],
      bets: [{ name: "score", choice: [1], time: 5 }],
    });
    await session.run(cell("guess"));
    const drawn = { cell: "guess", run: 1, outputs: [{ slot: 0, output: radio("guess/0", null) }] };
    kernels.last.update(drawn);
    clock.paint();
    kernels.last.update(drawn);
    clock.paint();
    expect(kernels.last.sent.filter(({ type }) => type === "input")).toEqual([
      { type: "input", inputId: "guess/0", value: 1 },
    ]);
  });
});
