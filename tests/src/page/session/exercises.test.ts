import { describe, expect, test } from "vitest";
import { settle } from "./fake-clock.ts";
import { cell, createFakeSession } from "./fake-session.ts";

const cells = {
  stub: { source: "return x", declares: ["softmax"], attributes: { exercise: "softmax" } },
  check: { reads: ["softmax"], attributes: { check: "softmax" } },
  answer: { source: "return y", declares: ["softmax"], attributes: { solution: "softmax" } },
};

describe("exercises", () => {
  test("keep their solution out of the notebook until it is asked for", async () => {
    const { session, kernels } = createFakeSession(cells);
    expect(session.cells.map(({ id }) => id)).toEqual(["stub", "check"]);
    await session.runAll();
    expect(kernels.last.sent[0]).toMatchObject({ type: "define", cells: [{ id: "stub" }, { id: "check" }] });
  });

  test("read a check's verdict from its value, with the hint", async () => {
    const { session, kernels, clock } = createFakeSession(cells);
    await session.run(cell("check"));
    kernels.last.update({ cell: "check", run: 1, state: "done" });
    clock.paint();
    kernels.last.answer("value", { passed: false, hint: { en: "Sum them.", ko: "더하십시오." } });
    await settle();
    const model = session.getCell(cell("check"));
    expect(model.verdict.value).toEqual({ passed: false, hint: { en: "Sum them.", ko: "더하십시오." } });
    expect(model.state.value).toBe("done");
    expect(session.progress.value.passed).toEqual([]);
  });

  test("count as solved once a check has passed", async () => {
    const { session, kernels, clock } = createFakeSession(cells);
    await session.run(cell("check"));
    kernels.last.update({ cell: "check", run: 1, state: "done" });
    clock.paint();
    kernels.last.answer("value", { passed: true });
    await settle();
    expect(session.progress.value.passed).toEqual(["softmax"]);
    expect(session.progress.value.ran).toEqual(["check"]);
  });

  test("drop a verdict on a run that a newer one has replaced", async () => {
    const { session, kernels, clock } = createFakeSession(cells);
    await session.run(cell("check"));
    kernels.last.update({ cell: "check", run: 1, state: "done" });
    clock.paint();
    kernels.last.update({ cell: "check", run: 2, state: "running" });
    clock.paint();
    kernels.last.answer("value", { passed: true });
    await settle();
    expect(session.getCell(cell("check")).verdict.value).toBeUndefined();
  });

  test("put a solution in the stub's place without a compiler, as an edit that can be taken back", async () => {
    const { session, kernels, compiled } = createFakeSession(cells);
    session.edit(cell("stub"), "my attempt");
    session.showSolution("softmax");
    await session.run(cell("stub"));
    expect(compiled).toEqual([]);
    expect(kernels.last.sent[0]).toMatchObject({
      cells: [{ id: "stub", body: "() => { return y }" }, { id: "check" }],
    });
    expect(session.progress.value.solutions).toEqual(["softmax"]);
    expect(session.attempts.value.get("softmax")).toBe("my attempt");
    session.revert(cell("stub"));
    expect(session.getCell(cell("stub")).source.value).toBe("return x");
    const [notice] = session.notices.value;
    if (notice?.kind !== "reverted") throw new Error("expected a notice with a way back");
    notice.undo();
    expect(session.getCell(cell("stub")).source.value).toBe("return y");
  });

  test("refuse a solution that the lecture does not have, by name", () => {
    const { session } = createFakeSession({ a: {} });
    expect(() => session.showSolution("softmax")).toThrow(/"softmax" has no stub or no solution/);
  });
});
