import { join } from "node:path";
import type { CellProgram } from "../../../kernels/runtime/program.ts";
import { findCells, translateNotebook, type TranslatedBlock } from "../format/index.ts";
import type { Lecture, LectureBlock, LectureCell } from "../lecture.ts";
import { findReferenceLinks, highlightTypeScript } from "../markdown/index.ts";
import type { CellAttributes, CellId } from "../notebook.ts";
import { courseError } from "./errors.ts";
import { maybeLectureNotebooks } from "./files.ts";
import { renderLectureProse } from "./prose.ts";
import { getTitle, maybeDescription } from "./titles.ts";

export interface LoadLectureOptions {
  readonly compile: (cell: {
    readonly id: CellId;
    readonly source: string;
    readonly attributes: CellAttributes;
  }) => CellProgram;
  /** Sees all programs of the lecture, in order, and gives them back with the problems between them. */
  readonly link: (programs: readonly CellProgram[]) => readonly CellProgram[];
}

/**
 * A lecture as the site is built from it, from `ID.md` and `ID.ko.md` in `directory`. What is wrong with a cell's code
 * is in its program; what is wrong with the files is thrown as a NotebookError.
 */
export async function loadLecture(
  directory: string,
  id: string,
  { compile, link }: LoadLectureOptions,
): Promise<Lecture> {
  const notebooks = await maybeLectureNotebooks(directory, id);
  if (!notebooks) throw courseError("missing-lecture", { path: join(directory, `${id}.md`), id });
  const { english, korean } = notebooks;
  const title = getTitle(notebooks);
  const { blocks: translated } = translateNotebook(english, korean);
  const proseBlocks = translated.filter((block) => block.kind === "prose");
  const prose = renderLectureProse(proseBlocks, notebooks);

  const segments = findCells(english);
  const programs = link(
    segments.map(({ id, code, attributes }) => compile({ id, source: code, attributes })),
  );
  const cells = new Map(
    segments.map(({ id, attributes, code, codeLine }, index): [CellId, LectureCell] => [
      id,
      {
        id,
        attributes,
        source: code,
        codeHtml: highlightTypeScript(code, { links: findReferenceLinks(code) }),
        program: programs[index],
        line: codeLine,
      },
    ]),
  );

  const toBlock = (block: TranslatedBlock): LectureBlock[] => {
    if (block.kind === "cell") return [{ kind: "cell", cell: cells.get(block.cell.id)! }];
    const html = prose.html[proseBlocks.indexOf(block)];
    return html.en === "" && html.ko === "" ? [] : [{ kind: "prose", key: block.key, html }];
  };
  const description = maybeDescription(notebooks) ?? { en: "", ko: "" };
  return { id, title, description, blocks: translated.flatMap(toBlock), headings: prose.headings };
}
