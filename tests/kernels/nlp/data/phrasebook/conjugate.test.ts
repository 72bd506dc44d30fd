import { describe, expect, test } from "vitest";
import {
  conjugate,
  toContrast,
  toInfinitive,
  toReason,
  toSequence,
  type KoreanVerb,
  type VerbForm,
} from "../../../../../kernels/nlp/data/phrasebook/conjugate.ts";
import { withParticle } from "../../../../../kernels/nlp/data/phrasebook/particle.ts";

const PLAIN: VerbForm = {
  tense: "present",
  mood: "plain",
  negated: false,
  question: false,
  politeness: "polite",
  honorific: false,
  speaks: true,
};
const say = (verb: KoreanVerb, form: Partial<VerbForm> = {}) => conjugate(verb, { ...PLAIN, ...form });

test.each([
  ["가", undefined, "가"],
  ["읽", undefined, "읽어"],
  ["보", undefined, "봐"],
  ["받", undefined, "받아"],
  ["배우", undefined, "배워"],
  ["마시", undefined, "마셔"],
  ["보내", undefined, "보내"],
  ["건너", undefined, "건너"],
  ["쉬", undefined, "쉬어"],
  ["수영하", undefined, "수영해"],
  ["쓰", undefined, "써"],
  ["바쁘", undefined, "바빠"],
  ["예쁘", undefined, "예뻐"],
  ["부르", undefined, "불러"],
  ["길", undefined, "길어"],
  ["듣", "ㄷ", "들어"],
  ["걷", "ㄷ", "걸어"],
  ["무겁", "ㅂ", "무거워"],
  ["돕", "ㅂ", "도와"],
] as const)("%s (irregular: %s) becomes %s", (stem, irregular, expected) => {
  expect(toInfinitive({ stem, irregular })).toBe(expected);
});

describe("the end of a sentence", () => {
  test("has its tense at each level of politeness", () => {
    const forms = (verb: KoreanVerb) =>
      (["past", "present", "future"] as const).map((tense) =>
        (["polite", "formal", "casual"] as const).map((politeness) => say(verb, { tense, politeness })),
      );
    expect(forms({ stem: "만들" })).toEqual([
      ["만들었어요", "만들었습니다", "만들었어"],
      ["만들어요", "만듭니다", "만들어"],
      ["만들 거예요", "만들 겁니다", "만들 거야"],
    ]);
    expect(forms({ stem: "듣", irregular: "ㄷ" })).toEqual([
      ["들었어요", "들었습니다", "들었어"],
      ["들어요", "듣습니다", "들어"],
      ["들을 거예요", "들을 겁니다", "들을 거야"],
    ]);
    expect(forms({ stem: "춥", irregular: "ㅂ" })).toEqual([
      ["추웠어요", "추웠습니다", "추웠어"],
      ["추워요", "춥습니다", "추워"],
      ["추울 거예요", "추울 겁니다", "추울 거야"],
    ]);
    expect(forms({ stem: "가" }).flat()).toContain("갈 겁니다");
  });

  test("honours with 시, or with a verb of its own", () => {
    expect(say({ stem: "읽" }, { honorific: true })).toBe("읽으세요");
    expect(say({ stem: "마시" })).toBe("마셔요");
    expect(say({ stem: "팔" }, { honorific: true, politeness: "formal" })).toBe("파십니다");
    expect(say({ stem: "걷", irregular: "ㄷ" }, { honorific: true, tense: "past" })).toBe("걸으셨어요");
    expect(say({ stem: "먹", honorific: "드시" }, { honorific: true, tense: "past" })).toBe("드셨어요");
    expect(say({ stem: "자", honorific: "주무시" }, { honorific: true, tense: "future" })).toBe(
      "주무실 거예요",
    );
    expect(
      say({ stem: "먹", honorific: "드시" }, { honorific: true, negated: true, politeness: "formal" }),
    ).toBe("드시지 않습니다");
  });

  test("negates with 안, and with -지 않다 in 합니다체 and where 안 cannot stand", () => {
    expect(say({ stem: "먹" }, { negated: true })).toBe("안 먹어요");
    expect(say({ stem: "먹" }, { negated: true, politeness: "formal" })).toBe("먹지 않습니다");
    expect(say({ stem: "공부하", longNegation: true }, { negated: true, tense: "past" })).toBe(
      "공부하지 않았어요",
    );
    expect(say({ stem: "읽" }, { negated: true, honorific: true, politeness: "formal" })).toBe(
      "읽지 않으십니다",
    );
  });

  test("wants with 싶다 for oneself and 싶어 하다 for others, and can with -ㄹ 수 있다", () => {
    expect(say({ stem: "보" }, { mood: "want" })).toBe("보고 싶어요");
    expect(say({ stem: "보" }, { mood: "want", speaks: false, politeness: "formal" })).toBe(
      "보고 싶어 합니다",
    );
    expect(say({ stem: "보" }, { mood: "want", speaks: false, honorific: true })).toBe("보고 싶어 하세요");
    expect(say({ stem: "보" }, { mood: "want", negated: true })).toBe("보고 싶지 않아요");
    expect(say({ stem: "돕", irregular: "ㅂ" }, { mood: "can" })).toBe("도울 수 있어요");
    expect(say({ stem: "가" }, { mood: "can", negated: true, tense: "past" })).toBe("갈 수 없었어요");
    expect(say({ stem: "읽" }, { mood: "can", honorific: true })).toBe("읽으실 수 있어요");
  });

  test("asks", () => {
    expect(say({ stem: "가" }, { question: true, politeness: "formal", tense: "past" })).toBe("갔습니까");
    expect(say({ stem: "가" }, { question: true, politeness: "formal", tense: "future" })).toBe("갈 겁니까");
  });
});

test("clauses are joined by -고, -지만 and -아서", () => {
  const eat: KoreanVerb = { stem: "먹", honorific: "드시" };
  expect(toSequence(eat, { honorific: false })).toBe("먹고");
  expect(toSequence(eat, { honorific: true })).toBe("드시고");
  expect(toContrast(eat, { tense: "past", honorific: false })).toBe("먹었지만");
  expect(toContrast({ stem: "읽" }, { tense: "present", honorific: true })).toBe("읽으시지만");
  expect(toReason({ stem: "바쁘" }, { honorific: false })).toBe("바빠서");
  expect(toReason({ stem: "바쁘" }, { honorific: true })).toBe("바쁘셔서");
});

test("a particle takes the form that the last syllable asks for", () => {
  expect(withParticle("책", "을/를")).toBe("책을");
  expect(withParticle("사과", "을/를")).toBe("사과를");
  expect(withParticle("버스", "으로/로")).toBe("버스로");
  expect(withParticle("지하철", "으로/로")).toBe("지하철로");
  expect(withParticle("손", "으로/로")).toBe("손으로");
  expect(withParticle("수진", "과/와")).toBe("수진과");
});
