import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { compileCell } from "../../src/notebook/compile/index.ts";
import { parseNotebook } from "../../src/notebook/format/index.ts";
import type { CellSegment } from "../../src/notebook/notebook.ts";

const folder = fileURLToPath(new URL("../../notebooks/", import.meta.url));
const lectures = readdirSync(folder).filter((file) => /^\d\d-[a-z0-9-]+\.md$/.test(file));

function readCells(file: string) {
  const { segments } = parseNotebook(readFileSync(folder + file, "utf8"), { path: file });
  return segments
    .filter((segment): segment is CellSegment => segment.kind === "cell" && !segment.attributes.solution)
    .map((cell) => ({
      cell,
      program: compileCell({ id: cell.id, source: cell.code, attributes: cell.attributes }),
    }));
}

/** Cells that are not marked `after` a bet and wait for one all the same, through a name of a cell that is: "cell: name of cell". */
function findHidden(file: string): string[] {
  const cells = readCells(file);
  const makers = new Map(
    cells.flatMap((entry) => entry.program.outputs.map((name) => [name, entry] as const)).reverse(),
  );
  return cells
    .filter(({ cell }) => !cell.attributes.after)
    .flatMap((entry) => {
      const hidden: string[] = [];
      const seen = new Set([entry]);
      for (const at of seen) {
        for (const { name } of at.program.inputs) {
          const maker = makers.get(name);
          if (!maker) continue;
          if (maker.cell.attributes.after) hidden.push(`${entry.cell.id}: ${name} of ${maker.cell.id}`);
          else seen.add(maker);
        }
      }
      return hidden;
    });
}

describe("a lecture's bets", () => {
  it.each(lectures)("lock no cell of %s that is not marked", (file) => {
    expect(findHidden(file)).toEqual([]);
  });
});
