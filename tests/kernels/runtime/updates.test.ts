import { expect, test } from "vitest";
import type { CellId } from "../../../kernels/runtime/program.ts";
import type { CellUpdate } from "../../../kernels/runtime/protocol.ts";
import { createUpdates } from "../../../kernels/runtime/updates.ts";

function setUp() {
  const sent: CellUpdate[][] = [];
  const calls: { readonly at: number; readonly callback: () => void }[] = [];
  let time = 1000;
  const updates = createUpdates({
    send: (changed) => sent.push(changed),
    later: (callback, ms) => calls.push({ at: time + ms, callback }),
    now: () => time,
  });
  /** Lets time pass, callback by callback. */
  function pass(ms: number): void {
    const end = time + ms;
    for (;;) {
      const next = calls.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0];
      if (!next) break;
      calls.splice(calls.indexOf(next), 1);
      time = Math.max(time, next.at);
      next.callback();
    }
    time = end;
  }
  return { sent, pass, updates };
}

const update = (cell: string, ms: number): CellUpdate => ({ cell: cell as CellId, run: 1, ms });

test("an answer that comes in waves after a rest goes out as it comes", () => {
  const { sent, pass, updates } = setUp();
  for (const cell of ["slider", "first", "second", "third"]) {
    updates.post(update(cell, 0));
    pass(0);
  }
  expect(sent.map((changed) => changed.map(({ cell }) => cell))).toEqual([
    ["slider"],
    ["first"],
    ["second"],
    ["third"],
  ]);
});

test("a stream that never rests is told twice a frame, always with its latest", () => {
  const { sent, pass, updates } = setUp();
  for (let ms = 1; ms <= 800; ms++) {
    updates.post(update("stream", ms));
    pass(1);
  }
  pass(100);
  expect(sent.length).toBeGreaterThanOrEqual(100);
  expect(sent.length).toBeLessThanOrEqual(104);
  expect(sent.at(-1)).toEqual([update("stream", 800)]);
});

test("what is posted in one go is one message, later updates of a cell over its earlier ones", () => {
  const { sent, pass, updates } = setUp();
  updates.post({ ...update("cell", 1), state: "running" });
  updates.post(update("other", 5));
  updates.post(update("cell", 2));
  pass(0);
  expect(sent).toEqual([[{ ...update("cell", 2), state: "running" }, update("other", 5)]]);
});

test("a new run's outputs take the places of the earlier run's, and what it has not replaced stands", () => {
  const { sent, pass, updates } = setUp();
  const output = (text: string) => ({ kind: "text", text }) as const;
  const cell = "cell" as CellId;
  const outputs = ["old 0", "old 1"].map((text, slot) => ({ slot, output: output(text) }));
  updates.post({ cell, run: 1, state: "done", ms: 7, slots: 2, outputs });
  updates.post({ cell, run: 2, state: "running", outputs: [{ slot: 0, output: output("new 0") }] });
  pass(0);
  expect(sent).toEqual([
    [
      {
        ...{ cell, run: 2, state: "running", ms: 7 },
        outputs: [
          { slot: 0, output: output("new 0") },
          { slot: 1, output: output("old 1") },
        ],
      },
    ],
  ]);
});

test("how many slots a run has filled is told with its last message, whatever comes before it", () => {
  const { sent, updates } = setUp();
  const cell = "cell" as CellId;
  updates.post({ cell, run: 1, slots: 3 });
  updates.post({ cell, run: 1, state: "done" });
  updates.flush();
  expect(sent).toEqual([[{ cell, run: 1, state: "done", slots: 3 }]]);
});

test("what was flushed is not sent again when its time comes", () => {
  const { sent, pass, updates } = setUp();
  updates.post(update("cell", 1));
  updates.flush();
  pass(100);
  updates.flush();
  expect(sent).toHaveLength(1);
});
