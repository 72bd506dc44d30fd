import { beforeAll, describe, expect, it } from "vitest";
import { runNotebook, type NotebookRun } from "../../src/cli/run-notebook.ts";
import {
  expectAllDone,
  expectHint,
  expectInside,
  lecturePath,
  outputOf,
  runWith,
  valueOf,
  verdictOf,
  type Interval,
} from "./lecture-runs.ts";

const path = lecturePath("06-pretraining");

describe("lecture 06", () => {
  let english: NotebookRun;
  let korean: NotebookRun;

  beforeAll(async () => {
    const bets = { hardestGuess: "permutation", labelGuess: "pretrained" };
    english = await runNotebook({ path, small: true, set: { ...bets, language: "en" } });
    korean = await runNotebook({ path, small: true, solutions: true, set: { language: "ko" } });
  }, 300_000);

  it("runs every cell to its end in both languages", () => {
    expectAllDone([english, korean]);
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

  it("judges stories: those of the corpus are possible, others not", async () => {
    for (const run of [english, korean]) {
      expect(valueOf<{ contradictory: string[] }>(run, "world").contradictory).toEqual([]);
    }
    const told = [
      "Jina picked up the key. Jina went the park.",
      "Jina went to the park. Jina picked up the key. Jina put down the book. Jina put down the key.",
      "Jina went to the park. Jina picked up the key. Jina went to the park. Jina gave the key to Minsu.",
    ];
    const judged = await runWith(
      { cell: "browse", code: `${JSON.stringify(told)}.map(judgeStory)` },
      { path, small: true, set: { language: "en" }, cells: ["browse"] },
    );
    expect(valueOf(judged, "browse")).toEqual([
      ["impossible", "broken"],
      ["right", "right", "impossible", "right"],
      ["right", "right", "impossible", "impossible"],
    ]);
  });

  it("lets the decoder-only model tell stories before and after each epoch", () => {
    const { diary } = valueOf<{ diary: { epoch: number; texts: string[] }[] }>(english, "train-gpt");
    expect(diary.map(({ epoch }) => epoch)).toEqual([0, 1, 2]);
    const { judged } = valueOf<{ judged: { sentences: number; possible: number }[] }>(
      english,
      "grammar-world",
    );
    for (const { sentences, possible } of judged) {
      expect(sentences).toBeGreaterThanOrEqual(0);
      expect(possible).toBeLessThanOrEqual(1);
    }
  });

  it("shows the five noises: three touch words, two the order alone", () => {
    const { whole } = valueOf<{ whole: string }>(english, "five-noises");
    const words = (story: string) => story.replaceAll(".", " .").split(" ");
    const output = outputOf(english, { id: "five-noises", kind: "table" });
    const spoilt = (output as unknown as { rows: string[][] }).rows.map(([, row]) => row.split(" "));
    const same = spoilt.map((row) => row.toSorted().join() === words(whole).toSorted().join());
    expect(same).toEqual([false, false, false, true, true]);
    expect(spoilt.map((row) => row.includes("<mask>"))).toEqual([true, false, true, false, false]);
    expect(spoilt[1].length).toBeLessThan(words(whole).length);
    const { restorations } = valueOf<{ restorations: { exact: Interval; left: Interval }[] }>(
      english,
      "restored",
    );
    expect(restorations).toHaveLength(5);
    for (const { exact, left } of restorations) [exact, left].forEach(expectInside);
  });

  it("gives one model three tasks by prefix, each beside copying", () => {
    const { taskExamples } = valueOf<{ taskExamples: { source: number[] }[] }>(english, "train-t5");
    expect(new Set(taskExamples.map(({ source }) => source[1])).size).toBe(3);
    const { taskScores } = valueOf<{ taskScores: { task: string; alike: Interval; copied: Interval }[] }>(
      english,
      "t5-results",
    );
    expect(taskScores.map(({ task }) => task)).toEqual(["translate", "answer", "caption"]);
    for (const { alike, copied } of taskScores) [alike, copied].forEach(expectInside);
  });

  it("compares a pretrained encoder with a fresh one and a lookup, and names the winner that it measured", () => {
    const { labelScores } = valueOf<{ labelScores: { learner: string; scores: Interval[] }[] }>(
      english,
      "label-scores",
    );
    expect(labelScores.map(({ learner }) => learner)).toEqual(["lookup", "fresh", "pretrained"]);
    for (const { scores } of labelScores) {
      expect(scores).toHaveLength(4);
      scores.forEach(expectInside);
    }
    const first = [...labelScores].sort((a, b) => b.scores[0].value - a.scores[0].value)[0].learner;
    const { few } = valueOf<{ few: { winner: string } }>(english, "label-picture");
    expect(few.winner).toBe(first);
  });

  it("draws attention for each kind of model", () => {
    for (const id of ["look", "t5-look"]) {
      expect(outputOf(english, { id, kind: "attention" })).toBeDefined();
    }
    const { patterns } = valueOf<{ patterns: Record<string, number[][]> }>(english, "patterns");
    expect(patterns.encoder.flat()).not.toContain(0);
    expect(patterns.causal[0].slice(1)).not.toContain(1);
  });

  it("judges stub and solution of each exercise", () => {
    for (const id of ["check-hide", "check-look"]) {
      expect(verdictOf(english, id).passed).toBe(false);
      expect(verdictOf(korean, id).passed).toBe(true);
    }
  });

  const hide =
    "function hide(ids: readonly number[], chosen: readonly number[], maskId: number): { inputIds: number[]; labels: number[] } ";
  const masked = "const inputIds = ids.map((id, i) => (chosen.includes(i) ? maskId : id));";
  const look = "function mayLook(query: number, key: number, prefix: number): boolean ";
  const wrong: [string, string, string, RegExp][] = [
    [
      "check-hide",
      "my-hide",
      `${hide}{ ${masked} return { inputIds, labels: [...ids] } }`,
      /would also count the words/,
    ],
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
    await expectHint(path, { stub: cell, code, check }, hint);
  });
});
