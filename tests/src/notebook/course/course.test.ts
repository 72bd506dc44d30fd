import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parseCourse } from "../../../../src/notebook/course/courseFile.ts";
import { loadCourse } from "../../../../src/notebook/course/course.ts";
import { createDirectory } from "./directory.ts";

const title = { en: "Course", ko: "강좌" };
const first = {
  id: "01-words",
  title: { en: "Listed", ko: "목록" },
  description: { en: "d", ko: "설명" },
  minutes: 20,
};
const second = { ...first, id: "02-next" };
const courseJson = JSON.stringify({ title, lectures: [first, second] }, null, 2);

const english = [
  "---\ntitle: Words\n---\nText\n",
  "```ts {id=a exercise=e}\n```\n```ts {id=b solution=e}\n```\n```ts {id=c check=e}\n```\n",
].join("");
const korean = "---\ntitle: 낱말\n---\n글\n```ts {id=a}\n```\n```ts {id=b}\n```\n```ts {id=c}\n```\n";

describe("loadCourse", () => {
  test("takes titles and cells from the files that are there, and the rest from course.json", async () => {
    const directory = await createDirectory({
      "course.json": courseJson,
      "01-words.md": english,
      "01-words.ko.md": korean,
    });
    expect(await loadCourse(directory)).toEqual({
      title,
      lectures: [
        { ...first, title: { en: "Words", ko: "낱말" }, ready: true, cells: ["a", "c"] },
        { ...second, ready: false, cells: [] },
      ],
    });
  });

  test("refuses a lecture that is there in one language only", async () => {
    const directory = await createDirectory({ "course.json": courseJson, "01-words.md": english });
    await expect(loadCourse(directory)).rejects.toThrow(
      /01-words\.ko\.md:1: .*01-words\.md has no counterpart/,
    );
  });

  test("names the file that a folder without a course lacks", async () => {
    await expect(loadCourse(await createDirectory({}))).rejects.toThrow(
      /course\.json:1: There is no course\.json/,
    );
  });

  test("lists the fourteen lectures of this course in order", async () => {
    const directory = fileURLToPath(new URL("../../../../notebooks/", import.meta.url));
    const { lectures } = await loadCourse(directory);
    expect(lectures).toHaveLength(14);
    expect(lectures.map(({ id }) => Number(id.slice(0, 2)))).toEqual([...lectures.keys()]);
    for (const { minutes } of lectures) {
      expect(minutes).toBeGreaterThanOrEqual(20);
      expect(minutes).toBeLessThanOrEqual(40);
    }
  });
});

describe("parseCourse", () => {
  const parse = (source: string) => () => parseCourse(source, { path: "course.json" });
  const withLecture = (lecture: object) => JSON.stringify({ title, lectures: [first, lecture] }, null, 2);

  test.each([
    ["[]", "course.json:1: The file cannot be read: an object with title, lectures is expected."],
    ['{\n  "title": {,\n}', "course.json:2: The file cannot be read: it is not JSON"],
    ['{\n  "title": {\n', "course.json:3: The file cannot be read: it is not JSON"],
    [
      JSON.stringify({ title: { en: "Course" }, lectures: [] }, null, 1),
      "course.json:2: title.ko cannot be read",
    ],
    [JSON.stringify({ title, lectures: {} }, null, 1), "course.json:6: lectures cannot be read: a list"],
    [
      withLecture({ ...second, id: "Two words" }),
      "course.json:20: lectures[1].id cannot be read: an id of small",
    ],
    [
      withLecture(first),
      'course.json:20: lectures[1].id cannot be read: "01-words" is the id of lectures[0]',
    ],
    [
      withLecture({ ...second, minutes: "20" }),
      "course.json:29: lectures[1].minutes cannot be read: a number",
    ],
    [
      withLecture({ ...second, colour: 1 }),
      "course.json:30: lectures[1].colour cannot be read: this field is not",
    ],
    [
      withLecture({ ...second, title: "T" }),
      "course.json:21: lectures[1].title cannot be read: an object with en",
    ],
  ])("says where %j is wrong", (source, message) => {
    expect(parse(source)).toThrow(message);
  });

  test("ignores a byte-order mark", () => {
    expect(parse(`\uFEFF${courseJson}`)()).toEqual({ title, lectures: [first, second] });
  });
});
