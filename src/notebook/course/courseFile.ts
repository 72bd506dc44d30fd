/** notebooks/course.json: the course's title and its lectures in order, each field checked. */
import { isNode, LineCounter, parseDocument } from "yaml";
import type { Localized } from "../../../kernels/runtime/localized.ts";
import type { NotebookError } from "../notebook.ts";
import { courseError } from "./errors.ts";

export interface CourseSpec {
  readonly title: Localized;
  readonly lectures: readonly LectureSpec[];
}

export interface LectureSpec {
  readonly id: string;
  /** For a lecture whose files are not there yet; their front matter goes before it. */
  readonly title: Localized;
  readonly description: Localized;
  readonly minutes?: number;
}

type Path = readonly (string | number)[];
/** Makes the error at a field. */
type Fail = (at: Path, expected: Localized) => NotebookError;

/** Reads course.json. Throws `bad-course` with the line and the field at fault. */
export function parseCourse(source: string, { path }: { path: string }): CourseSpec {
  const value = parseJson(source, { path });
  const fail: Fail = (at, expected) =>
    courseError("bad-course", { path, line: lineOf(source, at), field: fieldName(at), expected });
  checkFields(value, { at: [], known: ["title", "lectures"], fail });
  const title = toLocalized(value.title, { at: ["title"], fail });
  const list: unknown = value.lectures;
  if (!Array.isArray(list)) {
    throw fail(["lectures"], { en: "a list of lectures is expected", ko: "강의의 목록이 와야 합니다" });
  }
  const lectures = list.map((lecture, index) => toLecture(lecture, { at: ["lectures", index], fail }));
  lectures.forEach(({ id }, index) => {
    const first = lectures.findIndex((lecture) => lecture.id === id);
    if (first === index) return;
    throw fail(["lectures", index, "id"], {
      en: `"${id}" is the id of ${fieldName(["lectures", first])} already`,
      ko: `"${id}"은(는) 이미 ${fieldName(["lectures", first])}의 id입니다`,
    });
  });
  return { title, lectures };
}

function toLecture(value: unknown, { at, fail }: { at: Path; fail: Fail }): LectureSpec {
  checkFields(value, { at, known: ["id", "title", "description", "minutes"], fail });
  const { id, minutes } = value;
  if (typeof id !== "string" || !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id)) {
    throw fail([...at, "id"], {
      en: 'an id of small letters, digits and hyphens is expected, for instance "03-metrics"',
      ko: '영문 소문자, 숫자, 붙임표로 된 id가 와야 합니다. 예: "03-metrics"',
    });
  }
  if (minutes !== undefined && !(typeof minutes === "number" && minutes > 0)) {
    throw fail([...at, "minutes"], { en: "a number above 0 is expected", ko: "0보다 큰 수가 와야 합니다" });
  }
  return {
    id,
    title: toLocalized(value.title, { at: [...at, "title"], fail }),
    description: toLocalized(value.description, { at: [...at, "description"], fail }),
    ...(minutes === undefined ? {} : { minutes }),
  };
}

function toLocalized(value: unknown, { at, fail }: { at: Path; fail: Fail }): Localized {
  checkFields(value, { at, known: ["en", "ko"], fail });
  const { en, ko } = value;
  for (const [language, text] of Object.entries({ en, ko })) {
    if (typeof text === "string" && text.trim() !== "") continue;
    throw fail([...at, language], { en: "text is expected", ko: "글이 와야 합니다" });
  }
  return { en: en as string, ko: ko as string };
}

function checkFields(
  value: unknown,
  { at, known, fail }: { at: Path; known: readonly string[]; fail: Fail },
): asserts value is Record<string, unknown> {
  const names = known.join(", ");
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw fail(at, {
      en: `an object with ${names} is expected`,
      ko: `${names}을(를) 가진 객체가 와야 합니다`,
    });
  }
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw fail([...at, unknown], {
    en: `this field is not known; the fields are ${names}`,
    ko: `알 수 없는 필드입니다. 쓸 수 있는 필드는 ${names}입니다`,
  });
}

function parseJson(source: string, { path }: { path: string }): unknown {
  try {
    return JSON.parse(source.replace(/^\uFEFF/, ""));
  } catch (error) {
    const reason = (error as SyntaxError).message;
    const position = Number(/position (\d+)/.exec(reason)?.[1] ?? source.length);
    const line = source.slice(0, position).split("\n").length;
    const expected = { en: `it is not JSON (${reason})`, ko: `JSON이 아닙니다(${reason})` };
    throw courseError("bad-course", { path, line, field: "", expected });
  }
}

/** The line of a field, or of what should hold it. JSON is YAML, whose parser tells where things stand. */
function lineOf(source: string, at: Path): number {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines });
  for (let length = at.length; length > 0; length--) {
    const node = document.getIn(at.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

/** `lectures[2].title.ko` */
function fieldName(at: Path): string {
  return at
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`))
    .join("")
    .replace(/^\./, "");
}
