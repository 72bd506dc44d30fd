import { describe, expect, test } from "vitest";
import { getMessages } from "../../../../src/page/messages/index.ts";

/** Every message by its path, functions called with values that show. */
function findWords(value: unknown, path = ""): [string, string][] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value === "function") return [[path, String(value(...Array(value.length).fill(3)))]];
  return Object.entries(value as object).flatMap(([key, item]) => findWords(item, `${path}.${key}`));
}

const en = new Map(findWords(getMessages("en")));
const ko = new Map(findWords(getMessages("ko")));

describe("messages", () => {
  test("are there in both languages, none of them empty", () => {
    expect([...ko.keys()].sort()).toEqual([...en.keys()].sort());
    expect([...en, ...ko].filter(([, words]) => words.trim() === "")).toEqual([]);
  });

  test("are written in Hangul in Korean, unless they are names of things or numbers", () => {
    const names = /backendNames|backendDetail|milliseconds/;
    const foreign = [...ko].filter(([path, words]) => !names.test(path) && !/[가-힣]/.test(words));
    expect(foreign).toEqual([]);
  });

  test("hold no Hangul in English", () => {
    expect([...en].filter(([, words]) => /[가-힣]/.test(words))).toEqual([]);
  });

  test("end Korean sentences in the formal style", () => {
    const informal = [...ko].filter(
      ([, words]) => /(요|다오|구나|해)[.!?]?$/.test(words) && !/필요$/.test(words),
    );
    expect(informal).toEqual([]);
  });
});
