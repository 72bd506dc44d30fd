import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadLecture, type LoadLectureOptions } from "../../../../src/notebook/course/lecture.ts";
import type { CellProgram } from "../../../../kernels/runtime/program.ts";
import { createDirectory } from "./directory.ts";

/** A compiler that gives the source as the body and marks what was linked, so that the tests see what it was given. */
const options: LoadLectureOptions = {
  compile: ({ id, source, attributes }): CellProgram => ({
    id,
    inputs: [],
    outputs: [],
    imports: [],
    form: "statements",
    body: source,
    bodyLine: 1,
    run: attributes.run,
  }),
  link: (programs) => programs.map((program, index) => ({ ...program, bodyLine: index + 1 })),
};

const english = [
  "---\ntitle: Words\ndescription: What a word is\n---\n",
  "# Words\n\nSee [the next](02-next.md).\n\n## Counting {#count}\n\n",
  "```ts {id=a run=click}\nconst a = 1\n```\n\n<!-- a note -->\n\n",
  "```ts {id=b}\na\n```\n\n### The end\n",
].join("");

const korean = [
  "---\ntitle: 낱말\ndescription: 낱말이란 무엇인가\n---\n",
  "# 낱말\n\n[다음 강의](02-next.ko.md)를 보세요.\n\n## 세기\n\n",
  "```ts {id=a}\n```\n\n",
  "```ts {id=b}\n```\n\n### 끝\n",
].join("");

async function load(files: Record<string, string>) {
  const directory = await createDirectory(files);
  return { directory, lecture: loadLecture(directory, "01-words", options) };
}

/** The message with which loading fails, without the folder. */
async function failure(files: Record<string, string>): Promise<string> {
  const { directory, lecture } = await load(files);
  const message = await lecture.then(
    () => "loaded",
    (error: Error) => error.message,
  );
  return message.replaceAll(join(directory, "/"), "");
}

describe("loadLecture", () => {
  test("makes blocks of rendered prose in both languages and of compiled, linked cells", async () => {
    const { lecture } = await load({ "01-words.md": english, "01-words.ko.md": korean });
    expect(await lecture).toEqual({
      id: "01-words",
      title: { en: "Words", ko: "낱말" },
      description: { en: "What a word is", ko: "낱말이란 무엇인가" },
      headings: [
        { id: "count", level: 2, text: { en: "Counting", ko: "세기" } },
        { id: "the-end", level: 3, text: { en: "The end", ko: "끝" } },
      ],
      blocks: [
        {
          kind: "prose",
          key: "start",
          html: {
            en: '<h1 id="words">Words</h1>\n<p>See <a href="../02-next/">the next</a>.</p>\n<h2 id="count">Counting</h2>\n',
            ko: '<h1 id="words">낱말</h1>\n<p><a href="../02-next/">다음 강의</a>를 보세요.</p>\n<h2 id="count">세기</h2>\n',
          },
        },
        {
          kind: "cell",
          cell: {
            id: "a",
            attributes: { run: "click", fold: false },
            source: "const a = 1",
            codeHtml: expect.stringContaining('<span class="tok-keyword">const</span>'),
            program: expect.objectContaining({ id: "a", body: "const a = 1", run: "click", bodyLine: 1 }),
            line: 12,
          },
        },
        {
          kind: "cell",
          cell: expect.objectContaining({ id: "b", program: expect.objectContaining({ bodyLine: 2 }) }),
        },
        {
          kind: "prose",
          key: "after-b",
          html: { en: '<h3 id="the-end">The end</h3>\n', ko: '<h3 id="the-end">끝</h3>\n' },
        },
      ],
    });
  });

  test("is plain JSON", async () => {
    const { lecture } = await load({ "01-words.md": english, "01-words.ko.md": korean });
    const loaded = await lecture;
    expect(JSON.parse(JSON.stringify(loaded))).toEqual(loaded);
  });

  test("leaves the description empty where the files have none", async () => {
    const { lecture } = await load({
      "01-words.md": "---\ntitle: Words\n---\n",
      "01-words.ko.md": "---\ntitle: 낱말\n---\n",
    });
    expect(await lecture).toMatchObject({ description: { en: "", ko: "" }, blocks: [], headings: [] });
  });

  test.each([
    ["no file", {}, '01-words.md:1: The lecture "01-words" has no file'],
    ["no translation", { "01-words.md": english }, "01-words.ko.md:1: 01-words.md has no counterpart"],
    ["only a translation", { "01-words.ko.md": korean }, "01-words.md:1: 01-words.ko.md has no counterpart"],
    [
      "no title",
      { "01-words.md": english, "01-words.ko.md": korean.replace("title: 낱말\n", "") },
      "01-words.ko.md:1: The lecture has no title",
    ],
    [
      "a cell with code in the translation",
      { "01-words.md": english, "01-words.ko.md": korean.replace("```ts {id=b}\n", "```ts {id=b}\nb\n") },
      '01-words.ko.md:15: The cell "b" has code in the translation',
    ],
    [
      "a heading fewer in the translation",
      { "01-words.md": english, "01-words.ko.md": korean.replace("## 세기\n", "글\n") },
      '01-words.ko.md:5: The headings differ from those of 01-words.md: here stands none, there "## Counting {#count}"',
    ],
    [
      "a heading more in the translation",
      { "01-words.md": english, "01-words.ko.md": korean.replace("## 세기\n", "## 세기\n\n## 둘\n") },
      '01-words.ko.md:11: The headings differ from those of 01-words.md: here stands "## 둘", there none',
    ],
    [
      "a heading of another level",
      { "01-words.md": english, "01-words.ko.md": korean.replace("### 끝", "## 끝") },
      '01-words.ko.md:17: The headings differ from those of 01-words.md: here stands "## 끝", there "### The end"',
    ],
    [
      "another anchor in the translation",
      { "01-words.md": english, "01-words.ko.md": korean.replace("### 끝", "### 끝 {#end}") },
      '01-words.ko.md:17: The headings differ from those of 01-words.md: here stands "### 끝 {#end}"',
    ],
    [
      "a broken formula",
      { "01-words.md": english, "01-words.ko.md": korean.replace("### 끝", "### 끝\n\n$\\frac{$") },
      "01-words.ko.md:19: The formula $\\frac{$ cannot be read",
    ],
  ])("refuses a lecture with %s", async (_name, files, message) => {
    expect(await failure(files as Record<string, string>)).toContain(message);
  });
});
