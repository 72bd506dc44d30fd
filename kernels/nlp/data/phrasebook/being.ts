/** What is there, whose it is, what it is like, how somebody is, and the weather. */
import type { Random } from "../../random.ts";
import { PLACES, type Time } from "./adverbials.ts";
import { conjugate, type KoreanVerb, type Politeness, type Tense } from "./conjugate.ts";
import { isThirdPerson, toBe, toQuestion, toStatement, type EnglishClause } from "./english.ts";
import { combination } from "./held-out.ts";
import {
  isPlural,
  MOST_COUNTED,
  NOUNS,
  toEnglishNoun,
  toKoreanNoun,
  type Determiner,
  type Noun,
  type NounName,
} from "./nouns.ts";
import { withParticle } from "./particle.ts";
import { PEOPLE, PERSON_NAMES, toEnglishOwner, toTopic, YOU, type Person } from "./people.ts";
import { chance, joinWords, pick, toSentence, type Phrase } from "./phrase.ts";
import { BODY, QUALITIES, QUALITY_NAMES, STATE_NAMES, STATES, type State } from "./qualities.ts";

interface Manner {
  readonly tense: Tense;
  readonly negated: boolean;
  readonly question: boolean;
}

/** 책상 위에 사과 두 개가 있어요. There are two apples on the desk. */
export function drawThere(random: Random): Phrase {
  const { ko, en, nouns } = pick(random, WHERE);
  const noun: Noun = NOUNS[pick(random, nouns as readonly NounName[])];
  const manner = drawManner(random, ["present", "present", "past"]);
  const determiner = drawNumber(random, noun, manner.negated);
  const many = isPlural(noun, determiner);
  const what = toEnglishNoun(noun, determiner, { generic: false }).replace(
    /^an? /,
    manner.negated ? "" : "$&",
  );
  const english = toBe({
    ...manner,
    negated: false,
    subject: "there",
    pronoun: many ? "they" : "it",
    rest: `${manner.negated ? "no " : ""}${what} ${en}`,
  });
  return toBeingPhrase(english, manner, {
    korean: (politeness) => `${ko} ${withParticle(toKoreanNoun(noun, determiner, politeness), "이/가")}`,
    verb: { stem: manner.negated ? "없" : "있" },
  });
}

/** 민수는 고양이 두 마리가 있어요. Minsu has two cats. */
export function drawHaving(random: Random): Phrase {
  const noun: Noun = NOUNS[pick(random, OWNED)];
  const manner = drawManner(random, ["present", "present", "past"]);
  const person = drawPerson(random, manner.question);
  const determiner = drawNumber(random, noun, manner.negated);
  const clause: EnglishClause = {
    subject: person.en,
    pronoun: person.pronoun,
    verb: ["have", "had"],
    rest: toEnglishNoun(noun, determiner, { generic: false }),
    ...manner,
  };
  return toBeingPhrase(manner.question ? toQuestion(clause) : toStatement(clause), manner, {
    korean: (politeness) =>
      joinWords(
        toTopic(person, politeness),
        withParticle(toKoreanNoun(noun, determiner, politeness), "이/가"),
      ),
    verb: { stem: manner.negated ? "없" : "있" },
    person,
  });
}

/** 이 가방은 무거워요. This bag is heavy. */
export function drawQuality(random: Random): Phrase {
  const name = pick(random, QUALITY_NAMES);
  const { ko, en, nouns } = QUALITIES[name];
  const nounName: NounName = pick(random, nouns as readonly NounName[]);
  const noun: Noun = NOUNS[nounName];
  const manner = drawManner(random, ["present", "present", "past"]);
  const kind = pick(random, ["this", "that", "owner"] as const);
  const owners = PERSON_NAMES.filter((owner) => owner !== "we");
  const determiner: Determiner = kind === "owner" ? { kind, owner: PEOPLE[pick(random, owners)] } : { kind };
  const subject = toEnglishNoun(noun, determiner, { generic: false });
  const english = toBe({ ...manner, subject, pronoun: isPlural(noun, determiner) ? "they" : "it", rest: en });
  return toBeingPhrase(english, manner, {
    korean: (politeness) => withParticle(toKoreanNoun(noun, determiner, politeness), "은/는"),
    verb: ko,
    negatesVerb: true,
    combinations: [combination(name, nounName)],
  });
}

/** 할머니는 지금 피곤하세요. Grandma is tired now. */
export function drawState(random: Random): Phrase {
  const state: State = STATES[pick(random, STATE_NAMES)];
  const manner = drawManner(random, ["present", "past"]);
  const person = drawPerson(random, manner.question);
  const time = pick(random, MOMENTS[manner.tense === "past" ? "past" : "present"]);
  const english = toBe({
    ...manner,
    subject: person.en,
    pronoun: person.pronoun,
    rest: joinWords(state.en, time.en),
  });
  return toBeingPhrase(english, manner, {
    korean: (politeness) => joinWords(toTopic(person, politeness), time.ko, state.of),
    verb: state.ko,
    negatesVerb: true,
    person,
  });
}

/** 저는 어제 배가 아팠어요. My stomach hurt yesterday. */
export function drawPain(random: Random): Phrase {
  const part = pick(random, BODY);
  const manner = drawManner(random, ["present", "past"]);
  const person = manner.question && chance(random, 0.5) ? YOU : PEOPLE[pick(random, SINGLE)];
  const time = pick(random, MOMENTS[manner.tense === "past" ? "past" : "present"]);
  const clause: EnglishClause = {
    subject: `${toEnglishOwner(person)} ${part.en}`,
    pronoun: part.many ? "they" : "it",
    verb: ["hurt", "hurt"],
    rest: time.en,
    ...manner,
  };
  return toBeingPhrase(manner.question ? toQuestion(clause) : toStatement(clause), manner, {
    korean: (politeness) => joinWords(toTopic(person, politeness), time.ko, withParticle(part.ko, "이/가")),
    verb: { stem: "아프" },
    negatesVerb: true,
    person,
  });
}

/** 지나는 눈이 예뻐요. Jina has pretty eyes. */
export function drawLooks(random: Random): Phrase {
  const { ko, en, verb } = pick(random, LOOKS);
  const person = PEOPLE[pick(random, LOOKED_AT)];
  const english = `${person.en} ${isThirdPerson(person.pronoun) ? "has" : "have"} ${en}`;
  return toBeingPhrase(
    english,
    { tense: "present", negated: false, question: false },
    {
      korean: (politeness) => joinWords(toTopic(person, politeness), ko),
      verb,
      person,
    },
  );
}

/** 내일 부산에 눈이 올 거예요. It will snow in Busan tomorrow. */
export function drawWeather(random: Random): Phrase {
  const manner = drawManner(random, ["past", "future"]);
  const time = pick(random, manner.tense === "past" ? WEATHER_PAST : WEATHER_FUTURE);
  const place = pick(random, [PLACES.seoul, PLACES.busan, undefined, undefined]);
  const rest = joinWords(place?.at, time.en);
  if (chance(random, 0.4)) {
    const { ko, en } = pick(random, TEMPERATURES);
    return toBeingPhrase(
      toBe({ ...manner, subject: "it", pronoun: "it", rest: joinWords(en, rest) }),
      manner,
      {
        korean: () => joinWords(time.ko, place && withParticle(place.ko, "은/는")),
        verb: ko,
        negatesVerb: true,
      },
    );
  }
  const { ko, en } = pick(random, FALLS);
  const clause: EnglishClause = { subject: "it", pronoun: "it", verb: en, rest, ...manner };
  return toBeingPhrase(manner.question ? toQuestion(clause) : toStatement(clause), manner, {
    korean: () => joinWords(time.ko, place && `${place.ko}에`, withParticle(ko, "이/가")),
    verb: { stem: "오" },
    negatesVerb: true,
  });
}

const WHERE: readonly { readonly ko: string; readonly en: string; readonly nouns: readonly NounName[] }[] = [
  {
    ko: "책상 위에",
    en: "on the desk",
    nouns: ["apple", "pear", "book", "letter", "key", "wallet", "hat", "picture", "cat", "flower", "gift"],
  },
  {
    ko: "가방 안에",
    en: "in the bag",
    nouns: ["apple", "pear", "book", "letter", "key", "wallet", "umbrella", "hat", "picture"],
  },
  {
    ko: "방에",
    en: "in the room",
    nouns: ["cat", "dog", "chair", "computer", "bag", "book", "flower", "umbrella"],
  },
  { ko: "공원에", en: "in the park", nouns: ["cat", "dog", "horse", "tree", "bicycle", "chair", "flower"] },
  { ko: "바다에", en: "on the sea", nouns: ["boat"] },
];

const SINGLE = PERSON_NAMES.filter((name) => name !== "we" && name !== "children");
const LOOKED_AT = SINGLE.filter((name) => !("honorific" in PEOPLE[name]));

const OWNED = [
  "cat",
  "dog",
  "horse",
  "bicycle",
  "computer",
  "umbrella",
  "bag",
  "hat",
  "key",
  "book",
] as const;

const MOMENTS: Readonly<Record<"past" | "present", readonly Time[]>> = {
  past: [
    { ko: "어제", en: "yesterday" },
    { ko: "오늘 아침에", en: "this morning" },
  ],
  present: [
    { ko: "지금", en: "now" },
    { ko: "오늘", en: "today" },
    { ko: "", en: "" },
  ],
};

const WEATHER_PAST: readonly Time[] = [
  { ko: "어제", en: "yesterday" },
  { ko: "지난주에", en: "last week" },
  { ko: "오늘 아침에", en: "this morning" },
];

const WEATHER_FUTURE: readonly Time[] = [
  { ko: "내일", en: "tomorrow" },
  { ko: "다음 주에", en: "next week" },
  { ko: "오늘 저녁에", en: "this evening" },
];

const LOOKS: readonly { readonly ko: string; readonly en: string; readonly verb: KoreanVerb }[] = [
  { ko: "눈이", en: "pretty eyes", verb: { stem: "예쁘" } },
  { ko: "눈이", en: "big eyes", verb: { stem: "크" } },
  { ko: "다리가", en: "long legs", verb: { stem: "길" } },
];

const TEMPERATURES: readonly { readonly ko: KoreanVerb; readonly en: string }[] = [
  { ko: { stem: "춥", irregular: "ㅂ" }, en: "cold" },
  { ko: { stem: "덥", irregular: "ㅂ" }, en: "hot" },
];

const FALLS: readonly { readonly ko: string; readonly en: readonly [string, string] }[] = [
  { ko: "비", en: ["rain", "rained"] },
  { ko: "눈", en: ["snow", "snowed"] },
];

function drawManner(random: Random, tenses: readonly Tense[]): Manner {
  const question = chance(random, 0.2);
  return { tense: pick(random, tenses), question, negated: !question && chance(random, 0.2) };
}

function drawPerson(random: Random, question: boolean): Person {
  const person = PEOPLE[pick(random, PERSON_NAMES)];
  return question && (person.pronoun === "I" || chance(random, 0.5)) ? YOU : person;
}

function drawNumber(random: Random, noun: Noun, negated: boolean): Determiner {
  if (negated || !noun.counter || chance(random, 0.5)) return { kind: "none" };
  return { kind: "number", count: 1 + random.integer(MOST_COUNTED) };
}

interface Said {
  readonly korean: (politeness: Politeness) => string;
  readonly verb: KoreanVerb;
  /** 있다 has 없다 for its negation; others take 안 or -지 않다. Default false. */
  readonly negatesVerb?: boolean;
  readonly person?: Person;
  readonly combinations?: readonly string[];
}

function toBeingPhrase(english: string, manner: Manner, said: Said): Phrase {
  const { korean, verb, negatesVerb = false, person, combinations = [] } = said;
  const honorific = person?.honorific === true;
  return {
    english: toSentence(english, manner.question),
    korean: (politeness) => {
      const form = { ...manner, mood: "plain" as const, politeness, honorific, speaks: false };
      const end = conjugate(verb, { ...form, negated: negatesVerb && manner.negated });
      return toSentence(joinWords(korean(politeness), end), manner.question);
    },
    combinations,
  };
}
