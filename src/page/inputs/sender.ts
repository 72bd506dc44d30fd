/** Sends a control's values to the kernel: at once and then the latest once a frame, or after a rest. */

export interface SenderOptions<T> {
  readonly send: (value: T) => void;
  /** Milliseconds of rest before a value is sent. 0: at once, but no more than one a frame. */
  readonly debounce: number;
  /** Calls back at the next frame; the result cancels it. Default: `requestAnimationFrame`. */
  readonly onNextFrame?: (callback: () => void) => () => void;
}

export interface Sender<T> {
  offer(value: T): void;
  /** Sends now what is waiting. */
  flush(): void;
  /** Drops what is waiting: the control is gone. */
  cancel(): void;
  isWaiting(): boolean;
}

export function createSender<T>({
  send,
  debounce,
  onNextFrame = onAnimationFrame,
}: SenderOptions<T>): Sender<T> {
  let waiting: { value: T } | undefined;
  let cancelTimer: (() => void) | undefined;

  return {
    offer(value) {
      waiting = { value };
      if (debounce > 0) {
        cancelTimer?.();
        const timer = setTimeout(flush, debounce);
        cancelTimer = () => clearTimeout(timer);
      } else if (!cancelTimer) {
        // A value that waited for the next frame would be answered in the one after it.
        sendInThisFrame();
      }
    },
    flush,
    cancel: clear,
    isWaiting: () => waiting !== undefined,
  };

  function sendInThisFrame(): void {
    flush();
    cancelTimer = onNextFrame(() => {
      cancelTimer = undefined;
      if (waiting) sendInThisFrame();
    });
  }

  function flush(): void {
    const sent = waiting;
    clear();
    if (sent) send(sent.value);
  }

  function clear(): void {
    waiting = undefined;
    cancelTimer?.();
    cancelTimer = undefined;
  }
}

function onAnimationFrame(callback: () => void): () => void {
  const frame = requestAnimationFrame(callback);
  return () => cancelAnimationFrame(frame);
}
