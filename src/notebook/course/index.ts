export { courseErrorCodes, type CourseErrorCode } from "./errors.ts";
export { loadCourse } from "./course.ts";
export { loadLecture, type LoadLectureOptions } from "./lecture.ts";
