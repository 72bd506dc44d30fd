import type { Localized } from "../localized.ts";

/**
 * Words in both languages. Shown, they appear in the reader's language and change with it, without a new run; joined to
 * a string, they are English.
 */
export function text(words: Localized): Localized {
  const { en, ko } = words ?? {};
  if (typeof en !== "string" || typeof ko !== "string") {
    throw new TypeError(
      `text({ en, ko }) takes a string for each language, but en is ${typeof en} and ko is ${typeof ko}.`,
    );
  }
  const localized = { en, ko };
  Object.defineProperty(localized, "toString", { value: () => en });
  return Object.freeze(localized);
}
