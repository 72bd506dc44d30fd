import type { Localized } from "../../../kernels/runtime/localized.ts";
import type { Notebook } from "../notebook.ts";
import { courseError } from "./errors.ts";
import type { LectureNotebooks } from "./files.ts";

/** The lecture's title from the front matter of its two files. Throws `missing-title` for the file without one. */
export function getTitle({ english, korean }: LectureNotebooks): Localized {
  return { en: titleOf(english), ko: titleOf(korean) };
}

/** The lecture's description, where both files have one. */
export function maybeDescription({ english, korean }: LectureNotebooks): Localized | undefined {
  const en = english.frontMatter.description;
  const ko = korean.frontMatter.description;
  return en === undefined || ko === undefined ? undefined : { en, ko };
}

function titleOf({ path, frontMatter: { title } }: Notebook): string {
  if (title === undefined || title.trim() === "") throw courseError("missing-title", { path });
  return title;
}
