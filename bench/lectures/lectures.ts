/**
 * Every lecture of notebooks/course.json as a reader finds it, all cells run to their end in Chromium: how long each training
 * takes, and what it shows in the end. The target is under a minute for a training; what is above is marked.
 */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Browser } from "@playwright/test";
import { maybeLectureNotebooks } from "../../src/notebook/course/files.ts";
import { parseCourse } from "../../src/notebook/course/courseFile.ts";
import { findCells } from "../../src/notebook/format/index.ts";
import type { CellSegment } from "../../src/notebook/notebook.ts";
import type { Listing } from "../report.ts";
import type { Sites } from "../sites.ts";
import { getLastWords, isTraining } from "./last-words.ts";
import { runLecture, type LectureRun, type RunCell } from "./run-lecture.ts";

/** A training may take so many seconds. */
const TARGET = 60;
/** A cell that takes as many is listed, too, though it trains nothing. */
const LONG = 1;

const notebooks = fileURLToPath(new URL("../../notebooks", import.meta.url));

export async function measureLectures(browser: Browser, { addresses }: Sites): Promise<Listing> {
  const rows: string[][] = [];
  const failures: string[] = [];
  for (const { id, cells } of await findLectures()) {
    process.stderr.write(`  ${id} …\n`);
    const run = await runLecture(browser, { address: addresses.course, lecture: id, cells });
    rows.push(...listLecture(id, { cells, run }));
    failures.push(...run.cells.filter(({ state }) => state === "failed").map((cell) => `${id}#${cell.id}`));
  }
  return {
    title:
      "Every lecture at its defaults in Chromium, “Run all”: the cells that train, wait for a click, or take " +
      `${LONG} s and more (trainings above ${TARGET} s are marked with !!)`,
    columns: ["lecture", "cell", "seconds", "what it shows last"],
    rows: [...rows, ...failures.map((cell) => [cell, "FAILED", "", ""])],
  };
}

/** The lectures that are there (`LECTURES=05-seq2seq,07-decoding`: those alone), with their cells in document order, the solutions left out. */
async function findLectures(): Promise<{ id: string; cells: CellSegment[] }[]> {
  const path = `${notebooks}/course.json`;
  const { lectures } = parseCourse(await readFile(path, "utf8"), { path });
  const asked = process.env.LECTURES?.split(",");
  const unknown = asked?.find((id) => !lectures.some((lecture) => lecture.id === id));
  if (unknown !== undefined) throw new Error(`bench/lectures: course.json has no lecture "${unknown}".`);
  const found = await Promise.all(
    lectures.map(async ({ id }) => {
      if (asked && !asked.includes(id)) return [];
      const files = await maybeLectureNotebooks(notebooks, id);
      return files ? [{ id, cells: findCells(files.english) }] : [];
    }),
  );
  return found.flat().map(({ id, cells }) => ({
    id,
    cells: cells.filter(({ attributes }) => attributes.solution === undefined),
  }));
}

function listLecture(
  lecture: string,
  { cells, run }: { readonly cells: readonly CellSegment[]; readonly run: LectureRun },
): string[][] {
  const clicked = new Set<string>(
    cells.filter(({ attributes }) => attributes.run === "click").map(({ id }) => id),
  );
  const listed = run.cells.filter(
    (cell) => clicked.has(cell.id) || isTraining(cell) || seconds(cell) >= LONG,
  );
  const whole = [lecture, `all ${run.cells.length} cells`, run.seconds.toFixed(1), run.backend];
  return [
    whole,
    ...listed.map((cell) => [
      "",
      cell.id,
      `${seconds(cell) > TARGET ? "!! " : ""}${seconds(cell).toFixed(1)}`,
      getLastWords(cell),
    ]),
  ];
}

function seconds({ ms }: RunCell): number {
  return ms / 1000;
}
