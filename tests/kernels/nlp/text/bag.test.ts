import { bagOfWords, oneHot, Vocabulary } from "gongbu/text";
import { expect, test } from "vitest";

const lists = [
  ["so", "so", "good"],
  ["so", "bad"],
  ["good", "day"],
];

test("a vocabulary holds special tokens, then the frequent, then the alphabet", () => {
  const vocabulary = Vocabulary.build(lists, { specialTokens: ["[PAD]", "[UNK]"] });
  expect(vocabulary.tokens).toEqual(["[PAD]", "[UNK]", "so", "good", "bad", "day"]);
  expect([vocabulary.size, vocabulary.count("so"), vocabulary.documentCount("so")]).toEqual([6, 3, 2]);
  expect(Vocabulary.build(lists, { minCount: 2 }).tokens).toEqual(["[UNK]", "so", "good"]);
  expect(Vocabulary.build(lists, { maxSize: 2 }).tokens).toEqual(["[UNK]", "so"]);
});

test("encode and decode are inverses on known tokens, and unknown ones become [UNK]", () => {
  const vocabulary = Vocabulary.build(lists);
  expect(vocabulary.decode(vocabulary.encode(["day", "so"]))).toEqual(["day", "so"]);
  expect(vocabulary.decode(vocabulary.encode(["night"]))).toEqual(["[UNK]"]);
  expect(Vocabulary.build([["constructor"]]).maybeId("toString")).toBeUndefined();
});

test("a vocabulary says what it does not know", () => {
  const closed = Vocabulary.build(lists, { specialTokens: [] });
  expect(() => closed.encode(["night"])).toThrow(/Vocabulary\.encode: The token "night" is not among the 4/);
  expect(() => closed.decode([4])).toThrow(/Vocabulary\.decode: `id` is 4\..*0…3/);
  expect(() => Vocabulary.build([])).toThrow(/`tokenLists` is empty/);
  expect(() => Vocabulary.build(lists, { minCount: 0 })).toThrow(/`minCount` is 0/);
  expect(() => Vocabulary.build(lists, { unknownToken: "?" })).toThrow(/`unknownToken` is "\?"/);
});

test("a bag counts, marks or weighs, and leaves unknown and special tokens out", () => {
  const vocabulary = Vocabulary.build(lists); // [UNK] so good bad day
  const tokens = ["so", "so", "bad", "night", "[UNK]"];
  expect([...bagOfWords(tokens, vocabulary)]).toEqual([0, 2, 0, 1, 0]);
  expect([...bagOfWords(tokens, vocabulary, { weighting: "binary" })]).toEqual([0, 1, 0, 1, 0]);
  expect([...bagOfWords([], vocabulary)]).toEqual([0, 0, 0, 0, 0]);
  expect([...bagOfWords([], vocabulary, { norm: "l2" })]).toEqual([0, 0, 0, 0, 0]);
});

test("tf-idf is tf · (ln((1 + N)/(1 + df)) + 1), of length 1 unless told otherwise", () => {
  const vocabulary = Vocabulary.build(lists);
  const raw = bagOfWords(["so", "so", "bad"], vocabulary, { weighting: "tfidf", norm: "none" });
  const [so, bad] = [2 * (Math.log(4 / 3) + 1), Math.log(4 / 2) + 1];
  expect(raw[1]).toBeCloseTo(so, 5);
  expect(raw[3]).toBeCloseTo(bad, 5);
  const unit = bagOfWords(["so", "so", "bad"], vocabulary, { weighting: "tfidf" });
  expect(unit[1]).toBeCloseTo(so / Math.hypot(so, bad), 5);
  expect(() => bagOfWords([], vocabulary, { weighting: "bm25" as "count" })).toThrow(
    /bagOfWords: `weighting` is "bm25"/,
  );
});

test("oneHot puts a single 1 in the class's column, by id or by name", () => {
  expect(oneHot([2, 0], 3)).toEqual([[0, 0, 1], [1, 0, 0]]); // prettier-ignore
  expect(oneHot(["anger"], ["joy", "anger"])).toEqual([[0, 1]]);
  expect(oneHot(["anger"], ["anger", "joy"])).toEqual([[1, 0]]);
});

test("oneHot refuses ids out of range, unknown names and nothing at all", () => {
  expect(() => oneHot([3], 3)).toThrow(/oneHot: `labels\[0\]` is 3\. With 3 classes.*0 to 2/);
  expect(() => oneHot(["love"], ["joy"])).toThrow(/Label "love"\. The classes are "joy"/);
  expect(() => oneHot(["joy"], 4)).toThrow(/pass the list of all class names/);
  expect(() => oneHot([], 4)).toThrow(/`labels` is empty/);
});
