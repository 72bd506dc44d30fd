import { readFileSync } from "node:fs";
import { parseTsv } from "gongbu/data";
import { expect, test } from "vitest";

const [english, korean] = ["en", "ko"].map((language) => {
  const source = readFileSync(
    new URL(`../../notebooks/data/emoji/emoji.${language}.tsv`, import.meta.url),
    "utf8",
  );
  const { rows, dropped } = parseTsv(source, {
    required: ["emoji", "name", "group", "split"],
    quotes: "literal",
  });
  expect(dropped).toEqual([]);
  return rows;
});

test("both languages have the same signs in the same groups and splits", () => {
  expect(english).toHaveLength(1914);
  const bare = (rows: typeof english) => rows.map(({ emoji, group, split }) => `${emoji} ${group} ${split}`);
  expect(bare(korean)).toEqual(bare(english));
  expect(new Set(english.map(({ emoji }) => emoji)).size).toBe(1914);
  expect(new Set(english.map(({ group }) => group)).size).toBe(9);
});

test("the splits have 60, 10 and 30 % within 3 points, and signs that differ by who does it are in one split", () => {
  for (const [name, wanted] of Object.entries({ train: 0.6, dev: 0.1, test: 0.3 })) {
    const share = english.filter(({ split }) => split === name).length / english.length;
    expect(Math.abs(share - wanted)).toBeLessThan(0.03);
  }
  const splits = new Map<string, Set<string>>();
  for (const { emoji, split, group } of english) {
    if (group === "flags") continue;
    const first = [...emoji][0];
    splits.set(first, (splits.get(first) ?? new Set()).add(split));
  }
  expect([...splits].filter(([, own]) => own.size > 1)).toEqual([]);
});
