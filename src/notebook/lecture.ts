import type { Localized } from "../../kernels/runtime/localized.ts";
import type { CellProgram } from "../../kernels/runtime/program.ts";
import type { CellAttributes, CellId } from "./notebook.ts";

/** A lecture as the site is built from it: prose rendered, code highlighted, cells compiled. Plain JSON. */
export interface Lecture {
  /** The file's stem, for instance "01-sentence-classification". */
  readonly id: string;
  readonly title: Localized;
  readonly description: Localized;
  readonly blocks: readonly LectureBlock[];
  readonly headings: readonly LectureHeading[];
}

export type LectureBlock =
  | { readonly kind: "prose"; readonly key: string; readonly html: Localized }
  | { readonly kind: "cell"; readonly cell: LectureCell };

export interface LectureCell {
  readonly id: CellId;
  readonly attributes: CellAttributes;
  readonly source: string;
  /** `source` highlighted, line for line as the editor will show it. */
  readonly codeHtml: string;
  readonly program: CellProgram;
  /** 1-based line in the lecture's file on which `source` begins. */
  readonly line: number;
}

/** An h2 or h3 of the prose, for the outline. `id` is the anchor, the same in both languages. */
export interface LectureHeading {
  readonly id: string;
  readonly level: 2 | 3;
  readonly text: Localized;
}

/** notebooks/course.json, with each lecture's titles read from its files. */
export interface Course {
  readonly title: Localized;
  readonly lectures: readonly CourseEntry[];
}

export interface CourseEntry {
  readonly id: string;
  readonly title: Localized;
  readonly description: Localized;
  /** Whether the lecture's file is there yet; one that is not is listed as to come. */
  readonly ready: boolean;
  /** Ids of its cells, for progress. */
  readonly cells: readonly CellId[];
  /** Minutes of reading and running. */
  readonly minutes?: number;
}
