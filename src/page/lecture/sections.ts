import type { LectureBlock, LectureHeading } from "../../notebook/lecture.ts";
import type { CellId } from "../../notebook/notebook.ts";

/** A heading and the cells that stand under it, up to the next heading. The first may have none. */
export interface Section {
  readonly heading?: LectureHeading;
  readonly cells: readonly CellId[];
}

/** The lecture's outline, in document order. A heading stands in the prose block whose HTML holds its id. */
export function getSections(
  blocks: readonly LectureBlock[],
  headings: readonly LectureHeading[],
): readonly Section[] {
  const sections: { heading?: LectureHeading; cells: CellId[] }[] = [];
  for (const block of blocks) {
    if (block.kind === "prose") {
      for (const heading of headings) {
        if (block.html.en.includes(`id="${heading.id}"`)) sections.push({ heading, cells: [] });
      }
    } else if (block.cell.attributes.solution === undefined) {
      if (sections.length === 0) sections.push({ cells: [] });
      sections.at(-1)?.cells.push(block.cell.id);
    }
  }
  return sections;
}
