import type { Course } from "../notebook/lecture.ts";
import { isLanguage } from "./language.ts";
import type { Language } from "./language.ts";

/** What a page's script must know to take over the HTML that was rendered without it. */
export interface PageData {
  readonly course: Course;
  readonly language: Language;
  readonly base: string;
}

export const pageDataId = "page-data";
export const pageRootId = "page";

/** As text for a data block in HTML: no "<" is left that could end it. */
export function serializePageData(data: PageData): string {
  return JSON.stringify(data).replaceAll("<", "\\u003c");
}

export function parsePageData(text: string): PageData {
  const value: unknown = JSON.parse(text);
  const { course, language, base } = (value ?? {}) as Partial<PageData>;
  if (!course || !isLanguage(language) || typeof base !== "string") {
    throw new Error(
      `parsePageData: expected {course, language, base}, was given ${text.slice(0, 80)}; build the site again.`,
    );
  }
  return { course, language, base };
}
