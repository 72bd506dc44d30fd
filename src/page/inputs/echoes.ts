/**
 * A control's value goes to the kernel and comes back. By then the reader may have moved on: an echo of what was sent
 * is no news, and only a value that the kernel chose itself is taken over.
 */
export interface Echoes {
  /** A value has been sent. */
  sent(value: unknown): void;
  /** The kernel's value for the control; whether it is news. `held` while the reader has hold of the control. */
  isNews(value: unknown, options: { held: boolean }): boolean;
}

export function createEchoes(initial: unknown): Echoes {
  let last = initial;
  let awaited: unknown[] = [];
  return {
    sent(value) {
      awaited.push(value);
    },
    isNews(value, { held }) {
      if (isSameValue(value, last)) return false;
      last = value;
      const index = awaited.findIndex((sent) => isSameValue(sent, value));
      if (index >= 0) {
        // The kernel may have skipped the values sent before this one: they will not come back either.
        awaited = awaited.slice(index + 1);
        return false;
      }
      if (held) return false;
      awaited = [];
      return true;
    },
  };
}

/** Equality of the values that controls have: primitives and lists of them. */
export function isSameValue(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, i) => Object.is(item, b[i]));
  return Object.is(a, b);
}
