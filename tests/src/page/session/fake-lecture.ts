import type { CellProgram } from "../../../../kernels/runtime/program.ts";
import type { Lecture, LectureCell } from "../../../../src/notebook/lecture.ts";
import type { CellAttributes, CellId } from "../../../../src/notebook/notebook.ts";

export interface CellSpec {
  readonly source?: string;
  readonly reads?: readonly string[];
  readonly declares?: readonly string[];
  readonly attributes?: Partial<CellAttributes>;
}

export function toProgram(id: string, spec: CellSpec): CellProgram {
  return {
    id: id as CellId,
    inputs: (spec.reads ?? []).map((name) => ({ name, at: { line: 1, column: 1 } })),
    outputs: spec.declares ?? [],
    imports: [],
    form: "statements",
    body: `() => { ${spec.source ?? id} }`,
    bodyLine: 1,
    run: spec.attributes?.run ?? "live",
  };
}

export function toLectureCell(id: string, spec: CellSpec): LectureCell {
  const source = spec.source ?? `// ${id}`;
  return {
    id: id as CellId,
    attributes: { run: "live", fold: false, ...spec.attributes },
    source,
    codeHtml: source,
    program: toProgram(id, spec),
    line: 1,
  };
}

/** A lecture of these cells in this order, with no prose between them. */
export function createLecture(cells: Readonly<Record<string, CellSpec>>): Lecture {
  return {
    id: "01-lecture",
    title: { en: "Lecture", ko: "강의" },
    description: { en: "A question?", ko: "물음?" },
    headings: [],
    blocks: Object.entries(cells).map(([id, spec]) => ({ kind: "cell", cell: toLectureCell(id, spec) })),
  };
}
