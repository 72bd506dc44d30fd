import {
  characterNgrams,
  normalize,
  splitParticle,
  tokenizeCharacters,
  tokenizeWhitespace,
  tokenizeWords,
  wordNgrams,
} from "gongbu/text";
import { expect, test } from "vitest";

test("normalize composes, drops what nobody sees and collapses blanks", () => {
  expect(normalize("  Cafe\u0301\t\nau  lait\u200b\ufeff ")).toBe("Café au lait");
  expect(normalize("한".normalize("NFD"))).toHaveLength(1);
  expect(normalize("ＡＢ ﬁ", { form: "NFKC", lowercase: true })).toBe("ab fi");
  expect(normalize("e\u0301 ", { form: "none", collapseWhitespace: false })).toBe("e\u0301 ");
  expect(() => normalize("a", { form: "nfc" as "NFC" })).toThrow(/normalize: `form` is "nfc"\..*"NFC"/);
});

test("tokenizeWhitespace cuts at blanks of every kind and gives nothing for an empty text", () => {
  expect(tokenizeWhitespace(" Don't\u00a0go,\n now! ")).toEqual(["Don't", "go,", "now!"]);
  expect(tokenizeWhitespace("")).toEqual([]);
});

test("tokenizeCharacters takes an emoji and a decomposed syllable as one", () => {
  expect(tokenizeCharacters("한 😀".normalize("NFD"))).toEqual(["한", "😀"]);
  expect(tokenizeCharacters("a b", { whitespace: true })).toEqual(["a", " ", "b"]);
});

test("tokenizeWords parts words from punctuation and keeps inner apostrophes and numbers whole", () => {
  expect(tokenizeWords("I don’t owe $1,200.50... really?!")).toEqual([
    ...["i", "don’t", "owe", "$", "1,200.50", "...", "really", "?", "!"],
  ]);
  expect(tokenizeWords("'Quoted' Words", { lowercase: false, punctuation: false })).toEqual([
    "Quoted",
    "Words",
  ]);
  expect(tokenizeWords("오늘 기분이 좋다!")).toEqual(["오늘", "기분이", "좋다", "!"]);
  expect(tokenizeWords("")).toEqual([]);
});

test("particles are parted where they fit the syllable before them, and nowhere else", () => {
  expect(tokenizeWords("친구가 선생님을 학교에서 만났다.", { particles: true })).toEqual([
    ...["친구", "가", "선생님", "을", "학교", "에서", "만났다", "."],
  ]);
  for (const whole of ["아이", "사과", "나이", "가", "에서", "hello", "오늘"])
    expect(splitParticle(whole)).toEqual([whole]);
  expect(splitParticle("나는")).toEqual(["나", "는"]);
  expect(splitParticle("친구에게서")).toEqual(["친구", "에게서"]);
});

test("characterNgrams runs inside words and marks their edges", () => {
  expect(characterNgrams("슬퍼요", { min: 2, max: 2 })).toEqual(["_슬", "슬퍼", "퍼요", "요_"]);
  expect(characterNgrams("Ab c", { min: 1, max: 2, boundary: false })).toEqual(["a", "b", "ab", "c"]);
  expect(characterNgrams("ab", { min: 1, max: 1 })).toEqual(["a", "b"]);
  expect(characterNgrams(" ", { min: 2 })).toEqual([]);
  expect(() => characterNgrams("a", { min: 3, max: 2 })).toThrow(/characterNgrams: `max` is 2/);
  expect(() => characterNgrams("a", { min: 0 })).toThrow(/`min` is 0/);
});

test("wordNgrams joins neighbours", () => {
  expect(wordNgrams(["not", "very", "good"])).toEqual(["not", "very", "good", "not very", "very good"]);
  expect(wordNgrams(["one"], { min: 2, max: 3 })).toEqual([]);
});
