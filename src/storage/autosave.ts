/** What autosave needs of time. */
export interface Timers {
  now(): number;
  /** Calls back after `ms`; the result cancels. */
  after(ms: number, callback: () => void): () => void;
}

export interface AutosaveOptions {
  readonly timers: Timers;
  readonly save: (key: string) => void;
  /** Milliseconds without a key before a save. Default 300: a pause between words. */
  readonly rest?: number;
  /** The longest that something waits unsaved. Default 1000: what a killed tab may lose. */
  readonly atMost?: number;
}

export interface Autosave {
  /** Something under this key changed. */
  touch(key: string): void;
  /** Saves all that waits, now. */
  flush(): void;
}

/** Saves a key when its changes rest, and at the latest a second after the first of them. */
export function createAutosave({ timers, save, rest = 300, atMost = 1000 }: AutosaveOptions): Autosave {
  const waiting = new Map<string, { due: number; cancel: () => void }>();

  function fire(key: string): void {
    waiting.delete(key);
    save(key);
  }

  return {
    touch(key) {
      const before = waiting.get(key);
      before?.cancel();
      const due = before?.due ?? timers.now() + atMost;
      const wait = Math.max(0, Math.min(rest, due - timers.now()));
      waiting.set(key, { due, cancel: timers.after(wait, () => fire(key)) });
    },
    flush() {
      for (const [key, { cancel }] of waiting) {
        cancel();
        fire(key);
      }
    },
  };
}
