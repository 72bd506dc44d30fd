import { describe, expect, test } from "vitest";
import { createMemoryStore, getEmptyProgress, getJoinedProgress } from "../../../src/storage/index.ts";

const empty = getEmptyProgress("l");

describe("progress", () => {
  test("of two tabs is joined", () => {
    const joined = getJoinedProgress(
      { ...empty, ran: ["a", "b"], passed: ["x"] },
      { ...empty, ran: ["b", "c"], solutions: ["y"] },
    );
    expect(joined).toEqual({ ...empty, ran: ["a", "b", "c"], passed: ["x"], solutions: ["y"] });
  });

  test("keeps the bet that was committed first", () => {
    const first = { name: "score", choice: [1], time: 10 };
    const second = { name: "score", choice: [2], time: 20 };
    expect(getJoinedProgress({ ...empty, bets: [second] }, { ...empty, bets: [first] }).bets).toEqual([
      first,
    ]);
  });

  test("grows in the store and is empty for a lecture not begun", async () => {
    const { progress } = createMemoryStore();
    await progress.add({ ...empty, ran: ["a"] });
    await progress.add({ ...empty, ran: ["b"] });
    expect((await progress.get("l")).ran).toEqual(["a", "b"]);
    expect(await progress.get("m")).toEqual(getEmptyProgress("m"));
    expect(await progress.list()).toHaveLength(1);
  });
});
