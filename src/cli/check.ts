/** `gongbu check`: everything that can be said of lectures without running them. */
import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { compileCell, linkCells } from "../notebook/compile/index.ts";
import {
  findCells,
  findNotebookErrors,
  findTranslationErrors,
  parseNotebook,
} from "../notebook/format/index.ts";
import type { CellSegment } from "../notebook/notebook.ts";
import { createSystemTypeHost, createTypeChecker, type TypeChecker } from "../notebook/types/index.ts";
import { CommandError } from "./command-error.ts";
import type { Terminal } from "./main.ts";

/** The project's root: where the library's sources are, whose types the lectures are held to. */
const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const TRANSLATION = /\.ko\.md$/;

/** One thing that is wrong, at its place in the file. */
export interface Finding {
  readonly path: string;
  readonly line: number;
  readonly column?: number;
  readonly code: string;
  readonly message: string;
}

export async function checkCommand(paths: readonly string[], { stdout }: Terminal): Promise<number> {
  const given = paths.length > 0 ? paths : await findLectures("notebooks");
  const checker = createTypeChecker(createSystemTypeHost({ system: ts.sys, root: ROOT }));
  const findings: Finding[] = [];
  for (const path of given) findings.push(...(await checkLecture(path, checker)));
  for (const { path, line, column, code, message } of findings) {
    stdout.write(`${path}:${line}${column === undefined ? "" : `:${column}`}: ${code}: ${message}\n`);
  }
  const files = `${given.length} ${given.length === 1 ? "file" : "files"}`;
  stdout.write(
    findings.length === 0
      ? `${files} checked, nothing found.\n`
      : `${files} checked, ${findings.length} found.\n`,
  );
  return findings.length === 0 ? 0 : 1;
}

/** What is wrong with a lecture: its format, its translation, its cells, their types. */
export async function checkLecture(path: string, checker: TypeChecker): Promise<Finding[]> {
  const source = await readSource(path);
  const format = findNotebookErrors(source, { path });
  if (format.length > 0) return format.map(toFinding);
  if (TRANSLATION.test(path)) return checkTranslation(path, source);
  const notebook = parseNotebook(source, { path });
  const segments = findCells(notebook);
  const cells = segments.map(({ id, code, attributes }) => ({ id, source: code, attributes }));
  const problems = linkCells(cells.map(compileCell)).flatMap(({ id, problem }): Finding[] => {
    if (!problem) return [];
    return [{ path, ...place(segments, id, problem.at), code: problem.code, message: problem.text.en }];
  });
  const types = checker.check(cells).map(({ cell, code, message, ...at }): Finding => {
    return { path, ...place(segments, cell, at), code, message };
  });
  return [...problems, ...types];
}

async function checkTranslation(path: string, source: string): Promise<Finding[]> {
  const original = path.replace(TRANSLATION, ".md");
  const notebook = parseNotebook(await readSource(original), { path: original });
  return findTranslationErrors(notebook, parseNotebook(source, { path })).map(toFinding);
}

/** A place in a cell as a place in its file. */
function place(
  segments: readonly CellSegment[],
  id: string,
  at: { line: number; column: number } = { line: 1, column: 1 },
) {
  const { codeLine } = segments.find((segment) => segment.id === id)!;
  return { line: codeLine + at.line - 1, column: at.column };
}

function toFinding({
  path,
  line,
  code,
  text,
}: {
  path: string;
  line: number;
  code: string;
  text: { en: string };
}): Finding {
  return { path, line, code, message: text.en };
}

async function findLectures(directory: string): Promise<string[]> {
  const names = await readdir(directory).catch(() => {
    throw new CommandError(
      `There is no folder ${directory} here. Give the lectures to check: gongbu check FILE …`,
    );
  });
  const lectures = names.filter((name) => name.endsWith(".md") && name !== "README.md").sort();
  return lectures.map((name) => join(directory, name));
}

async function readSource(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw new CommandError(
      `${path} cannot be read (${(error as NodeJS.ErrnoException).code}) in ${dirname(path)}.`,
    );
  }
}
