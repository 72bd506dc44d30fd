/** Which errors have a page of their own: one Markdown file a code. */
import { readdir } from "node:fs/promises";

const PAGE = /^([a-z][a-z-]*)\.md$/;

/** The codes that are explained in a folder, sorted. Its README is not about one of them. */
export async function findErrorCodes(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder);
  return names.flatMap((name) => PAGE.exec(name)?.[1] ?? []).sort();
}
