/**
 * Holds the codes of all errors and their pages to each other, and runs the pages' examples. Those of the compiler
 * ("Found before the cell runs") have their own test, beside the compiler's: tests/src/notebook/compile/pages.test.ts.
 */
import { readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { fromPlainError } from "../../kernels/runtime/errors.ts";
import type { ModuleTable } from "../../kernels/runtime/modules.ts";
import { problemCodes } from "../../src/notebook/compile/codes.ts";
import { compileCell, linkCells } from "../../src/notebook/compile/index.ts";
import { courseErrorCodes } from "../../src/notebook/course/errors.ts";
import { loadCourse, loadLecture } from "../../src/notebook/course/index.ts";
import {
  findNotebookErrors,
  findTranslationErrors,
  notebookErrorCodes,
  parseNotebook,
} from "../../src/notebook/format/index.ts";
import { NotebookError } from "../../src/notebook/notebook.ts";
import { checkFetch } from "../../src/page/kernel/fetching.ts";
import { createTestNotebook } from "../kernels/runtime/test-notebook.ts";
import { createDirectory } from "../src/notebook/course/directory.ts";

const root = new URL("../../", import.meta.url);
const folder = new URL("docs/errors/", root);
const index = readFileSync(new URL("README.md", folder), "utf8");
const pages = readdirSync(folder)
  .filter((name) => name.endsWith(".md") && name !== "README.md")
  .map((name) => ({ code: name.slice(0, -".md".length), text: readFileSync(new URL(name, folder), "utf8") }));

type Page = (typeof pages)[number];
type Files = Readonly<Record<string, string>>;

const found = (where: string) => pages.filter(({ text }) => text.split("\n")[2] === `*Found ${where}.*`);
const ofFiles = found("in the lecture's file, before anything runs");
const ofCourses = found("when the course is loaded");
const ofPrograms = found("when a program edits or asks for a cell");
const ofRuns = found("while the cell runs");

/** Codes as sources write them where they raise an error. */
const RAISED = [
  /\bcode: "([a-z-]+)"/g,
  /\b(?:KernelError|MarkdownError|notebookError|courseError|refuse)\(\s*"([a-z-]+)"/g,
];

function findCodesInSources(): string[] {
  const sources = ["kernels", "src"].flatMap((name) =>
    readdirSync(new URL(name, root), { recursive: true, encoding: "utf8" })
      // The service's codes are those of its answers, which docs/serving.md is about.
      .filter((path) => /\.tsx?$/.test(path) && !path.startsWith("server/"))
      .map((path) => readFileSync(new URL(`${name}/${path}`, root), "utf8")),
  );
  return sources.flatMap((source) =>
    RAISED.flatMap((pattern) => [...source.matchAll(pattern)].map(([, code]) => code)),
  );
}

/** Only these headings are the page's own: an example may hold others. */
const HEADINGS = /^## (?=(?:What it means|Why it matters|A \w+ that fails|The \w+ repaired|한국어)$)/m;

function sectionUnder(text: string, heading: RegExp): string {
  const section = text.split(HEADINGS).find((part) => heading.test(part.split("\n")[0]));
  expect(section).toBeDefined();
  return section!;
}

const failing = /^A \w+ that fails$/;
const repaired = /^The \w+ repaired$/;

/** The files of an example: a name between backticks, then the text in a fence of four. */
function filesUnder({ text }: Page, heading: RegExp): Files {
  const blocks = sectionUnder(text, heading).matchAll(/^`([\w.-]+)`\n\n````\w+\n(.*?)\n````$/gms);
  const files = Object.fromEntries([...blocks].map(([, name, source]) => [name, `${source}\n`]));
  expect(Object.keys(files).length).toBeGreaterThan(0);
  return files;
}

function findFileErrors(files: Files): string[] {
  const errors = Object.entries(files).flatMap(([path, source]) => findNotebookErrors(source, { path }));
  if (errors.length === 0 && "lesson.ko.md" in files) {
    const [original, translation] = ["lesson.md", "lesson.ko.md"].map((path) =>
      parseNotebook(files[path], { path }),
    );
    errors.push(...findTranslationErrors(original, translation));
  }
  return errors.map(({ code }) => code);
}

async function findCourseErrors(files: Files): Promise<string[]> {
  const directory = await createDirectory(files);
  try {
    const { lectures } = await loadCourse(directory);
    const ready = lectures.filter((lecture) => lecture.ready);
    await Promise.all(
      ready.map(({ id }) => loadLecture(directory, id, { compile: compileCell, link: linkCells })),
    );
    return [];
  } catch (error) {
    if (error instanceof NotebookError) return [error.code];
    throw error;
  }
}

/** The page's answers to `fetch` in a cell, from the course's folder; without one, its data are not there. */
function createFetch({ data }: { data: boolean }): typeof fetch {
  return async (input, init) => {
    const url = String(input);
    const policy = { base: "https://course.example/", hosts: ["huggingface.co"] };
    const asked = checkFetch({ kind: "fetch", url, method: init?.method ?? "GET", headers: [] }, policy);
    if (!(asked instanceof URL)) throw fromPlainError({ name: "FetchError", ...asked });
    if (!data) return new Response(null, { status: 404 });
    return new Response(await readFile(join(root.pathname, "notebooks", asked.pathname)));
  };
}

const modules: Record<string, ModuleTable[string]> = { "@tensorflow/tfjs": tf };

beforeAll(async () => {
  await tf.setBackend("cpu");
  for (const name of ["data", "metrics", "nn", "text", "train"]) {
    modules[`gongbu/${name}`] = (await import(`../../kernels/nlp/${name}/index.ts`)) as ModuleTable[string];
  }
});

/** Runs the cells of an example; the codes of the errors that they end with. */
async function findRunErrors({ code, text }: Page, heading: RegExp): Promise<(string | undefined)[]> {
  const blocks = [...sectionUnder(text, heading).matchAll(/^```ts \{id=(\w+)\}\n(.*?)\n```$/gms)];
  expect(blocks.length).toBeGreaterThan(0);
  const cells = Object.fromEntries(blocks.map(([, id, source]) => [id, source]));
  const fetch = createFetch({ data: !(code === "missing-file" && heading === failing) });
  vi.stubGlobal("fetch", fetch);
  onTestFinished(() => void vi.unstubAllGlobals());
  const notebook = createTestNotebook({ modules, fetch });
  notebook.define(cells);
  notebook.run(...Object.keys(cells));
  for (const id of Object.keys(cells)) {
    await notebook.until(id, ({ state }) => state === "done" || state === "failed");
  }
  const errors = Object.keys(cells).flatMap((id) => notebook.error(id) ?? []);
  return errors.map((error) => error.code);
}

describe("the pages about errors", () => {
  it("are there for every code that the sources can raise, and for no code that is gone", () => {
    const codes = new Set<string>([
      ...problemCodes,
      ...notebookErrorCodes,
      ...courseErrorCodes,
      ...findCodesInSources(),
    ]);
    expect(pages.map(({ code }) => code).sort()).toEqual([...codes].sort());
  });

  it("are all listed on the index page", () => {
    const listed = [...index.matchAll(/^- \[([\w-]+)\]\(\1\.md\)/gm)].map(([, code]) => code);
    expect(listed.sort()).toEqual(pages.map(({ code }) => code).sort());
  });

  it("each say where such an error is found", () => {
    const known = [...ofFiles, ...ofCourses, ...ofPrograms, ...ofRuns, ...found("before the cell runs")];
    expect(known.map(({ code }) => code).sort()).toEqual(pages.map(({ code }) => code).sort());
  });

  it.each(pages)("say in English and in Korean what $code means and why it matters", ({ code, text }) => {
    const [english, korean] = text.split("\n## 한국어\n");
    expect(english.startsWith(`# ${code}\n\n*Found `)).toBe(true);
    expect(english).toMatch(/\n## What it means\n\n[\w`][^]*\n## Why it matters\n\n\w/);
    expect(korean).toMatch(/^\n### 뜻\n\n[^]*[가-힣][^]*\n### 왜 중요한가\n\n[^]*[가-힣]/);
  });

  it.each(ofFiles)("show for $code a file that fails so, and its repair", (page) => {
    expect(new Set(findFileErrors(filesUnder(page, failing)))).toEqual(new Set([page.code]));
    expect(findFileErrors(filesUnder(page, repaired))).toEqual([]);
  });

  it.each(ofCourses)("show for $code a course that fails so, and its repair", async (page) => {
    expect(await findCourseErrors(filesUnder(page, failing))).toEqual([page.code]);
    expect(await findCourseErrors(filesUnder(page, repaired))).toEqual([]);
  });

  it.each(ofRuns)("show for $code a cell that fails so, and its repair", async (page) => {
    expect(await findRunErrors(page, failing)).toContain(page.code);
    expect(await findRunErrors(page, repaired)).toEqual([]);
  });
});
