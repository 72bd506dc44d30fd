import type { Localized, Text } from "../../kernels/runtime/localized.ts";

export type { Text };

/** The language a reader has chosen for the page. */
export type Language = keyof Localized;

/** The words for this reader. */
export function inLanguage(text: Text, language: Language): string {
  return typeof text === "string" ? text : text[language];
}
