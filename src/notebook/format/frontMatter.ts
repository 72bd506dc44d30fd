/** The YAML between two lines of three dashes at the very start of a file. */
import { isMap, LineCounter, parseDocument } from "yaml";
import type { FrontMatter, NotebookError } from "../notebook.ts";
import { notebookError } from "./errors.ts";
import type { Line } from "./lines.ts";

/** How many of the file's first lines are front matter, its two dashed lines included; 0 where it has none. */
export function countFrontMatterLines(lines: readonly Line[]): number {
  if (lines.length === 0 || !isDashes(lines[0].text.replace(/^\uFEFF/, ""))) return 0;
  return lines.findIndex(({ text }, index) => index > 0 && isDashes(text)) + 1;
}

/** Reads front matter; `source` is the segment with its dashes. What is wrong comes as an error on its own line. */
export function readFrontMatter(
  source: string,
  { path }: { path: string },
): { frontMatter: FrontMatter; errors: NotebookError[] } {
  // The first line is kept as an empty one, so that YAML's line numbers are the file's.
  const yaml = source
    .replace(/\r\n?/g, "\n")
    .replace(/^.*\n/, "\n")
    .replace(/---[ \t]*\n?$/, "");
  const lines = new LineCounter();
  const fail = (line: number, reason: string) => ({
    frontMatter: {},
    errors: [notebookError("bad-front-matter", { path, line, reason })],
  });
  const document = parseDocument(yaml, { lineCounter: lines, prettyErrors: false });
  const [wrong] = document.errors;
  if (wrong) return fail(lines.linePos(wrong.pos[0]).line, wrong.message);
  if (document.contents === null) return { frontMatter: {}, errors: [] };
  if (!isMap(document.contents)) return fail(2, "it is a list or a single value; write key: value lines.");

  for (const { key, value } of document.contents.items) {
    const name = String(key);
    const offset = (key as { range?: readonly number[] }).range?.[0] ?? 0;
    const { line } = lines.linePos(offset);
    if (name === "test" && !isTest(value)) {
      return fail(
        line,
        "test is not a mapping with `set`: names of the notebook and the values that tests give them.",
      );
    }
    if (name !== "title" && name !== "description") continue;
    const given: unknown = (value as { value?: unknown } | null)?.value;
    if (typeof given === "string") continue;
    return fail(line, `${name} is not text; put it in quotes.`);
  }
  try {
    return { frontMatter: document.toJS() as FrontMatter, errors: [] };
  } catch (error) {
    return fail(2, (error as Error).message);
  }
}

/** `test: { set: { epochs: 1 } }` */
function isTest(value: unknown): boolean {
  return (
    isMap(value) &&
    value.items.every(({ key }) => String(key) === "set") &&
    value.items.every((item) => isMap(item.value))
  );
}

function isDashes(line: string): boolean {
  return /^---[ \t]*$/.test(line);
}
