import { readFileSync } from "node:fs";
import { nearDuplicates, parseTsv } from "gongbu/data";
import { normalize } from "gongbu/text";
import { describe, expect, test } from "vitest";

const CLASSES = ["joy", "sadness", "anger", "fear"];
const FRACTIONS = { train: 0.6, dev: 0.1, test: 0.3 };

describe.each(["ko", "en"])("the emotion sentences (%s)", (language) => {
  const file = new URL(`../../notebooks/data/emotion/emotion.${language}.tsv`, import.meta.url);
  const source = readFileSync(file, "utf8");
  const { columns, rows, dropped } = parseTsv(source, { required: ["text", "label", "split"] });

  test("every line of the file is a sentence with a label and a split", () => {
    expect(columns).toEqual(["text", "label", "split"]);
    expect(dropped).toEqual([]);
    expect(rows).toHaveLength(source.trimEnd().split("\n").length - 1);
    expect(source).not.toContain("\r");
    for (const { text } of rows) expect(text).toBe(normalize(text));
  });

  test("each class has at least 300 sentences, split 60/10/30 within 1 %", () => {
    expect([...new Set(rows.map(({ label }) => label))].sort()).toEqual([...CLASSES].sort());
    for (const name of CLASSES) {
      const ofClass = rows.filter(({ label }) => label === name);
      expect(ofClass.length).toBeGreaterThanOrEqual(300);
      for (const [part, fraction] of Object.entries(FRACTIONS)) {
        const share = ofClass.filter(({ split }) => split === part).length / ofClass.length;
        expect(Math.abs(share - fraction)).toBeLessThanOrEqual(0.01);
      }
    }
    expect([...new Set(rows.map(({ split }) => split))].sort()).toEqual(["dev", "test", "train"]);
  });

  test("no sentence stands twice, whatever its case and punctuation", () => {
    const bare = rows.map(({ text }) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ""));
    expect(bare.filter((text, index) => bare.indexOf(text) !== index)).toEqual([]);
  });

  test("no two sentences of different splits share more than half of their word 3-grams", () => {
    const across = nearDuplicates(
      rows.map(({ text }) => text),
      { n: 3, threshold: 0.5 },
    ).filter(({ first, second }) => rows[first].split !== rows[second].split);
    expect(across.map(({ first, second }) => [rows[first].text, rows[second].text])).toEqual([]);
  });
});
