import { composeSyllable, decomposeSyllable, fromJamo, hasTail, isSyllable, toJamo } from "gongbu/text";
import { expect, test } from "vitest";

test("every one of the 11,172 syllables comes apart and together again", () => {
  for (let code = 0xac00; code <= 0xd7a3; code++) {
    const syllable = String.fromCharCode(code);
    expect(composeSyllable(decomposeSyllable(syllable))).toBe(syllable);
  }
  expect(decomposeSyllable("한")).toEqual({ lead: "ㅎ", vowel: "ㅏ", tail: "ㄴ" });
  expect(decomposeSyllable("와")).toEqual({ lead: "ㅇ", vowel: "ㅘ", tail: "" });
  expect(decomposeSyllable("값").tail).toBe("ㅄ");
});

test("a text becomes letters and comes back, other characters untouched", () => {
  expect(toJamo("한글 ok!")).toBe("ㅎㅏㄴㄱㅡㄹ ok!");
  const texts = ["값이 너무 올라서 속상해요…", "까치가 운다", "ㅋㅋㅋ 진짜?", "의자 2개와 wifi", "", "ㅠㅠ"];
  for (const text of texts) expect(fromJamo(toJamo(text))).toBe(text);
});

test("letters stored apart (NFD) are the same text", () => {
  expect(toJamo("한글".normalize("NFD"))).toBe(toJamo("한글"));
});

test("a letter that stood alone behind an open syllable is drawn into it", () => {
  expect(fromJamo(toJamo("아ㅋ"))).toBe("앜");
});

test("hasTail tells which form of a particle a word takes", () => {
  expect([hasTail("람"), hasTail("구"), hasTail("a")]).toEqual([true, false, false]);
  expect([isSyllable("가"), isSyllable("ㄱ"), isSyllable("가나"), isSyllable("")]).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

test("what is no syllable is refused with what to do", () => {
  expect(() => decomposeSyllable("ㄱ")).toThrow(/decomposeSyllable: Given "ㄱ"\..*toJamo/);
  expect(() => composeSyllable({ lead: "ㄱ", vowel: "ㅏ", tail: "ㄸ" })).toThrow(
    /composeSyllable.*never close/,
  );
});
