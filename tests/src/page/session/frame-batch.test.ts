import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createBrowserClock } from "../../../../src/page/session/clock.ts";
import { createFrameBatch } from "../../../../src/page/session/frame-batch.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp() {
  const drawn: { readonly item: string; readonly at: number }[] = [];
  const start = performance.now();
  const batch = createFrameBatch<string>(createBrowserClock(), (item) =>
    drawn.push({ item, at: performance.now() - start }),
  );
  return { batch, drawn };
}

test("the messages of an answer are drawn together, at once when the last has come", () => {
  const { batch, drawn } = setUp();
  batch.add(["slider"], { isWhole: false });
  vi.advanceTimersByTime(1);
  batch.add(["first"], { isWhole: false });
  expect(drawn).toEqual([]);
  batch.add(["second"], { isWhole: true });
  const together = ["slider", "first", "second"].map((item) => ({ item, at: 1 }));
  expect(drawn).toEqual(together);
  vi.advanceTimersByTime(100);
  expect(drawn).toEqual(together);
});

test("what has been drawn at once leaves the next message to be drawn as well", () => {
  const { batch, drawn } = setUp();
  batch.add(["whole"], { isWhole: true });
  vi.advanceTimersByTime(100);
  batch.add(["beginning"], { isWhole: false });
  vi.advanceTimersByTime(100);
  expect(drawn.map(({ item }) => item)).toEqual(["whole", "beginning"]);
});

test("the end of a slow answer does not wait for its beginning to have been seen", () => {
  const { batch, drawn } = setUp();
  batch.add(["beginning"], { isWhole: false });
  vi.advanceTimersByTime(4);
  batch.add(["end"], { isWhole: true });
  expect(drawn).toEqual([
    { item: "beginning", at: 2 },
    { item: "end", at: 4 },
  ]);
});

test.each([true, false])("many are drawn twice a frame, answers of their own (%s) or a stream", (isWhole) => {
  const { batch, drawn } = setUp();
  for (let ms = 0; ms < 800; ms++) {
    batch.add([String(ms)], { isWhole });
    vi.advanceTimersByTime(1);
  }
  vi.advanceTimersByTime(100);
  expect(drawn.at(-1)?.item).toBe("799");
  const drawings = new Set(drawn.map(({ at }) => at));
  expect(drawings.size).toBeGreaterThan(90);
  expect(drawings.size).toBeLessThanOrEqual(102);
});
