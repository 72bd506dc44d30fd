/** The two files of a lecture: `ID.md` in English, with the code, and `ID.ko.md` in Korean. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Notebook } from "../notebook.ts";
import { parseNotebook } from "../format/index.ts";
import { courseError } from "./errors.ts";

export interface LectureNotebooks {
  readonly english: Notebook;
  readonly korean: Notebook;
}

/** Reads both files of a lecture; undefined where neither is there. One without the other is an error. */
export async function maybeLectureNotebooks(
  directory: string,
  id: string,
): Promise<LectureNotebooks | undefined> {
  const englishPath = join(directory, `${id}.md`);
  const koreanPath = join(directory, `${id}.ko.md`);
  const [english, korean] = await Promise.all([maybeFile(englishPath), maybeFile(koreanPath)]);
  if (english === undefined && korean === undefined) return undefined;
  if (english === undefined) {
    throw courseError("missing-translation", { path: englishPath, original: koreanPath });
  }
  const notebook = parseNotebook(english, { path: englishPath });
  if (korean === undefined)
    throw courseError("missing-translation", { path: koreanPath, original: englishPath });
  return { english: notebook, korean: parseNotebook(korean, { path: koreanPath }) };
}

/** A text file's content; undefined where there is none. */
export async function maybeFile(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
