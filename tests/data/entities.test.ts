import { readFileSync } from "node:fs";
import {
  labelsToSpans,
  loadEntities,
  nearDuplicates,
  toTextSpans,
  type EntityData,
  type Language,
} from "gongbu/data";
import { normalize } from "gongbu/text";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";

const LEAST = 600;
const FRACTIONS = { train: 0.6, dev: 0.1, test: 0.3 };

describe.each<Language>(["ko", "en"])("the entity sentences (%s)", (language) => {
  const file = new URL(`../../notebooks/data/entities/entities.${language}.txt`, import.meta.url);
  const source = readFileSync(file, "utf8");
  let entities: EntityData;
  beforeAll(async () => {
    vi.stubGlobal("fetch", () => Promise.resolve(new Response(source)));
    entities = await loadEntities({ language });
  });
  afterAll(() => vi.unstubAllGlobals());

  const parts = () => [entities.train, entities.dev, entities.test];
  const sentences = () => parts().flat();
  const namesOf = (part: keyof typeof FRACTIONS) =>
    entities[part].flatMap(({ text, spans }) => spans.map(({ start, end }) => text.slice(start, end)));

  test("every line of the file is a sentence, written in composed characters and single blanks", () => {
    expect(sentences()).toHaveLength(source.trimEnd().split("\n").length);
    expect(source).not.toContain("\r");
    for (const { text } of sentences()) expect(text).toBe(normalize(text));
  });

  test("there are enough sentences, split 60/10/30 within 1 %, every type and none in the same shares", () => {
    const all = sentences().length;
    expect(all).toBeGreaterThanOrEqual(LEAST);
    expect(entities.card.size).toBe(all);
    for (const [part, fraction] of Object.entries(FRACTIONS)) {
      const share = entities[part as keyof typeof FRACTIONS].length / all;
      expect(Math.abs(share - fraction)).toBeLessThanOrEqual(0.015);
    }
    for (const type of [...entities.types, "none"]) {
      const has = ({ spans }: { spans: readonly { label: string }[] }) =>
        type === "none" ? spans.length === 0 : spans.some(({ label }) => label === type);
      const [train, dev, held] = parts().map((part) => part.filter(has).length / part.length);
      expect(train, type).toBeGreaterThan(0.1);
      expect(Math.abs(train - held), type).toBeLessThan(0.1);
      expect(Math.abs(train - dev), type).toBeLessThan(0.15);
    }
  });

  test("tokens are the text at their offsets, and nothing but blanks lies between them", () => {
    for (const { text, tokens, offsets } of sentences()) {
      expect(offsets.map(([start, end]) => text.slice(start, end))).toEqual(tokens);
      let rest = text;
      for (const [start, end] of [...offsets].reverse()) rest = rest.slice(0, start) + rest.slice(end);
      expect(rest.trim()).toBe("");
    }
  });

  test("every word has a label of the scheme, and the labels tell as many entities as the spans", () => {
    for (const { text, tokens, labels, offsets, spans } of sentences()) {
      expect(labels, text).toHaveLength(tokens.length);
      expect(labels.filter((label) => !entities.labelNames.includes(label))).toEqual([]);
      const read = toTextSpans(labelsToSpans(labels, { scheme: "BIO", invalid: "discard" }), { offsets });
      expect(read.map(({ label }) => label)).toEqual(spans.map(({ label }) => label));
      read.forEach(({ start, end }, index) => {
        expect(start, text).toBeLessThanOrEqual(spans[index].start);
        expect(end, text).toBeGreaterThanOrEqual(spans[index].end);
      });
    }
  });

  test("entities end inside words in Korean, where particles follow, and never in English", () => {
    const spans = sentences().flatMap(({ spans, offsets }) => spans.map((span) => ({ ...span, offsets })));
    const cut = spans.filter(({ end, offsets }) => offsets.some(([from, to]) => from < end && end < to));
    if (language === "en") expect(cut).toEqual([]);
    else expect(cut.length / spans.length).toBeGreaterThan(0.6);
  });

  test("most names of the test sentences are not in the training sentences, and some are", () => {
    const known = new Set(namesOf("train"));
    const names = namesOf("test");
    const unseen = names.filter((name) => !known.has(name)).length / names.length;
    expect(unseen).toBeGreaterThan(0.5);
    expect(unseen).toBeLessThan(0.95);
  });

  test("some names are of two types: only the sentence tells which", () => {
    const types = new Map<string, Set<string>>();
    for (const { text, spans } of sentences())
      for (const { start, end, label } of spans) {
        const name = text.slice(start, end);
        types.set(name, (types.get(name) ?? new Set()).add(label));
      }
    expect([...types.values()].filter(({ size }) => size > 1).length).toBeGreaterThanOrEqual(4);
  });

  test("no sentence stands twice, and no two of different splits share half of their word 3-grams", () => {
    const texts = sentences().map(({ text }) => text);
    const bare = texts.map((text) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ""));
    expect(bare.filter((text, index) => bare.indexOf(text) !== index)).toEqual([]);
    const splits = parts().flatMap((part, index) => part.map(() => index));
    const across = nearDuplicates(texts, { n: 3, threshold: 0.5 }).filter(
      ({ first, second }) => splits[first] !== splits[second],
    );
    expect(across.map(({ first, second }) => [texts[first], texts[second]])).toEqual([]);
  });
});
