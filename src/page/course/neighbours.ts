import type { Course, CourseEntry } from "../../notebook/lecture.ts";

/** The lectures before and after one, those still in preparation passed over. */
export function getCourseNeighbours(
  course: Course,
  id: string,
): { readonly previous?: CourseEntry; readonly next?: CourseEntry } {
  const at = course.lectures.findIndex((entry) => entry.id === id);
  if (at < 0) return {};
  return {
    previous: course.lectures.slice(0, at).findLast(({ ready }) => ready),
    next: course.lectures.slice(at + 1).find(({ ready }) => ready),
  };
}
