import type { KoreanVerb } from "./conjugate.ts";
import type { NounName } from "./nouns.ts";

export interface Quality {
  readonly ko: KoreanVerb;
  readonly en: string;
  readonly nouns: readonly NounName[];
}

const FOOD = ["apple", "pear", "bread", "kimchi", "cake", "coffee", "tea"] as const;
const THINGS = ["bag", "hat", "coat", "umbrella", "chair", "shoes"] as const;

/** What things are like. */
export const QUALITIES = {
  big: { ko: { stem: "크" }, en: "big", nouns: [...THINGS, "apple", "pear", "dog", "cat", "tree"] },
  small: { ko: { stem: "작" }, en: "small", nouns: [...THINGS, "apple", "pear", "dog", "cat"] },
  pretty: {
    ko: { stem: "예쁘" },
    en: "pretty",
    nouns: ["bag", "hat", "coat", "shoes", "flower", "picture", "cat"],
  },
  expensive: {
    ko: { stem: "비싸" },
    en: "expensive",
    nouns: [...FOOD, ...THINGS, "book", "bicycle", "computer"],
  },
  heavy: {
    ko: { stem: "무겁", irregular: "ㅂ" },
    en: "heavy",
    nouns: ["bag", "book", "chair", "computer", "bicycle", "coat"],
  },
  delicious: { ko: { stem: "맛있" }, en: "delicious", nouns: FOOD },
  interesting: {
    ko: { stem: "재미있" },
    en: "interesting",
    nouns: ["book", "movie", "letter", "picture", "song"],
  },
  good: {
    ko: { stem: "좋" },
    en: "good",
    nouns: ["book", "movie", "song", "bag", "computer", "picture", "bicycle"],
  },
  long: { ko: { stem: "길" }, en: "long", nouns: ["movie", "letter", "book", "song", "coat"] },
} satisfies Record<string, Quality>;

export type QualityName = keyof typeof QUALITIES;
export const QUALITY_NAMES = Object.keys(QUALITIES) as QualityName[];

export interface State {
  readonly ko: KoreanVerb;
  /** What comes before it: 배가 고프다. */
  readonly of?: string;
  readonly en: string;
}

/** How people are. */
export const STATES = {
  busy: { ko: { stem: "바쁘" }, en: "busy" },
  tired: { ko: { stem: "피곤하" }, en: "tired" },
  hungry: { ko: { stem: "고프" }, of: "배가", en: "hungry" },
  sick: { ko: { stem: "아프" }, en: "sick" },
  happy: { ko: { stem: "행복하", longNegation: true }, en: "happy" },
  sad: { ko: { stem: "슬프" }, en: "sad" },
} satisfies Record<string, State>;

export type StateName = keyof typeof STATES;
export const STATE_NAMES = Object.keys(STATES) as StateName[];

/** What hurts: 배 is also a pear and a boat, 눈 also snow, 다리 also a bridge. */
export const BODY = [
  { ko: "배", en: "stomach", many: false },
  { ko: "눈", en: "eyes", many: true },
  { ko: "다리", en: "legs", many: true },
  { ko: "머리", en: "head", many: false },
] as const;
