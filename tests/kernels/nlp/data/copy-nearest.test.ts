import { copyNearest } from "gongbu/data";
import { expect, test } from "vitest";

const TRAIN = [
  { source: "I drink tea.", target: "차를 마셔요." },
  { source: "I eat pears.", target: "배를 먹어요." },
  { source: "I eat apples.", target: "사과를 먹어요." },
];

test("each source gets the target of the training source with the most runs of three in common", () => {
  const copied = copyNearest(TRAIN, ["i eat APPLES.", "You drink tea.", "We eat pears."]);
  expect(copied.map(({ target }) => target)).toEqual(["사과를 먹어요.", "차를 마셔요.", "배를 먹어요."]);
  expect(copied[0]).toEqual({ ...TRAIN[2], index: 2, similarity: 1 });
});

test("the similarity is the share of runs that both have", () => {
  // " ab " has " ab" and "ab ", " abc " has " ab", "abc" and "bc ": one of four.
  const [nearest] = copyNearest([{ source: "abc", target: "x" }], ["ab"]);
  expect(nearest.similarity).toBe(1 / 4);
  // With one character: { " ", a, b } of { " ", a, b, c }.
  expect(copyNearest([{ source: "abc", target: "x" }], ["ab"], { n: 1 })[0].similarity).toBe(3 / 4);
});

test("among equals, and where nothing is alike, the first pair is taken", () => {
  expect(copyNearest(TRAIN, ["zzz"])[0]).toMatchObject({ index: 0, similarity: 0 });
  const twice = [TRAIN[0], { ...TRAIN[0], target: "다른 번역" }];
  expect(copyNearest(twice, ["I drink tea."])[0].index).toBe(0);
  expect(copyNearest(TRAIN, [])).toEqual([]);
  expect(copyNearest([{ source: "", target: "" }], [""])[0].similarity).toBe(1);
});

test("no training pairs and an impossible n are told", () => {
  expect(() => copyNearest([], ["a"])).toThrow(/copyNearest: `train` is empty/);
  expect(() => copyNearest(TRAIN, ["a"], { n: 0 })).toThrow(/`n` is 0/);
});
