import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createSender } from "../../../../src/page/inputs/sender.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp(debounce: number) {
  const send = vi.fn();
  return { send, sender: createSender<number>({ send, debounce }) };
}

test("without debounce the first value is sent at once, and of those that follow the latest twice a frame", () => {
  const { send, sender } = setUp(0);
  sender.offer(1);
  sender.offer(2);
  sender.offer(3);
  expect(send.mock.calls).toEqual([[1]]);
  expect(sender.isWaiting()).toBe(true);
  vi.advanceTimersByTime(8);
  sender.offer(4);
  expect(send.mock.calls).toEqual([[1], [3]]);
  vi.advanceTimersByTime(8);
  expect(send.mock.calls).toEqual([[1], [3], [4]]);
  vi.advanceTimersByTime(8);
  sender.offer(5);
  expect(send.mock.calls).toEqual([[1], [3], [4], [5]]);
});

test("a value that waits for its interval is not sent once it is cancelled", () => {
  const { send, sender } = setUp(0);
  sender.offer(1);
  sender.offer(2);
  sender.cancel();
  vi.advanceTimersByTime(100);
  expect(send.mock.calls).toEqual([[1]]);
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
