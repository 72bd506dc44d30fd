import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { runNotebook, type NotebookRun } from "../../src/cli/run-notebook.ts";
import { parseNotebook, serializeNotebook, setCellCode } from "../../src/notebook/format/index.ts";
import type { CellId } from "../../src/notebook/notebook.ts";

const path = fileURLToPath(new URL("../../notebooks/06-pretraining.md", import.meta.url));

function valueOf<T>(run: NotebookRun, id: string): T {
  return run.cells.find((cell) => cell.id === id)!.value as T;
}

interface Verdict {
  readonly passed: boolean;
  readonly hint: { readonly en: string; readonly ko: string };
}

interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const holds = ({ value, low, high }: Interval) => low <= value && value <= high;

describe("lecture 06", () => {
  let english: NotebookRun;
  let korean: NotebookRun;

  beforeAll(async () => {
    const bets = { hardestGuess: "permutation", labelGuess: "pretrained" };
    english = await runNotebook({ path, small: true, set: { ...bets, language: "en" } });
    korean = await runNotebook({ path, small: true, solutions: true, set: { language: "ko" } });
  }, 300_000);

  it("runs every cell to its end in both languages", () => {
    for (const run of [english, korean]) {
      expect(run.cells.map(({ id, state, error }) => `${id}: ${state} ${error?.name ?? ""}`)).toEqual(
        run.cells.map(({ id }) => `${id}: done `),
      );
    }
  });

  it("masks only ordinary words, and asks only for those", () => {
    for (const run of [english, korean]) {
      const { bertExamples } = valueOf<{
        bertExamples: { input: { ids: number[]; tokenTypeIds: number[] }; target: number[] }[];
      }>(run, "bert-examples");
      for (const { input, target } of bertExamples) {
        const [pair, ...labels] = target;
        expect([0, 1]).toContain(pair);
        expect(labels).toHaveLength(input.ids.length);
        expect(labels.some((label) => label !== -100)).toBe(true);
        input.ids.forEach((id, place) => {
          if (id <= 3) expect(labels[place] === -100 || labels[place] > 4).toBe(true);
          if (id === 4) expect(labels[place]).toBeGreaterThan(4);
        });
      }
    }
  });

  async function runWith(cell: string, code: string, wanted: string): Promise<unknown> {
    const folder = await mkdtemp(join(tmpdir(), "gongbu-"));
    try {
      const file = join(folder, "lesson.md");
      const notebook = parseNotebook(await readFile(path, "utf8"), { path });
      await writeFile(file, serializeNotebook(setCellCode(notebook, cell as CellId, `${code}\n`)));
      const { cells } = await runNotebook({ path: file, small: true, set: { language: "en" }, cells: [wanted] });
      return cells[0].value;
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  it("judges stories: those of the corpus are possible, others not", async () => {
    for (const run of [english, korean]) {
      expect(valueOf<{ contradictory: string[] }>(run, "world").contradictory).toEqual([]);
    }
    const told = [
      "Jina picked up the key. Jina went the park.",
      "Jina went to the park. Jina picked up the key. Jina put down the book. Jina put down the key.",
      "Jina went to the park. Jina picked up the key. Jina went to the park. Jina gave the key to Minsu.",
    ];
    expect(await runWith("browse", `${JSON.stringify(told)}.map(judgeStory)`, "browse")).toEqual([
      ["impossible", "broken"],
      ["right", "right", "impossible", "right"],
      ["right", "right", "impossible", "impossible"],
    ]);
  });

  it("lets the decoder-only model tell stories before and after each epoch", () => {
    const { diary } = valueOf<{ diary: { epoch: number; texts: string[] }[] }>(english, "train-gpt");
    expect(diary.map(({ epoch }) => epoch)).toEqual([0, 1, 2]);
    const { judged } = valueOf<{ judged: { sentences: number; possible: number }[] }>(english, "grammar-world");
    for (const { sentences, possible } of judged) {
      expect(sentences).toBeGreaterThanOrEqual(0);
      expect(possible).toBeLessThanOrEqual(1);
    }
  });

  it("shows the five noises: three touch words, two the order alone", () => {
    const { whole } = valueOf<{ whole: string }>(english, "five-noises");
    const words = (story: string) => story.replaceAll(".", " .").split(" ");
    const output = english.cells.find(({ id }) => id === "five-noises")!.outputs.find(({ kind }) => kind === "table");
    const spoilt = (output as unknown as { rows: string[][] }).rows.map(([, row]) => row.split(" "));
    const same = spoilt.map((row) => row.toSorted().join() === words(whole).toSorted().join());
    expect(same).toEqual([false, false, false, true, true]);
    expect(spoilt.map((row) => row.includes("<mask>"))).toEqual([true, false, true, false, false]);
    expect(spoilt[1].length).toBeLessThan(words(whole).length);
    const { restorations } = valueOf<{ restorations: { exact: Interval; left: Interval }[] }>(english, "restored");
    expect(restorations).toHaveLength(5);
    for (const { exact, left } of restorations) expect(holds(exact) && holds(left)).toBe(true);
  });

  it("gives one model three tasks by prefix, each beside copying", () => {
    const { taskExamples } = valueOf<{ taskExamples: { source: number[] }[] }>(english, "train-t5");
    expect(new Set(taskExamples.map(({ source }) => source[1])).size).toBe(3);
    const { taskScores } = valueOf<{ taskScores: { task: string; alike: Interval; copied: Interval }[] }>(
      english,
      "t5-results",
    );
    expect(taskScores.map(({ task }) => task)).toEqual(["translate", "answer", "caption"]);
    for (const { alike, copied } of taskScores) expect(holds(alike) && holds(copied)).toBe(true);
  });

  it("compares a pretrained encoder with a fresh one and a lookup, and names the winner that it measured", () => {
    const { labelScores } = valueOf<{ labelScores: { learner: string; scores: Interval[] }[] }>(english, "label-scores");
    expect(labelScores.map(({ learner }) => learner)).toEqual(["lookup", "fresh", "pretrained"]);
    expect(labelScores.every(({ scores }) => scores.length === 4 && scores.every(holds))).toBe(true);
    const first = [...labelScores].sort((a, b) => b.scores[0].value - a.scores[0].value)[0].learner;
    const { few } = valueOf<{ few: { winner: string } }>(english, "label-picture");
    expect(few.winner).toBe(first);
  });

  it("draws attention for each kind of model", () => {
    for (const id of ["look", "t5-look"]) {
      const output = english.cells.find((cell) => cell.id === id)!.outputs.find(({ kind }) => kind === "attention");
      expect(output).toBeDefined();
    }
    const { patterns } = valueOf<{ patterns: Record<string, number[][]> }>(english, "patterns");
    expect(patterns.encoder.flat()).not.toContain(0);
    expect(patterns.causal[0].slice(1)).not.toContain(1);
  });

  it("judges stub and solution of each exercise", () => {
    for (const id of ["check-hide", "check-look"]) {
      expect(valueOf<Verdict>(english, id).passed).toBe(false);
      expect(valueOf<Verdict>(korean, id).passed).toBe(true);
    }
  });

  const hide =
    "function hide(ids: readonly number[], chosen: readonly number[], maskId: number): { inputIds: number[]; labels: number[] } ";
  const masked = "const inputIds = ids.map((id, i) => (chosen.includes(i) ? maskId : id));";
  const look = "function mayLook(query: number, key: number, prefix: number): boolean ";
  const wrong: [string, string, string, RegExp][] = [
    ["check-hide", "my-hide", `${hide}{ ${masked} return { inputIds, labels: [...ids] } }`, /would also count the words/],
    [
      "check-hide",
      "my-hide",
      `${hide}{ ${masked} return { inputIds, labels: ids.map((id, i) => (chosen.includes(i) ? -100 : id)) } }`,
      /other way round/,
    ],
    [
      "check-hide",
      "my-hide",
      `${hide}{ ${masked} return { inputIds, labels: inputIds.map((id, i) => (chosen.includes(i) ? id : -100)) } }`,
      /not the mask/,
    ],
    ["check-look", "my-look", `${look}{ return true }`, /that is BERT/],
    ["check-look", "my-look", `${look}{ return key <= query }`, /That is GPT/],
    ["check-look", "my-look", `${look}{ return key < query || key < prefix }`, /look at itself/],
    ["check-look", "my-look", `${look}{ return query <= key || query < prefix }`, /exchanged/],
  ];
  it.each(wrong)("%s tells what is wrong: %#", async (check, cell, code, hint) => {
    const verdict = (await runWith(cell, code, check)) as Verdict;
    expect([verdict.passed, verdict.hint.en]).toEqual([false, expect.stringMatching(hint)]);
    expect(verdict.hint.ko).toMatch(/[가-힣]/);
  });
});
