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
    .map((cell) => {
      const { inputs, outputs, imports } = compileCell({
        id: cell.id,
        source: cell.code,
        attributes: cell.attributes,
      });
      const own = new Set(imports.map(({ local }) => local));
      return { cell, makes: [...outputs, ...own], imports: own, reads: inputs.filter(({ name }) => !own.has(name)) };
    });
}

/** Of a name, the first cell in the file that makes it. */
function findMakers(cells: ReturnType<typeof readCells>) {
  return new Map(cells.flatMap((entry) => entry.makes.map((name) => [name, entry] as const)).reverse());
}

/** Cells that are not marked `after` a bet and wait for one all the same, through a name of a cell that is: "cell: name of cell". */
function findHidden(file: string): string[] {
  const cells = readCells(file);
  const makers = findMakers(cells);
  return cells
    .filter(({ cell }) => !cell.attributes.after)
    .flatMap((entry) => {
      const hidden: string[] = [];
      const seen = new Set([entry]);
      for (const at of seen) {
        for (const { name } of at.reads) {
          const maker = makers.get(name);
          if (!maker) continue;
          if (maker.cell.attributes.after) hidden.push(`${entry.cell.id}: ${name} of ${maker.cell.id}`);
          else seen.add(maker);
        }
      }
      return hidden;
    });
}

/** Cells that a training, or another cell that waits for a click, keeps waiting for the sake of an import: "cell: name of cell". */
function findBorrowed(file: string): string[] {
  const cells = readCells(file);
  const makers = findMakers(cells);
  return cells.flatMap((entry) =>
    entry.reads.flatMap(({ name }) => {
      const maker = makers.get(name);
      const borrowed = maker?.cell.attributes.run === "click" && maker.imports.has(name);
      return borrowed ? [`${entry.cell.id}: ${name} of ${maker.cell.id}`] : [];
    }),
  );
}

describe("a lecture's bets", () => {
  it.each(lectures)("lock no cell of %s that is not marked", (file) => {
    expect(findHidden(file)).toEqual([]);
  });
});

describe("a lecture's trainings", () => {
  it.each(lectures)("are asked for by no cell of %s that wants an import alone", (file) => {
    expect(findBorrowed(file)).toEqual([]);
  });
});
