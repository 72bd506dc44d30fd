import {
  alignLabels,
  createLabelMap,
  schemeLabels,
  toCharacters,
  toWordLabels,
  type SchemeName,
} from "gongbu/data";
import fc from "fast-check";
import { expect, test } from "vitest";

/** [CLS] Seo ##ul is un ##be ##lie [SEP] [PAD] */
const wordIds = [null, 0, 0, 1, 2, 2, 2, null, null];
const labels = ["B-LOC", "O", "B-X"];
const labelMap = createLabelMap(["O", "B-LOC", "I-LOC", "B-X", "I-X"]);

test("the first, the last or all pieces carry a word's label, and −100 stands on the rest", () => {
  const align = (strategy: "first" | "last" | "all") => alignLabels(labels, { wordIds, strategy });
  expect(alignLabels(labels, { wordIds })).toEqual(align("first"));
  expect(align("first")).toEqual([-100, "B-LOC", -100, "O", "B-X", -100, -100, -100, -100]);
  expect(align("last")).toEqual([-100, -100, "B-LOC", "O", -100, -100, "B-X", -100, -100]);
  expect(align("all")).toEqual([-100, "B-LOC", "I-LOC", "O", "B-X", "I-X", "I-X", -100, -100]);
  expect(alignLabels(labels, { wordIds, strategy: "all", labelMap })).toEqual([
    -100, 1, 2, 0, 3, 4, 4, -100, -100,
  ]);
});

test("pieces of one word are labelled as words of one entity would be", () => {
  const spread = (label: string) => alignLabels([label], { wordIds: [0, 0, 0], strategy: "all" }).join(" ");
  expect(spread("S-A")).toBe("B-A I-A E-A");
  expect(spread("E-A")).toBe("I-A I-A E-A");
  expect(spread("U-A")).toBe("B-A I-A L-A");
  expect(spread("L-A")).toBe("I-A I-A L-A");
  expect(spread("I-A")).toBe("I-A I-A I-A");
  expect(spread("NOUN")).toBe("NOUN NOUN NOUN");
  expect(alignLabels(["S-A"], { wordIds: [0], strategy: "all" })).toEqual(["S-A"]);
});

test("labels of words come back from those of their pieces under every strategy and scheme", () => {
  const sentence = fc.constantFrom<SchemeName>("IO", "BIO", "IOB1", "BIOES", "BILOU").chain((scheme) =>
    fc.record({
      words: fc.array(fc.record({ label: fc.constantFrom(...schemeLabels(["A", "B"], { scheme })), pieces: fc.integer({ min: 1, max: 4 }) }), { minLength: 1 }),
      strategy: fc.constantFrom<"first" | "all" | "last">("first", "all", "last"),
    }),
  ); // prettier-ignore
  fc.assert(
    fc.property(sentence, ({ words, strategy }) => {
      const wordIds = [
        null,
        ...words.flatMap(({ pieces }, word) => new Array<number>(pieces).fill(word)),
        null,
      ];
      const labels = words.map(({ label }) => label);
      const pieces = alignLabels(labels, { wordIds, strategy });
      const named = pieces.map((label) => (label === -100 ? "O" : label));
      expect(toWordLabels(named, { wordIds, strategy })).toEqual(labels);
    }),
  );
});

test("of all pieces most decide the type, the earlier one if two tie, and the outermost say where it begins", () => {
  const join = (...pieces: string[]) =>
    toWordLabels(pieces, { wordIds: pieces.map(() => 0), strategy: "all" })[0];
  expect(join("O", "B-A", "I-A")).toBe("B-A");
  expect(join("B-A", "I-B", "I-B")).toBe("I-B");
  expect(join("B-A", "O")).toBe("B-A");
  expect(join("O", "B-A")).toBe("O");
  expect(join("NOUN", "VERB", "VERB")).toBe("VERB");
});

test("predicted ids come back as names; a word that was cut off counts as it is told to", () => {
  const ids = [0, 1, 2, 0, 3, 4, 4, 0, 0];
  expect(toWordLabels(ids, { wordIds, labelMap })).toEqual(labels);
  expect(toWordLabels(ids, { wordIds, labelMap, words: 4, missing: "O" })).toEqual([...labels, "O"]);
  expect(() => toWordLabels(ids, { wordIds, labelMap, words: 4 })).toThrow(
    /toWordLabels: Word 3 has no piece.*`missing: "O"`/,
  );
});

test("characters know their word, and labels of words spread over them", () => {
  const { characters, wordIds } = toCharacters(["김민수", "👍", "씨"]);
  expect(characters.join("")).toBe("김민수 👍 씨");
  expect(wordIds).toEqual([0, 0, 0, null, 1, null, 2]);
  expect(alignLabels(["B-PS", "O", "O"], { wordIds, strategy: "all" })).toEqual([
    "B-PS", "I-PS", "I-PS", -100, "O", -100, "O",
  ]); // prettier-ignore
  expect(toCharacters(["서울", "은"], { space: "" }).wordIds).toEqual([0, 0, 1]);
  expect(() => toCharacters([])).toThrow(/toCharacters: `words` is empty/);
});

test("ids of words that are not there, ids for names and unknown strategies are told", () => {
  expect(() => alignLabels(labels, { wordIds: [0, 3] })).toThrow(
    /alignLabels: `wordIds\[1\]` is 3.*from 0 to 2/,
  );
  expect(() => alignLabels([0, 1] as unknown as string[], { wordIds: [0] })).toThrow(
    /alignLabels: `labels\[0\]` is 0, of type number.*labelMap/,
  );
  expect(() => alignLabels(labels, { wordIds, strategy: "middle" as "all" })).toThrow(
    /`strategy` is "middle"/,
  );
  expect(() => alignLabels(["X-A"], { wordIds: [0], scheme: "BIO" })).toThrow(
    /alignLabels: `labels\[0\]` is "X-A"/,
  );
  expect(() => alignLabels(["B-Y"], { wordIds: [0], labelMap })).toThrow(/The label is "B-Y"/);
  expect(() => toWordLabels(["O"], { wordIds })).toThrow(/toWordLabels: The lengths are/);
  expect(() => toWordLabels([-100], { wordIds: [0] })).toThrow(/`pieceLabels\[0\]`.*is -100/);
  expect(() => toWordLabels([1] as never, { wordIds: [0] })).toThrow(/Ids need a `labelMap`/);
});
