import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createSender } from "../../../../src/page/inputs/sender.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp(debounce: number) {
  const send = vi.fn();
  const frames: (() => void)[] = [];
  const sender = createSender<number>({
    send,
    debounce,
    onNextFrame(callback) {
      frames.push(callback);
      return () => void frames.splice(frames.indexOf(callback), 1);
    },
  });
  return { send, sender, frame: () => frames.splice(0).forEach((callback) => callback()) };
}

test("without debounce the latest value is sent once a frame", () => {
  const { send, sender, frame } = setUp(0);
  sender.offer(1);
  sender.offer(2);
  sender.offer(3);
  expect(send).not.toHaveBeenCalled();
  frame();
  frame();
  expect(send.mock.calls).toEqual([[3]]);
  sender.offer(4);
  frame();
  expect(send.mock.calls).toEqual([[3], [4]]);
});

test("with debounce a value is sent once the reader has rested that long", () => {
  const { send, sender } = setUp(200);
  sender.offer(1);
  vi.advanceTimersByTime(150);
  sender.offer(2);
  vi.advanceTimersByTime(150);
  expect(send).not.toHaveBeenCalled();
  expect(sender.isWaiting()).toBe(true);
  vi.advanceTimersByTime(50);
  expect(send.mock.calls).toEqual([[2]]);
  expect(sender.isWaiting()).toBe(false);
});

test("a flush sends at once and only once, and what is cancelled is never sent", () => {
  const { send, sender } = setUp(200);
  sender.offer(1);
  sender.flush();
  vi.advanceTimersByTime(500);
  sender.offer(2);
  sender.cancel();
  vi.advanceTimersByTime(500);
  sender.flush();
  expect(send.mock.calls).toEqual([[1]]);
});
