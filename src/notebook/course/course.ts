import { join } from "node:path";
import { findCells } from "../format/index.ts";
import type { Course, CourseEntry } from "../lecture.ts";
import { parseCourse, type LectureSpec } from "./courseFile.ts";
import { courseError } from "./errors.ts";
import { maybeFile, maybeLectureNotebooks } from "./files.ts";
import { getTitle, maybeDescription } from "./titles.ts";

/**
 * The course in `directory`: course.json, and the titles, descriptions and cells of the lectures whose files are
 * there. Throws a NotebookError for a malformed file and for a lecture in one language only.
 */
export async function loadCourse(directory: string): Promise<Course> {
  const path = join(directory, "course.json");
  const source = await maybeFile(path);
  if (source === undefined) throw courseError("missing-course", { path });
  const { title, lectures } = parseCourse(source, { path });
  return { title, lectures: await Promise.all(lectures.map((lecture) => toEntry(lecture, { directory }))) };
}

async function toEntry(spec: LectureSpec, { directory }: { directory: string }): Promise<CourseEntry> {
  const notebooks = await maybeLectureNotebooks(directory, spec.id);
  if (!notebooks) return { ...spec, ready: false, cells: [] };
  // A solution is no step of its own: it takes the place of its exercise.
  const steps = findCells(notebooks.english).filter(({ attributes }) => attributes.solution === undefined);
  return {
    ...spec,
    title: getTitle(notebooks),
    description: maybeDescription(notebooks) ?? spec.description,
    ready: true,
    cells: steps.map(({ id }) => id),
  };
}
