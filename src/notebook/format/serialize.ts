import type { Notebook } from "../notebook.ts";

/** The notebook's file, byte for byte as it was read, but for what an edit has changed. */
export function serializeNotebook({ segments }: Pick<Notebook, "segments">): string {
  return segments.map(({ source }) => source).join("");
}
