/** The verbs, one table: it is longer than a file should be, and read by looking up one word. */
import type { KoreanVerb, Tense } from "./conjugate.ts";
import type { NounName } from "./nouns.ts";
import type { PlaceName } from "./adverbials.ts";

export interface Verb {
  readonly ko: KoreanVerb;
  /** Base form and past; then the word that the object needs: listen to. */
  readonly en: readonly [base: string, past: string, before?: string];
  readonly objects?: readonly NounName[];
  /** Its object is a person. */
  readonly people?: boolean;
  readonly places?: readonly PlaceName[];
  /** Default all three. */
  readonly tenses?: readonly Tense[];
  /** The object may be counted; may be this or that; may be somebody's. Default false. */
  readonly counts?: boolean;
  readonly points?: boolean;
  readonly owns?: boolean;
  /** A habit is of one: wears a hat every day. Default: of many, eats apples. */
  readonly single?: boolean;
  /** Nobody wants to, or can. Default false. */
  readonly unwilled?: boolean;
  /** A lasting state: no time, place or company is named. Default false. */
  readonly lasts?: boolean;
  /** Not done in company. Default false. */
  readonly alone?: boolean;
}

const FRUIT = ["apple", "pear", "strawberry"] as const;
const FOOD = [...FRUIT, "bread", "kimchi", "fish", "cake"] as const;
const THINGS = ["shoes", "bag", "umbrella", "flower", "chair", "bicycle"] as const;
const ANIMALS = ["cat", "dog", "horse"] as const;
const LANGUAGES = ["korean", "english", "math"] as const;
const EVERYWHERE = ["home", "school", "library", "park"] as const;

export const VERBS = {
  eat: {
    ko: { stem: "먹", honorific: "드시" },
    en: ["eat", "ate"],
    objects: FOOD,
    places: ["home", "school", "park", "restaurant", "kitchen"],
    counts: true,
    points: true,
  },
  drink: {
    ko: { stem: "마시", honorific: "드시" },
    en: ["drink", "drank"],
    objects: ["water", "milk", "coffee", "tea"],
    places: ["home", "school", "park", "restaurant", "office"],
    counts: true,
  },
  buy: {
    ko: { stem: "사" },
    en: ["buy", "bought"],
    objects: [
      ...FRUIT,
      ...THINGS,
      "bread",
      "fish",
      "cake",
      "coffee",
      "milk",
      "book",
      "newspaper",
      "hat",
      "coat",
    ],
    places: ["market", "seoul", "busan"],
    counts: true,
    points: true,
  },
  sell: {
    ko: { stem: "팔" },
    en: ["sell", "sold"],
    objects: [...FRUIT, "bread", "fish", "book", "bag", "flower", "shoes"],
    places: ["market", "seoul", "busan"],
    counts: true,
  },
  make: {
    ko: { stem: "만들" },
    en: ["make", "made"],
    objects: ["bread", "kimchi", "cake", "chair", "bag", "hat", "movie"],
    places: ["home", "school"],
    counts: true,
  },
  read: {
    ko: { stem: "읽" },
    en: ["read", "read"],
    objects: ["book", "newspaper", "letter"],
    places: [...EVERYWHERE, "room"],
    counts: true,
    points: true,
    owns: true,
  },
  write: {
    ko: { stem: "쓰" },
    en: ["write", "wrote"],
    objects: ["book", "letter", "song"],
    places: [...EVERYWHERE, "room"],
    counts: true,
    points: true,
    alone: true,
  },
  wearHat: {
    ko: { stem: "쓰" },
    en: ["wear", "wore"],
    objects: ["hat"],
    points: true,
    single: true,
    owns: true,
  },
  wearClothes: {
    ko: { stem: "입" },
    en: ["wear", "wore"],
    objects: ["coat"],
    points: true,
    single: true,
    owns: true,
  },
  wearShoes: {
    ko: { stem: "신" },
    en: ["wear", "wore"],
    objects: ["shoes"],
    points: true,
    tenses: ["past", "future"],
    owns: true,
  },
  use: {
    ko: { stem: "쓰" },
    en: ["use", "used"],
    objects: ["computer", "umbrella"],
    points: true,
    single: true,
    owns: true,
  },
  watch: {
    ko: { stem: "보" },
    en: ["watch", "watched"],
    objects: ["movie", "television", "news"],
    places: ["home", "school", "room"],
    points: true,
  },
  listen: {
    ko: { stem: "듣", irregular: "ㄷ" },
    en: ["listen", "listened", "to"],
    objects: ["music", "song", "news"],
    places: [...EVERYWHERE, "room"],
    points: true,
    owns: true,
  },
  sing: {
    ko: { stem: "부르" },
    en: ["sing", "sang"],
    objects: ["song"],
    places: ["home", "school", "park"],
    points: true,
  },
  learn: {
    ko: { stem: "배우" },
    en: ["learn", "learned"],
    objects: [...LANGUAGES, "piano", "guitar", "tennis"],
    places: ["home", "school", "seoul"],
  },
  teach: {
    ko: { stem: "가르치" },
    en: ["teach", "taught"],
    objects: [...LANGUAGES, "piano", "guitar", "tennis"],
    places: ["school", "seoul", "busan"],
  },
  study: {
    ko: { stem: "공부하", longNegation: true },
    en: ["study", "studied"],
    objects: LANGUAGES,
    places: ["home", "school", "library", "room"],
  },
  playMusic: {
    ko: { stem: "치" },
    en: ["play", "played"],
    objects: ["piano", "guitar"],
    places: ["home", "school", "room"],
  },
  playTennis: { ko: { stem: "치" }, en: ["play", "played"], objects: ["tennis"], places: ["school", "park"] },
  playBall: {
    ko: { stem: "하" },
    en: ["play", "played"],
    objects: ["soccer", "basketball"],
    places: ["school", "park"],
  },
  take: {
    ko: { stem: "타" },
    en: ["take", "took"],
    objects: ["bus", "subway", "train", "boat"],
    single: true,
  },
  ride: {
    ko: { stem: "타" },
    en: ["ride", "rode"],
    objects: ["bicycle", "horse"],
    places: ["park", "busan"],
    points: true,
    single: true,
    owns: true,
  },
  draw: {
    ko: { stem: "그리" },
    en: ["draw", "drew"],
    objects: [...ANIMALS, "flower", "tree"],
    places: ["home", "school", "park", "room"],
    counts: true,
  },
  photograph: {
    ko: { stem: "찍" },
    en: ["take", "took"],
    objects: ["picture"],
    places: ["park", "beach", "seoul", "busan"],
    counts: true,
  },
  send: {
    ko: { stem: "보내" },
    en: ["send", "sent"],
    objects: ["letter", "gift", "picture", "flower"],
    counts: true,
    points: true,
  },
  receive: {
    ko: { stem: "받" },
    en: ["receive", "received"],
    objects: ["letter", "gift", "picture", "flower"],
    counts: true,
    unwilled: true,
  },
  borrow: {
    ko: { stem: "빌리" },
    en: ["borrow", "borrowed"],
    objects: ["book", "umbrella", "bicycle", "computer", "chair"],
    places: ["school", "library"],
    counts: true,
    points: true,
    owns: true,
  },
  lookFor: {
    ko: { stem: "찾" },
    en: ["look", "looked", "for"],
    objects: ["key", "wallet", "bag", "umbrella", "cat", "dog"],
    places: ["home", "park", "school", "room"],
    tenses: ["past"],
    points: true,
    unwilled: true,
    owns: true,
  },
  lose: {
    ko: { stem: "잃어버리" },
    en: ["lose", "lost"],
    objects: ["key", "wallet", "bag", "umbrella", "hat"],
    places: ["school", "park", "market", "seoul"],
    tenses: ["past"],
    points: true,
    unwilled: true,
  },
  open: {
    ko: { stem: "열" },
    en: ["open", "opened"],
    objects: ["door", "window", "bag"],
    tenses: ["past", "future"],
    single: true,
  },
  close: {
    ko: { stem: "닫" },
    en: ["close", "closed"],
    objects: ["door", "window", "bag"],
    tenses: ["past", "future"],
    single: true,
  },
  clean: {
    ko: { stem: "청소하", longNegation: true },
    en: ["clean", "cleaned"],
    objects: ["room", "kitchen", "street"],
  },
  cross: { ko: { stem: "건너" }, en: ["cross", "crossed"], objects: ["bridge", "street"] },
  like: {
    ko: { stem: "좋아하" },
    en: ["like", "liked"],
    objects: [
      ...FRUIT,
      ...ANIMALS,
      "kimchi",
      "cake",
      "coffee",
      "milk",
      "flower",
      "movie",
      "music",
      "math",
      "soccer",
    ],
    tenses: ["present"],
    points: true,
    unwilled: true,
    lasts: true,
    owns: true,
  },
  meet: {
    ko: { stem: "만나" },
    en: ["meet", "met"],
    people: true,
    places: ["school", "park", "library", "restaurant", "seoul", "busan"],
  },
  waitFor: {
    ko: { stem: "기다리" },
    en: ["wait", "waited", "for"],
    people: true,
    places: ["home", "school", "park", "restaurant"],
  },
  help: {
    ko: { stem: "돕", irregular: "ㅂ" },
    en: ["help", "helped"],
    people: true,
    places: ["home", "school", "kitchen", "market"],
  },
  sleep: {
    ko: { stem: "자", honorific: "주무시" },
    en: ["sleep", "slept"],
    places: ["home", "room"],
    alone: true,
  },
  rest: { ko: { stem: "쉬" }, en: ["rest", "rested"], places: ["home", "park", "room", "beach"] },
  work: {
    ko: { stem: "일하", longNegation: true },
    en: ["work", "worked"],
    places: ["office", "hospital", "restaurant", "market", "seoul"],
  },
  swim: { ko: { stem: "수영하", longNegation: true }, en: ["swim", "swam"], places: ["beach", "busan"] },
  walk: { ko: { stem: "걷", irregular: "ㄷ" }, en: ["walk", "walked"], places: ["park"] },
  exercise: {
    ko: { stem: "운동하", longNegation: true },
    en: ["exercise", "exercised"],
    places: ["home", "school", "park"],
  },
  go: { ko: { stem: "가" }, en: ["go", "went"] },
  come: { ko: { stem: "오" }, en: ["come", "came"] },
} satisfies Record<string, Verb>;

export type VerbName = keyof typeof VERBS;
export const VERB_NAMES = Object.keys(VERBS) as VerbName[];

/** Those that lead somewhere. */
export function isMotion(name: VerbName): boolean {
  return name === "go" || name === "come";
}
