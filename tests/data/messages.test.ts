import { readdirSync, readFileSync } from "node:fs";
import { nearDuplicates, parseTsv } from "gongbu/data";
import { describe, expect, test } from "vitest";

const folder = new URL("../../notebooks/data/messages/", import.meta.url);
const languages = readdirSync(folder).flatMap((name) => /^messages\.(.+)\.tsv$/.exec(name)?.[1] ?? []);
const rowsOf = (language: string) => {
  const source = readFileSync(new URL(`messages.${language}.tsv`, folder), "utf8");
  const { rows, dropped } = parseTsv(source, { required: ["code", "split", "text"], quotes: "literal" });
  expect(dropped).toEqual([]);
  expect(rows).toHaveLength(source.trimEnd().split("\n").length - 1);
  return rows;
};
const english = rowsOf("en");

describe("the compiler's messages", () => {
  test("stand in 14 languages under the numbers and splits of the English ones", () => {
    expect(languages).toHaveLength(14);
    const splitOf = new Map(english.map(({ code, split }) => [code, split]));
    expect(splitOf.size).toBe(english.length);
    for (const language of languages) {
      const rows = rowsOf(language);
      expect(rows.length).toBeGreaterThan(2100);
      for (const { code, split } of rows) expect(split).toBe(splitOf.get(code));
    }
  });

  test("have about 80, 5 and 15 % in train, dev and test", () => {
    const share = (name: string) => english.filter(({ split }) => split === name).length / english.length;
    expect(share("train")).toBeCloseTo(0.8, 2);
    expect(share("dev")).toBeCloseTo(0.05, 2);
    expect(share("test")).toBeCloseTo(0.15, 2);
  });

  test.each([
    { n: 1, threshold: 0.5 },
    { n: 2, threshold: 0.3 },
  ])("of different splits never share a template (%j)", (options) => {
    const bare = english.map(({ text }) => text.replace(/\{\d+\}/g, " "));
    const across = nearDuplicates(bare, options).filter(
      ({ first, second }) => english[first].split !== english[second].split,
    );
    expect(across.map(({ first, second }) => [english[first].text, english[second].text])).toEqual([]);
  });

  test("name in Korean the same places to be filled in as in English, but for a few slips of the translators", () => {
    const places = (text: string) => [...new Set(text.match(/\{\d+\}/g))].sort().join();
    const korean = new Map(rowsOf("ko").map(({ code, text }) => [code, text]));
    const differing = english.filter(
      ({ code, text }) => korean.has(code) && places(korean.get(code)!) !== places(text),
    );
    expect(differing.length).toBeLessThan(10);
  });
});
