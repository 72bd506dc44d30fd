import { toKoreanOwner, toEnglishOwner, type Person } from "./people.ts";
import type { Politeness } from "./conjugate.ts";

export interface Noun {
  readonly ko: string;
  readonly en: string;
  /** Default: `en` with an s. */
  readonly plural?: string;
  /** count: a book, books. mass: coffee. the: the piano. pair: shoes. Default count. */
  readonly kind?: "count" | "mass" | "the" | "pair";
  /** 책 두 권; where English counts too, its words for one and for more: two cups of coffee. Default: it is not counted. */
  readonly counter?: string;
  readonly measure?: readonly [one: string, more: string];
}

export const NOUNS = {
  apple: { ko: "사과", en: "apple", counter: "개" },
  pear: { ko: "배", en: "pear", counter: "개" },
  strawberry: { ko: "딸기", en: "strawberry", plural: "strawberries", counter: "개" },
  bread: { ko: "빵", en: "bread", kind: "mass" },
  kimchi: { ko: "김치", en: "kimchi", kind: "mass" },
  fish: { ko: "생선", en: "fish", kind: "mass" },
  cake: { ko: "케이크", en: "cake", counter: "개" },
  water: { ko: "물", en: "water", kind: "mass", counter: "잔", measure: ["glass", "glasses"] },
  milk: { ko: "우유", en: "milk", kind: "mass", counter: "잔", measure: ["glass", "glasses"] },
  coffee: { ko: "커피", en: "coffee", kind: "mass", counter: "잔", measure: ["cup", "cups"] },
  tea: { ko: "차", en: "tea", kind: "mass", counter: "잔", measure: ["cup", "cups"] },
  book: { ko: "책", en: "book", counter: "권" },
  newspaper: { ko: "신문", en: "newspaper" },
  letter: { ko: "편지", en: "letter", counter: "통" },
  hat: { ko: "모자", en: "hat", counter: "개" },
  coat: { ko: "코트", en: "coat", counter: "벌" },
  shoes: { ko: "신발", en: "shoes", kind: "pair", counter: "켤레", measure: ["pair", "pairs"] },
  bag: { ko: "가방", en: "bag", counter: "개" },
  umbrella: { ko: "우산", en: "umbrella", counter: "개" },
  key: { ko: "열쇠", en: "key", counter: "개" },
  wallet: { ko: "지갑", en: "wallet", counter: "개" },
  flower: { ko: "꽃", en: "flower", counter: "송이" },
  gift: { ko: "선물", en: "gift", counter: "개" },
  picture: { ko: "사진", en: "picture", counter: "장" },
  chair: { ko: "의자", en: "chair", counter: "개" },
  cat: { ko: "고양이", en: "cat", counter: "마리" },
  dog: { ko: "개", en: "dog", counter: "마리" },
  horse: { ko: "말", en: "horse", counter: "마리" },
  tree: { ko: "나무", en: "tree", counter: "그루" },
  movie: { ko: "영화", en: "movie", counter: "편" },
  television: { ko: "텔레비전", en: "television", kind: "mass" },
  news: { ko: "뉴스", en: "news", kind: "the" },
  music: { ko: "음악", en: "music", kind: "mass" },
  song: { ko: "노래", en: "song", counter: "곡" },
  korean: { ko: "한국어", en: "Korean", kind: "mass" },
  english: { ko: "영어", en: "English", kind: "mass" },
  math: { ko: "수학", en: "math", kind: "mass" },
  piano: { ko: "피아노", en: "piano", kind: "the" },
  guitar: { ko: "기타", en: "guitar", kind: "the" },
  soccer: { ko: "축구", en: "soccer", kind: "mass" },
  basketball: { ko: "농구", en: "basketball", kind: "mass" },
  tennis: { ko: "테니스", en: "tennis", kind: "mass" },
  bus: { ko: "버스", en: "bus", kind: "the" },
  subway: { ko: "지하철", en: "subway", kind: "the" },
  train: { ko: "기차", en: "train", kind: "the" },
  boat: { ko: "배", en: "boat", counter: "척" },
  car: { ko: "차", en: "car", counter: "대" },
  bicycle: { ko: "자전거", en: "bicycle", counter: "대" },
  computer: { ko: "컴퓨터", en: "computer", counter: "대" },
  door: { ko: "문", en: "door", kind: "the" },
  window: { ko: "창문", en: "window", kind: "the" },
  room: { ko: "방", en: "room", kind: "the" },
  kitchen: { ko: "부엌", en: "kitchen", kind: "the" },
  bridge: { ko: "다리", en: "bridge", kind: "the" },
  street: { ko: "길", en: "street", kind: "the" },
} satisfies Record<string, Noun>;

export type NounName = keyof typeof NOUNS;

/** Which one, how many, or whose. */
export type Determiner =
  | { readonly kind: "none" | "this" | "that" }
  | { readonly kind: "number"; readonly count: number }
  | { readonly kind: "owner"; readonly owner: Person };

const KOREAN_NUMBERS = ["", "한", "두", "세", "네", "다섯"];
const ENGLISH_NUMBERS = ["", "one", "two", "three", "four", "five"];

export const MOST_COUNTED = KOREAN_NUMBERS.length - 1;

/** 책, 이 책, 제 책, 책 두 권: ready for a particle. */
export function toKoreanNoun(noun: Noun, determiner: Determiner, politeness: Politeness): string {
  if (determiner.kind === "number") return `${noun.ko} ${KOREAN_NUMBERS[determiner.count]} ${noun.counter}`;
  if (determiner.kind === "owner") return `${toKoreanOwner(determiner.owner, politeness)} ${noun.ko}`;
  return determiner.kind === "none" ? noun.ko : `${determiner.kind === "this" ? "이" : "그"} ${noun.ko}`;
}

/** a book, books (generic), this book, my book, two books, two cups of coffee, these shoes. */
export function toEnglishNoun(noun: Noun, determiner: Determiner, options: { generic: boolean }): string {
  const { en, kind = "count", plural = `${noun.en}s` } = noun;
  if (determiner.kind === "number") {
    const { count } = determiner;
    const number = ENGLISH_NUMBERS[count];
    if (noun.measure) return `${number} ${noun.measure[count === 1 ? 0 : 1]} of ${en}`;
    return `${number} ${count === 1 ? en : plural}`;
  }
  if (determiner.kind === "owner") return `${toEnglishOwner(determiner.owner)} ${en}`;
  if (determiner.kind === "this") return `${kind === "pair" ? "these" : "this"} ${en}`;
  if (determiner.kind === "that") return `${kind === "pair" ? "those" : "that"} ${en}`;
  if (kind === "the") return `the ${en}`;
  if (kind === "mass" || kind === "pair") return en;
  return options.generic ? plural : `${/^[aeiou]/.test(en) ? "an" : "a"} ${en}`;
}

/** Whether English speaks of it in the plural. */
export function isPlural(noun: Noun, determiner: Determiner): boolean {
  if (determiner.kind === "number") return determiner.count > 1;
  return noun.kind === "pair";
}
