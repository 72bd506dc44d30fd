/** Every error of loading a course: its code, and its words in both languages. */
import type { Localized } from "../../../kernels/runtime/localized.ts";
import { NotebookError } from "../notebook.ts";

const texts = {
  "missing-course": (): Localized => ({
    en: "There is no course.json in this folder. It names the course's title and its lectures in order.",
    ko: "이 폴더에 course.json이 없습니다. 이 파일에는 강좌의 제목과 순서대로 나열한 강의가 있어야 합니다.",
  }),
  "bad-course": ({ field, expected }: { field: string; expected: Localized }): Localized => ({
    en: `${field || "The file"} cannot be read: ${expected.en}.`,
    ko: `${field || "파일"}을(를) 읽을 수 없습니다. ${expected.ko}.`,
  }),
  "missing-lecture": ({ id }: { id: string }): Localized => ({
    en: `The lecture "${id}" has no file. Write it here, or correct the id.`,
    ko: `강의 "${id}"의 파일이 없습니다. 이 이름으로 작성하거나 id를 고쳐 주십시오.`,
  }),
  "missing-translation": ({ original }: { original: string }): Localized => ({
    en: `${original} has no counterpart: this file is missing. Write the prose in the other language here, with the same cells, their bodies empty.`,
    ko: `${original}에 대응하는 이 파일이 없습니다. 다른 언어로 쓴 글을 여기에 두고, 같은 셀을 본문 없이 넣어 주십시오.`,
  }),
  "missing-title": (): Localized => ({
    en: "The lecture has no title. Begin the file with front matter: a line ---, a line title: THE TITLE, a line ---.",
    ko: "강의에 제목이 없습니다. 파일을 머리말(front matter)로 시작해 주십시오: --- 줄, title: 제목 줄, --- 줄.",
  }),
  "translation-headings": ({ found, expected, original }: HeadingDetails): Localized => ({
    en: `The headings differ from those of ${original}: here stands ${found || "none"}, there ${expected || "none"}. Both files need the same headings of the same levels, since links lead to them by their place.`,
    ko: `제목이 ${original}과(와) 다릅니다. 여기: ${found || "없음"}, ${original}: ${expected || "없음"}. 링크가 제목의 순서로 연결되므로 두 파일의 제목과 수준이 같아야 합니다.`,
  }),
};

interface HeadingDetails {
  /** The heading as it is written, "" where there is none. */
  readonly found: string;
  readonly expected: string;
  readonly original: string;
}

export type CourseErrorCode = keyof typeof texts;

/** Every code, for the test that holds the codes and their pages to each other. */
export const courseErrorCodes = Object.keys(texts) as CourseErrorCode[];

/** The error of this code at a place, its words made from `details`. */
export function courseError<Code extends CourseErrorCode>(
  code: Code,
  { path, line = 1, ...details }: { path: string; line?: number } & Details<Code>,
): NotebookError {
  const text = (texts[code] as (details: unknown) => Localized)(details);
  return new NotebookError({ path, line, code, text });
}

type Details<Code extends CourseErrorCode> =
  Parameters<(typeof texts)[Code]> extends [infer Given] ? Given : object;
