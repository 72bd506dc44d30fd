import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { runNotebook, type NotebookRun, type RunOptions } from "../../src/cli/run-notebook.ts";
import { parseNotebook, serializeNotebook, setCellCode } from "../../src/notebook/format/index.ts";
import type { CellId } from "../../src/notebook/notebook.ts";

const path = fileURLToPath(new URL("../../notebooks/00-notebook.md", import.meta.url));

/** The lecture run without its rests, so that what is slow for a reader is quick here. */
function run(options: Partial<RunOptions> = {}): Promise<NotebookRun> {
  return runNotebook({ path, ...options, set: { pause: 0, ...options.set } });
}

function valueOf(run: NotebookRun, id: string): never {
  return run.cells.find((cell) => cell.id === id)!.value as never;
}

/** The lecture with the code of one cell replaced, run for another cell. */
async function runWith(cell: string, code: string, { show }: { show: string }): Promise<NotebookRun> {
  const folder = await mkdtemp(join(tmpdir(), "gongbu-"));
  try {
    const notebook = parseNotebook(await readFile(path, "utf8"), { path });
    const copy = join(folder, "copy.md");
    await writeFile(copy, serializeNotebook(setCellCode(notebook, cell as CellId, code)));
    return await run({ path: copy, cells: [show] });
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe("lecture 00", () => {
  it("runs every cell to its end, and leaves its exercises to the reader", async () => {
    const lecture = await run();
    expect(lecture.cells.map(({ id, state }) => `${id}: ${state}`)).toEqual(
      lecture.cells.map(({ id }) => `${id}: done`),
    );
    expect(valueOf(lecture, "check-vowels")).toMatchObject({ passed: false });
    expect(valueOf(lecture, "check-downhill")).toMatchObject({ passed: false });
  });

  it("passes its own checks with its own solutions", async () => {
    const lecture = await run({ solutions: true });
    expect(lecture.cells.filter(({ error }) => error)).toEqual([]);
    expect(valueOf(lecture, "check-vowels")).toMatchObject({ passed: true });
    expect(valueOf(lecture, "check-downhill")).toMatchObject({ passed: true });
  });

  it("counts the letters of a Korean sentence by their jamo", async () => {
    const lecture = await run({ set: { sentence: "한글 글" }, cells: ["letters"] });
    const { ranked } = valueOf(lecture, "letters") as { ranked: [string, number][] };
    expect(Object.fromEntries(ranked)).toEqual({ ㅎ: 1, ㅏ: 1, ㄴ: 1, ㄱ: 2, ㅡ: 2, ㄹ: 2 });
    expect(ranked[0][1]).toBe(2);
  });

  it("finds the sentence by trial and error, round by round, each no worse than the one before", async () => {
    const lecture = await run({ cells: ["search"] });
    const { search } = valueOf(lecture, "search") as { search: { guess: string; wrong: number[] } };
    expect(search.guess).toBe("배움 is a walk downhill, 한 걸음씩");
    expect(search.wrong.at(-1)).toBe(0);
    expect(search.wrong).toEqual([...search.wrong].sort((a, b) => b - a));
  });

  it("searches for an empty sentence without failing", async () => {
    const lecture = await run({ set: { sentence: "" }, cells: ["search-picture", "letter-chart", "variety"] });
    expect(lecture.cells.map(({ state }) => state)).toEqual(["done", "done", "done"]);
  });

  it("holds what its bet is about: walks get lost at the largest step size only", async () => {
    const lost = async (stepSize: number) => {
      const lecture = await run({ set: { stepSize }, cells: ["reveal"] });
      return (valueOf(lecture, "reveal") as { lost: number }).lost;
    };
    expect(await lost(0.01)).toBe(0);
    expect(await lost(0.02)).toBeGreaterThan(0.3);
  });

  it("shows that a cell cannot send the sentence anywhere", async () => {
    const lecture = await run({ cells: ["outside"] });
    const { reply } = valueOf(lecture, "outside") as { reply: { en: string } };
    expect(reply.en).toContain("example.com");
  });

  it.each([
    ["vowels", "const vowels = null", /empty/],
    ["vowels", "const vowels = letters", /no vowel/],
    ["vowels", 'const vowels = [...new Set(letters)].filter((letter) => "ai".includes(letter))', /as often/],
    ["downhill", "function stepDown(x, rate) { return x + rate * 2 * x }", /uphill/],
    ["downhill", "function stepDown(x, rate) { return x - rate * x }", /2x/],
    ["downhill", "function stepDown(x, rate) { return undefined }", /0\.8/],
    ["downhill", "function stepDown(x, rate) { return nothing.at(x) }", undefined],
  ])("answers a half-done %s with a hint: %s", async (exercise, code, hint) => {
    const check = `check-${exercise}`;
    const kept = exercise === "vowels" ? `const vowelSigns = "aeiouㅏㅓㅗㅜㅡㅣㅐ"\n${code}` : code;
    const lecture = await runWith(exercise, kept, { show: check });
    const [cell] = lecture.cells;
    if (hint === undefined) {
      // A name that nobody declares is the stub's own error, and the check says whose.
      expect(cell.error?.code).toBe("input-failed");
    } else {
      const { passed, hint: given } = cell.value as { passed: boolean; hint: { en: string } };
      expect(passed).toBe(false);
      expect(given.en).toMatch(hint);
    }
  });
});
