import type { CourseEntry } from "../../notebook/lecture.ts";
import type { ProgressRow } from "../../storage/index.ts";
import type { Messages } from "../messages/index.ts";

export interface CourseProgressProps {
  readonly entry: CourseEntry;
  readonly progress: ProgressRow;
  readonly words: Messages;
}

/** How far a reader has come in a lecture: a line that fills, and the count in words. */
export function CourseProgress({ entry, progress, words }: CourseProgressProps) {
  const run = entry.cells.filter((id) => progress.ran.includes(id)).length;
  const total = entry.cells.length;
  if (run === 0 || total === 0) return null;
  const sentence = run === total ? words.finished : words.cellsRun(run, total);
  return (
    <>
      <span class="course-bar" aria-hidden="true">
        <span style={{ width: `${(100 * run) / total}%` }} />
      </span>
      <span>{sentence}</span>
      {progress.passed.length > 0 && <span>{words.checksPassed(progress.passed.length)}</span>}
    </>
  );
}
