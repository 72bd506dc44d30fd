/** Every lecture of the course, compiled, as the site is built from it. */
import { compileCell, linkCells } from "../../notebook/compile/index.ts";
import { loadCourse, loadLecture } from "../../notebook/course/index.ts";
import type { Course, Lecture } from "../../notebook/lecture.ts";

export interface Site {
  readonly course: Course;
  readonly lectures: readonly Lecture[];
}

export async function loadSite(directory: string): Promise<Site> {
  const course = await loadCourse(directory);
  const ready = course.lectures.filter((lecture) => lecture.ready);
  const options = { compile: compileCell, link: linkCells };
  return { course, lectures: await Promise.all(ready.map(({ id }) => loadLecture(directory, id, options))) };
}
