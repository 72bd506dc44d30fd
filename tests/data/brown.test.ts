import { loadBrown, type BrownData } from "gongbu/data";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { MADE_FILES } from "../../kernels/runtime/hosts/made-files.ts";

let source: string;
let brown: BrownData;

beforeAll(async () => {
  source = await MADE_FILES.get("data/brown/brown.txt")!();
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(source)));
  brown = await loadBrown();
});
afterAll(() => vi.unstubAllGlobals());

const sentences = () => [...brown.train, ...brown.dev, ...brown.test];

test("the sample is the same whenever it is made: 3,000 sentences of 15 genres, split 60/10/30", async () => {
  expect(await MADE_FILES.get("data/brown/brown.txt")!()).toBe(source);
  expect(brown.card.splits).toEqual({ train: 1800, dev: 300, test: 900 });
  for (const part of [brown.train, brown.dev, brown.test])
    expect(new Set(part.map(({ genre }) => genre)).size).toBeGreaterThanOrEqual(14);
});

test("every word has one of the twelve tags, and every tag but X is there in each split", () => {
  for (const { tokens, labels, brownTags } of sentences()) {
    expect(labels).toHaveLength(tokens.length);
    expect(brownTags).toHaveLength(tokens.length);
    expect(tokens.length).toBeGreaterThanOrEqual(4);
    expect(tokens.length).toBeLessThanOrEqual(40);
    expect(labels.filter((label) => !brown.tags.includes(label))).toEqual([]);
  }
  for (const part of [brown.train, brown.dev, brown.test]) {
    const found = new Set(part.flatMap(({ labels }) => labels));
    expect(brown.tags.filter((tag) => tag !== "X" && !found.has(tag))).toEqual([]);
  }
});

test("no sign of the end is written twice, as it is in the corpus, and no headline is there", () => {
  for (const { tokens, brownTags } of sentences()) {
    expect(tokens.join(" ")).not.toMatch(/(?<=^| )([?!;]) \1( |$)/);
    expect(brownTags.filter((tag) => tag.endsWith("-hl"))).toEqual([]);
  }
});

test("the tags stand in the order of their frequency, X last", () => {
  const counts = new Map<string, number>();
  for (const { labels } of sentences())
    for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  const [first, second] = [...counts].sort(([, a], [, b]) => b - a);
  expect([first[0], second[0]]).toEqual(brown.tags.slice(0, 2));
  expect(Math.min(...counts.values())).toBe(counts.get("X"));
});

test("no long sentence stands twice", () => {
  const long = sentences().filter(({ tokens }) => tokens.length > 12);
  expect(new Set(long.map(({ tokens }) => tokens.join(" "))).size).toBe(long.length);
});
