import { beforeAll, describe, expect, it } from "vitest";
import { runNotebook, type NotebookRun } from "../../src/cli/run-notebook.ts";
import {
  expectAllDone,
  expectHint,
  expectInside,
  lecturePath,
  shown,
  valueOf,
  verdictOf,
  type Interval,
} from "./lecture-runs.ts";

const path = lecturePath("04-sequence-labelling");

interface Measured {
  readonly accuracy: number;
  readonly f1: Interval;
}

describe("lecture 04", () => {
  let english: NotebookRun;
  let korean: NotebookRun;

  beforeAll(async () => {
    english = await runNotebook({
      path,
      small: true,
      set: { language: "en", usualGuess: "nearly", nothingGuess: "most", scheme: "IO" },
    });
    korean = await runNotebook({ path, small: true, solutions: true, set: { language: "ko" } });
  }, 300_000);

  it("runs every cell to its end in both languages", () => {
    expectAllDone([english, korean]);
  });

  it("counts the words that the BiLSTM gains over the usual label, in all and among new ones", () => {
    type Sentences = { tokens: string[]; labels: string[] }[];
    for (const run of [english, korean]) {
      const { brown } = valueOf<{ brown: { train: Sentences; test: Sentences } }>(run, "brown");
      const known = new Set(brown.train.flatMap(({ tokens }) => tokens));
      const { byFrequency } = valueOf<{ byFrequency: string[][] }>(run, "most-frequent");
      const { byModel } = valueOf<{ byModel: string[][] }>(run, "pos-results");
      const right = (by: string[][], counts: (word: string) => boolean) =>
        brown.test.flatMap(({ tokens, labels }, i) =>
          labels.filter((label, j) => counts(tokens[j]) && by[i][j] === label),
        ).length;
      const gained = (counts: (word: string) => boolean) =>
        right(byModel, counts) - right(byFrequency, counts);
      const { wordsGained } = valueOf<{ wordsGained: object }>(run, "words-gained");
      const unseen = gained((word) => !known.has(word));
      expect(wordsGained).toEqual({ all: gained(() => true), unseen });
      expect(shown(run, "words-gained")).toContain(`${unseen < 0 ? "−" : "+"}${Math.abs(unseen)}`);
    }
  });

  it("shows the cards of both of its sets, in both languages", () => {
    for (const part of ["Brown corpus", "브라운 말뭉치", "Written for this course", "알려진 한계"])
      expect(shown(english, "cards")).toContain(part);
  });

  it("counts who finds the names that stand in no training sentence", () => {
    type Sentences = { text: string; spans: { start: number; end: number }[] }[];
    for (const run of [english, korean]) {
      const { entities } = valueOf<{ entities: { train: Sentences; test: Sentences } }>(run, "entities");
      const isNew = (name: string) => !entities.train.some(({ text }) => text.includes(name));
      const fresh = entities.test.flatMap(({ text, spans }) =>
        spans.filter(({ start, end }) => isNew(text.slice(start, end))),
      );
      const { newNameCount, newNamesFound } = valueOf<{
        newNameCount: number;
        newNamesFound: Record<string, number>;
      }>(run, "new-names");
      expect(newNameCount).toBe(fresh.length);
      expect(Object.keys(newNamesFound)).toEqual(["gazetteer", "first", "all", "characters", "transformer"]);
      for (const found of Object.values(newNamesFound)) expect(found).toBeLessThanOrEqual(newNameCount);
    }
    // In English a word must end where the list's name does: what is new cannot be found.
    const found = (run: NotebookRun) =>
      valueOf<{ newNamesFound: Record<string, number> }>(run, "new-names").newNamesFound;
    expect(found(english).gazetteer).toBe(0);
    expect(Math.max(...Object.values(found(english)))).toBeGreaterThan(0);
    expect(shown(english, "entity-table")).toContain("new names found, of");
  });

  it("gives a word's label to its first piece and −100 to the others", () => {
    const { posCode, posAligned } = valueOf<{
      posCode: { wordIds: number[]; tokens: string[] };
      posAligned: (string | number)[];
    }>(english, "pos-pieces");
    posCode.wordIds.forEach((word, i) => {
      if (word === posCode.wordIds[i - 1]) expect(posAligned[i]).toBe(-100);
      else expect(posAligned[i]).toMatch(/^[A-Z.]+$/);
    });
    expect(posAligned).toContain(-100);
  });

  it("shows that IO makes one person of two, and that BIO does not", () => {
    const merged = (run: NotebookRun) =>
      valueOf<{ converted: { merged: unknown[] } }>(run, "side-by-side").converted.merged.length;
    expect([merged(english), merged(korean)]).toEqual([1, 0]);
  });

  it("shows a tagger with most labels right that finds no name", () => {
    const { nothing } = valueOf<{ nothing: Measured }>(english, "nothing");
    expect(nothing.accuracy).toBeGreaterThan(0.6);
    expect(nothing.f1.value).toBe(0);
  });

  it("sets five taggers side by side, each with an interval around its F1", () => {
    for (const run of [english, korean]) {
      const { measured } = valueOf<{ measured: Record<string, Measured> }>(run, "entity-results");
      expect(Object.keys(measured)).toEqual(["gazetteer", "first", "all", "characters", "transformer"]);
      expect(measured.gazetteer.f1.value).toBeGreaterThan(0);
      for (const { f1 } of Object.values(measured)) expectInside(f1);
    }
  });

  it("leaves no label that cannot be where the rules are kept", () => {
    const counts = [english, korean].map(
      (run) => valueOf<{ brokenCounts: { free: number; ruled: number } }>(run, "impossible").brokenCounts,
    );
    expect(counts.map(({ ruled }) => ruled)).toEqual([0, 0]);
    expect(counts[0].free + counts[1].free).toBeGreaterThan(0);
  });

  it("draws a trellis whose solid line keeps to the rules", () => {
    const { viterbiPath, columns } = valueOf<{ viterbiPath: number[]; columns: number[][] }>(
      english,
      "trellis",
    );
    expect(viterbiPath).toHaveLength(columns.length);
    // O, then B- and I- of each type by turns
    viterbiPath.forEach((label, i) => {
      const inside = label > 0 && label % 2 === 0;
      if (inside) expect([label, label - 1]).toContain(viterbiPath[i - 1]);
    });
  });

  it("judges stub and solution of each exercise", () => {
    for (const id of ["check-bio", "check-rule"]) {
      expect(verdictOf(english, id).passed).toBe(false);
      expect(verdictOf(korean, id).passed).toBe(true);
    }
  });

  const bio =
    "function toBio(spans: readonly { start: number; end: number; label: string }[], length: number): string[] ";
  const fill = (letter: string, end = "end") =>
    `${bio}{ const labels = new Array<string>(length).fill("O"); for (const { start, end, label } of spans) for (let i = start; i < ${end}; i++) labels[i] = ${letter} + label; return labels }`;
  const rule = "function mayFollow(previous: string | null, next: string): boolean ";
  const wrong: [string, string, string, RegExp][] = [
    ["check-bio", "my-bio", fill('"I-"'), /That is IO/],
    ["check-bio", "my-bio", fill('"B-"'), /Only the first word/],
    ["check-bio", "my-bio", `${bio}{ return [] }`, /each of the 6 words/],
    [
      "check-rule",
      "my-rule",
      `${rule}{ return previous !== "O" || !next.startsWith("I-") }`,
      /cannot begin inside/,
    ],
    [
      "check-rule",
      "my-rule",
      `${rule}{ return next[0] !== "I" || (previous !== null && previous !== "O") }`,
      /compare the types/,
    ],
    [
      "check-rule",
      "my-rule",
      `${rule}{ return next[0] !== "I" || previous === "B" + next.slice(1) }`,
      /behind I-PER/,
    ],
    [
      "check-rule",
      "my-rule",
      `${rule}{ return next[0] === "I" && previous !== null && previous.slice(2) === next.slice(2) }`,
      /may stand anywhere/,
    ],
  ];
  it.each(wrong)("%s tells what is wrong: %#", async (check, cell, code, hint) => {
    await expectHint(path, { stub: cell, code, check }, hint);
  });
});
