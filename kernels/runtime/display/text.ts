import type { Localized, Text } from "../localized.ts";

/**
 * Words in both languages. Shown, they appear in the reader's language and change with it, without a new run; joined to
 * a string, they are English.
 *
 * @ko 한국어와 영어로 쓴 말을 한 쌍으로 묶습니다. 페이지는 읽는 이의 언어로 보여 줍니다.
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

/** Throws unless the value is words: a string, or one for each language. */
export function checkText(value: unknown, what: string): asserts value is Text {
  if (typeof value === "string" || isLocalized(value)) return;
  throw new TypeError(`${what} must be a string or text({ en, ko }), but was ${kindOf(value)}.`);
}

export function isLocalized(value: unknown): value is Localized {
  if (typeof value !== "object" || value === null || !("en" in value) || !("ko" in value)) return false;
  return typeof value.en === "string" && typeof value.ko === "string";
}

/** What a value is, for the end of an error's sentence. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return Array.isArray(value) ? "a list" : `of the type ${typeof value}`;
}
