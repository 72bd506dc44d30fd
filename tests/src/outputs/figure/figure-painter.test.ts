import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createFigurePainter } from "../../../../src/outputs/figure/figure-painter.ts";
import type { Figure } from "../../../../src/outputs/figure/figure-data.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const element = {} as HTMLElement;
const curve = (length: number, title = "Loss"): Figure => ({
  data: [{ type: "scatter", y: Array.from({ length }, (_, i) => i) }],
  layout: { title },
});

function setUp() {
  const calls: string[] = [];
  const record = (name: string) =>
    vi.fn((_element: HTMLElement, ...given: unknown[]) => {
      calls.push(
        `${name} ${JSON.stringify(name === "extend" ? given[0] : (given[0] as Figure["data"])[0].y)}`,
      );
      return Promise.resolve();
    });
  const plotly = {
    newPlot: record("new"),
    react: record("react"),
    extendTraces: record("extend"),
    purge: vi.fn(),
  };
  const onError = vi.fn();
  const load = vi.fn(() => Promise.resolve(plotly));
  const painter = createFigurePainter(element, { load, onError, now: () => Date.now() });
  return { painter, plotly, calls, onError, load };
}

test("a figure is drawn once it is in sight, then updated in place", async () => {
  const { painter, calls, load } = setUp();
  painter.show(() => curve(2));
  await vi.advanceTimersByTimeAsync(1000);
  expect(load).not.toHaveBeenCalled();
  painter.setVisible(true);
  await vi.advanceTimersByTimeAsync(1000);
  painter.show(() => curve(3));
  await vi.advanceTimersByTimeAsync(1000);
  painter.show(() => curve(3, "Other"));
  await vi.advanceTimersByTimeAsync(1000);
  expect(calls).toEqual(["new [0,1]", 'extend {"y":[[2]]}', "react [0,1,2]"]);
});

test("a stream is drawn at most ten times a second and its last point is never lost", async () => {
  const { painter, calls } = setUp();
  painter.setVisible(true);
  for (let length = 1; length <= 100; length += 1) {
    painter.show(() => curve(length));
    await vi.advanceTimersByTimeAsync(10);
  }
  await vi.advanceTimersByTimeAsync(200);
  expect(calls.length).toBeGreaterThanOrEqual(9);
  expect(calls.length).toBeLessThanOrEqual(11);
  expect(calls.at(-1)).toMatch(/99\]\]\}$/);
});

test("out of sight nothing is made or drawn; back in sight the latest is", async () => {
  const { painter, calls } = setUp();
  painter.setVisible(true);
  painter.show(() => curve(1));
  await vi.advanceTimersByTimeAsync(200);
  painter.setVisible(false);
  const unseen = vi.fn(() => curve(2));
  painter.show(unseen);
  await vi.advanceTimersByTimeAsync(500);
  painter.show(() => curve(4));
  painter.setVisible(true);
  await vi.advanceTimersByTimeAsync(200);
  expect(unseen).not.toHaveBeenCalled();
  expect(calls).toEqual(["new [0]", 'extend {"y":[[1,2,3]]}']);
});

test("two drawings never overlap", async () => {
  const { painter, plotly } = setUp();
  let finish = () => {};
  plotly.newPlot.mockImplementationOnce(() => new Promise<void>((resolve) => (finish = resolve)));
  painter.setVisible(true);
  painter.show(() => curve(1));
  await vi.advanceTimersByTimeAsync(200);
  painter.show(() => curve(2));
  await vi.advanceTimersByTimeAsync(1000);
  expect(plotly.extendTraces).not.toHaveBeenCalled();
  finish();
  await vi.advanceTimersByTimeAsync(200);
  expect(plotly.extendTraces).toHaveBeenCalledTimes(1);
});

test("a figure that Plotly refuses is reported, and the next one is drawn anew", async () => {
  const { painter, plotly, calls, onError } = setUp();
  plotly.newPlot.mockRejectedValueOnce(new Error("refused"));
  painter.setVisible(true);
  painter.show(() => curve(1));
  await vi.advanceTimersByTimeAsync(200);
  expect(onError).toHaveBeenCalledWith(new Error("refused"));
  painter.show(() => curve(2));
  await vi.advanceTimersByTimeAsync(200);
  expect(calls).toEqual(["new [0,1]"]);
});

test("Plotly's copy is its own: what it changes is not compared with the next figure", async () => {
  const { painter, plotly, calls } = setUp();
  plotly.newPlot.mockImplementationOnce((_element, data) => {
    (data as { y: number[] }[])[0].y.push(99);
    return Promise.resolve();
  });
  painter.setVisible(true);
  painter.show(() => curve(1));
  await vi.advanceTimersByTimeAsync(200);
  painter.show(() => curve(2));
  await vi.advanceTimersByTimeAsync(200);
  expect(calls).toEqual(['extend {"y":[[1]]}']);
});

test("a painter that is disposed of frees the figure and draws no more", async () => {
  const { painter, plotly, calls } = setUp();
  painter.setVisible(true);
  painter.show(() => curve(1));
  await vi.advanceTimersByTimeAsync(200);
  painter.show(() => curve(2));
  painter.dispose();
  await vi.advanceTimersByTimeAsync(500);
  expect(plotly.purge).toHaveBeenCalledWith(element);
  expect(calls).toEqual(["new [0]"]);
});

test("long curves are thinned while one figure follows the other, and whole when the last has come", async () => {
  const { painter, plotly } = setUp();
  const long = (length: number): Figure => ({
    data: [{ type: "scatter", mode: "lines", y: Array.from({ length }, (_, i) => i % 7) }],
    layout: {},
  });
  const points = () => {
    const [, data] = plotly.react.mock.lastCall ?? plotly.newPlot.mock.lastCall!;
    return (data as { y: number[] }[])[0].y.length;
  };
  painter.setVisible(true);
  painter.show(() => long(5000));
  await vi.advanceTimersByTimeAsync(200);
  expect(points()).toBe(5000);
  painter.show(() => long(6000));
  await vi.advanceTimersByTimeAsync(200);
  expect(points()).toBeLessThan(600);
  await vi.advanceTimersByTimeAsync(1000);
  expect(points()).toBe(6000);
});
