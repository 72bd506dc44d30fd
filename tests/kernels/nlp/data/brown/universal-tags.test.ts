import { toUniversalTag } from "gongbu/data";
import { expect, test } from "vitest";

test("the words of a sentence get the classes that a grammar gives them", () => {
  // The/at jury/nn 's/… further/rbr said/vbd in/in their/pp$ report/nn that/cs it/pps was/bedz not/* true/jj ./.
  const tags = "at nn rbr vbd in pp$ nn cs pps bedz * jj .".split(" ");
  expect(tags.map(toUniversalTag)).toEqual(
    "DET NOUN ADV VERB ADP DET NOUN ADP PRON VERB ADV ADJ .".split(" "),
  );
});

test.each([
  ["np$-tl", "NOUN"],
  ["NN-TL-HL", "NOUN"],
  ["dod*", "VERB"],
  ["md*-hl", "VERB"],
  ["pp$$", "PRON"],
  ["wp$", "DET"],
  ["pn$", "NOUN"],
  ["fw-at+nn-tl", "X"],
  ["nil", "X"],
  ["cd", "NUM"],
  ["to", "PRT"],
  ["--", "."],
  ["---hl", "."],
  ["*-nc", "ADV"],
  ["``", "."],
])("what a tag says beyond its class is cut off: %s is %s", (tag, expected) => {
  expect(toUniversalTag(tag)).toBe(expected);
});

test("of two words written as one the first decides", () => {
  expect(["pps+bez", "ppss+ber-n", "vbg+to", "ex+bez", "wrb+dod*"].map(toUniversalTag)).toEqual(
    "PRON PRON VERB PRT ADV".split(" "),
  );
});

test("what is no tag of the corpus is told", () => {
  expect(() => toUniversalTag("PROPN")).toThrow(/toUniversalTag: The tag is "PROPN"/);
  expect(() => toUniversalTag("")).toThrow(/""/);
});
