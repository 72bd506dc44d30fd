import type { Localized, Text } from "../../kernels/runtime/localized.ts";

export type Language = keyof Localized;

export const languages: readonly Language[] = ["en", "ko"];

/** A language's name in itself, as a switch shows it. */
export const languageNames: Readonly<Record<Language, string>> = { en: "English", ko: "한국어" };

export function isLanguage(value: unknown): value is Language {
  return value === "en" || value === "ko";
}

/** The words in the reader's language. */
export function getWords(text: Text, language: Language): string {
  return typeof text === "string" ? text : text[language];
}
