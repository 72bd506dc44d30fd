import { describe, expect, it } from "vitest";
import { runNotebook, type NotebookRun, type RunOptions } from "../../src/cli/run-notebook.ts";
import { cellOf, expectAllDone, expectHint, lecturePath, runWith, valueOf } from "./lecture-runs.ts";

const path = lecturePath("00-notebook");

/** The lecture run without its rests, so that what is slow for a reader is quick here. */
function run(options: Partial<RunOptions> = {}): Promise<NotebookRun> {
  return runNotebook({ path, ...options, set: { pause: 0, ...options.set } });
}

describe("lecture 00", () => {
  it("runs every cell to its end, and leaves its exercises to the reader", async () => {
    const lecture = await run();
    expectAllDone([lecture]);
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
    const { ranked } = valueOf<{ ranked: [string, number][] }>(lecture, "letters");
    expect(Object.fromEntries(ranked)).toEqual({ ㅎ: 1, ㅏ: 1, ㄴ: 1, ㄱ: 2, ㅡ: 2, ㄹ: 2 });
    expect(ranked[0][1]).toBe(2);
  });

  it("finds the sentence by trial and error, round by round, each no worse than the one before", async () => {
    const lecture = await run({ cells: ["search"] });
    const { search } = valueOf<{ search: { guess: string; wrong: number[] } }>(lecture, "search");
    expect(search.guess).toBe("배움 is a walk downhill, 한 걸음씩");
    expect(search.wrong.at(-1)).toBe(0);
    expect(search.wrong).toEqual([...search.wrong].sort((a, b) => b - a));
  });

  it("searches for an empty sentence without failing", async () => {
    const lecture = await run({
      set: { sentence: "" },
      cells: ["search-picture", "letter-chart", "variety"],
    });
    expect(lecture.cells.map(({ state }) => state)).toEqual(["done", "done", "done"]);
  });

  it("holds what its bet is about: walks get lost at the largest step size only", async () => {
    const lost = async (stepSize: number) => {
      const lecture = await run({ set: { stepSize }, cells: ["reveal"] });
      return valueOf<{ lost: number }>(lecture, "reveal").lost;
    };
    expect(await lost(0.01)).toBe(0);
    expect(await lost(0.02)).toBeGreaterThan(0.3);
  });

  it("shows that a cell cannot send the sentence anywhere", async () => {
    const lecture = await run({ cells: ["outside"] });
    const { reply } = valueOf<{ reply: { en: string } }>(lecture, "outside");
    expect(reply.en).toContain("example.com");
  });

  it.each([
    ["vowels", "const vowels = null", /empty/],
    ["vowels", "const vowels = letters", /no vowel/],
    ["vowels", 'const vowels = [...new Set(letters)].filter((letter) => "ai".includes(letter))', /as often/],
    ["downhill", "function stepDown(x, rate) { return x + rate * 2 * x }", /uphill/],
    ["downhill", "function stepDown(x, rate) { return x - rate * x }", /2x/],
    ["downhill", "function stepDown(x, rate) { return undefined }", /0\.8/],
  ])("answers a half-done %s with a hint: %s", async (exercise, code, hint) => {
    const kept = exercise === "vowels" ? `const vowelSigns = "aeiouㅏㅓㅗㅜㅡㅣㅐ"\n${code}` : code;
    await expectHint(path, { stub: exercise, code: kept, check: `check-${exercise}` }, hint);
  });

  it("leaves an error of the stub's own to the stub, and its check says whose it is", async () => {
    const code = "function stepDown(x, rate) { return nothing.at(x) }";
    const lecture = await runWith({ cell: "downhill", code }, { path, cells: ["check-downhill"] });
    expect(cellOf(lecture, "check-downhill").error?.code).toBe("input-failed");
  });
});
