/** Sends a control's values to the kernel: the first at once and then the latest twice a frame, or after a rest. */

export interface SenderOptions<T> {
  readonly send: (value: T) => void;
  /** Milliseconds of rest before a value is sent. 0: at once, but no more than two a frame. */
  readonly debounce: number;
}

export interface Sender<T> {
  offer(value: T): void;
  /** Sends now what is waiting. */
  flush(): void;
  /** Drops what is waiting: the control is gone. */
  cancel(): void;
  isWaiting(): boolean;
}

/** Milliseconds between two values: half a screen's frame, so that none waits for the frame after its own. */
const INTERVAL = 8;

export function createSender<T>({ send, debounce }: SenderOptions<T>): Sender<T> {
  let waiting: { value: T } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  return {
    offer(value) {
      waiting = { value };
      if (debounce > 0) {
        clearTimeout(timer);
        timer = setTimeout(flush, debounce);
      } else if (timer === undefined) {
        sendAtOnce();
      }
    },
    flush,
    cancel: clear,
    isWaiting: () => waiting !== undefined,
  };

  /** Not by frames: to ask for one here would have the browser draw it before the answer is there. */
  function sendAtOnce(): void {
    flush();
    timer = setTimeout(() => {
      timer = undefined;
      if (waiting) sendAtOnce();
    }, INTERVAL);
  }

  function flush(): void {
    const sent = waiting;
    clear();
    if (sent) send(sent.value);
  }

  function clear(): void {
    waiting = undefined;
    clearTimeout(timer);
    timer = undefined;
  }
}
