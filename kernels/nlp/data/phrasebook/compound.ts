/** Sentences of two clauses: and, but, because. */
import type { Random } from "../../random.ts";
import {
  drawAction,
  toCombinations,
  toEnglishClause,
  toKoreanComplements,
  toPerson,
  type Action,
} from "./action.ts";
import { PLACES, TIMES } from "./adverbials.ts";
import {
  conjugate,
  toContrast,
  toReason,
  toSequence,
  type KoreanVerb,
  type Mood,
  type Politeness,
  type Tense,
} from "./conjugate.ts";
import { toBe, toPredicate, toStatement } from "./english.ts";
import type { NounName } from "./nouns.ts";
import { withParticle } from "./particle.ts";
import { PERSON_NAMES, toEnglishPossessive, toTopic, type Person } from "./people.ts";
import { chance, joinWords, pick, toSentence, type Phrase } from "./phrase.ts";
import { BODY, STATES, type State } from "./qualities.ts";
import { VERB_NAMES, VERBS, type Verb, type VerbName } from "./verbs.ts";

/** 저는 어제 빵을 먹고 음악을 들었어요. I ate bread and listened to music yesterday. */
export function drawAnd(random: Random): Phrase {
  const tense = pick(random, ["past", "past", "present", "future"] as const);
  const subject = pick(random, PERSON_NAMES);
  const shared = { subject, tense, mood: "plain" as const, negated: false, bare: true };
  const first = drawAction(random, { ...shared, verb: pick(random, DAILY) });
  const others = DAILY.filter((verb) => verb !== first.verb && !hasObject(verb, first.object?.noun));
  const second: Action = {
    ...drawAction(random, { ...shared, verb: pick(random, others) }),
    time: undefined,
  };
  const time = pick(
    random,
    TIMES[tense].filter(({ early }) => !early),
  );
  const person = toPerson(subject);
  const english = joinWords(
    toStatement(toEnglishClause({ ...first, time: undefined })),
    "and",
    toPredicate(toEnglishClause(second)).replace(/^will /, ""),
    time.en,
  );
  return {
    english: toSentence(english, false),
    korean: (politeness) =>
      toSentence(
        joinWords(
          toTopic(person, politeness),
          time.ko,
          toKoreanComplements(first, politeness),
          toSequence(VERBS[first.verb].ko, { honorific: person.honorific === true }),
          toKoreanComplements(second, politeness),
          toKoreanVerb(second, politeness),
        ),
        false,
      ),
    combinations: [...toCombinations(first), ...toCombinations(second)],
  };
}

/** 저는 사과는 먹지만 배는 안 먹어요. I eat apples but don't eat pears. */
export function drawBut(random: Random): Phrase {
  const verb = pick(random, CONTRASTED);
  const tense: Tense = verb === "like" ? "present" : pick(random, ["present", "past"] as const);
  const objects: readonly NounName[] = (VERBS[verb] as Verb).objects!;
  const alike = ALIKE.map((group) => group.filter((noun) => objects.includes(noun))).filter(
    ({ length }) => length > 1,
  );
  const [one, other] = random.shuffle(pick(random, alike));
  const said: Omit<Action, "object" | "negated"> = {
    subject: pick(random, PERSON_NAMES),
    verb,
    tense,
    mood: "plain",
  };
  const first: Action = { ...said, object: { noun: one, determiner: { kind: "none" } }, negated: false };
  const second: Action = { ...said, object: { noun: other, determiner: { kind: "none" } }, negated: true };
  const person = toPerson(said.subject);
  const english = joinWords(toStatement(toEnglishClause(first)), "but", toPredicate(toEnglishClause(second)));
  return {
    english: toSentence(english, false),
    korean: (politeness) =>
      toSentence(
        joinWords(
          toTopic(person, politeness),
          toKoreanComplements(first, politeness, { particle: "은/는" }),
          toContrast(VERBS[verb].ko, { tense, honorific: person.honorific === true }),
          toKoreanComplements(second, politeness, { particle: "은/는" }),
          toKoreanVerb(second, politeness),
        ),
        false,
      ),
    combinations: [...toCombinations(first), ...toCombinations(second)],
  };
}

/** 저는 배가 아파서 학교에 갈 수 없었어요. I couldn't go to school because my stomach hurt. */
export function drawBecause(random: Random): Phrase {
  const subject = pick(random, PERSON_NAMES);
  const person = toPerson(subject);
  const reason = drawReason(random, person);
  const action = drawConsequence(random, { subject, reason });
  const time = chance(random, 0.5) ? pick(random, TIMES.past) : undefined;
  const english = joinWords(toStatement(toEnglishClause(action)), time?.en, "because", reason.english);
  return {
    english: toSentence(english, false),
    korean: (politeness) =>
      toSentence(
        joinWords(
          toTopic(person, politeness),
          time?.ko,
          reason.korean,
          toKoreanComplements(action, politeness),
          toKoreanVerb(action, politeness),
        ),
        false,
      ),
    combinations: toCombinations(action),
  };
}

interface Reason {
  readonly english: string;
  readonly korean: string;
  /** What one does for it, besides what one leaves undone. */
  readonly leadsTo: readonly VerbName[];
  readonly leavesUndone: readonly VerbName[];
  /** Whether one goes to see a doctor. */
  readonly ill: boolean;
}

const NOT_JOINED: readonly VerbName[] = ["go", "come", "sleep"];
const DAILY = VERB_NAMES.filter((name) => {
  const { lasts, tenses, people } = VERBS[name] as Verb;
  return !lasts && !tenses && !people && !NOT_JOINED.includes(name);
});
const CONTRASTED = [
  "eat",
  "drink",
  "buy",
  "sell",
  "read",
  "learn",
  "teach",
  "study",
  "playMusic",
  "playBall",
  "like",
] as const;
/** What is set against each other. */
const ALIKE: readonly (readonly NounName[])[] = [
  ["apple", "pear", "strawberry", "bread", "kimchi", "fish", "cake"],
  ["water", "milk", "coffee", "tea"],
  ["cat", "dog", "horse"],
  ["book", "newspaper", "letter"],
  ["bag", "shoes", "hat", "coat", "umbrella"],
  ["korean", "english", "math"],
  ["piano", "guitar"],
  ["soccer", "basketball"],
];
const LEFT_UNDONE: readonly VerbName[] = [
  "go",
  "come",
  "work",
  "exercise",
  "swim",
  "walk",
  "meet",
  "study",
  "clean",
  "playBall",
];
const OUTDOORS: readonly VerbName[] = ["go", "come", "exercise", "swim", "walk", "meet", "playBall"];

const WEATHER: readonly {
  readonly korean: string;
  readonly english: string;
  readonly leadsTo: readonly VerbName[];
}[] = [
  { korean: "비가 와서", english: "it rained", leadsTo: ["take", "borrow", "rest"] },
  { korean: "눈이 와서", english: "it snowed", leadsTo: ["take", "wearClothes", "photograph"] },
  { korean: "추워서", english: "it was cold", leadsTo: ["wearClothes", "drink", "rest"] },
];

/** What one drinks, takes or borrows for the weather's sake. */
const HELPFUL: { readonly [verb in VerbName]?: readonly NounName[] } = {
  drink: ["coffee", "tea"],
  take: ["bus", "subway"],
  borrow: ["umbrella"],
};

/** Only the weather where English would have to know whether he or she. */
function drawReason(random: Random, person: Person): Reason {
  if (person.pronoun === "it" || chance(random, 0.35))
    return { ...pick(random, WEATHER), leavesUndone: OUTDOORS, ill: false };
  const honorific = person.honorific === true;
  if (person.pronoun !== "we" && person.pronoun !== "they" && chance(random, 0.5)) {
    const part = pick(random, BODY);
    const owner = toEnglishPossessive(person);
    const korean = `${withParticle(part.ko, "이/가")} ${toReason({ stem: "아프" }, { honorific })}`;
    return {
      korean,
      english: `${owner} ${part.en} hurt`,
      leadsTo: ["rest", "sleep"],
      leavesUndone: LEFT_UNDONE,
      ill: true,
    };
  }
  const name = pick(random, ["busy", "tired", "hungry", "sick"] as const);
  const state: State = STATES[name];
  const { pronoun } = person;
  return {
    korean: joinWords(state.of, toReason(state.ko, { honorific })),
    english: toBe({ subject: pronoun, pronoun, rest: state.en, tense: "past" }),
    leadsTo: { busy: ["take"], tired: ["rest", "sleep"], hungry: ["eat"], sick: ["rest", "sleep"] }[
      name
    ] as VerbName[],
    leavesUndone: LEFT_UNDONE,
    ill: name === "sick",
  };
}

function drawConsequence(random: Random, given: { subject: Action["subject"]; reason: Reason }): Action {
  const { subject, reason } = given;
  const shared = { subject, tense: "past" as const, bare: true };
  if (reason.ill && chance(random, 0.2))
    return { ...shared, verb: "go", place: PLACES.hospital, mood: "plain", negated: false };
  const done = reason.leadsTo.includes("eat") || chance(random, 0.4);
  const verb = pick(random, done ? reason.leadsTo : reason.leavesUndone);
  const mood: Mood = !done && chance(random, 0.5) ? "can" : "plain";
  const action = drawAction(random, { ...shared, verb, mood, negated: !done });
  const helps = HELPFUL[verb];
  const object = helps ? { noun: pick(random, helps), determiner: { kind: "none" as const } } : action.object;
  const place = verb === "rest" || verb === "sleep" ? PLACES.home : action.place;
  return { ...action, object, place, time: undefined };
}

function hasObject(verb: VerbName, noun: NounName | undefined): boolean {
  const objects: readonly NounName[] = (VERBS[verb] as Verb).objects ?? [];
  return noun !== undefined && objects.includes(noun);
}

function toKoreanVerb(action: Action, politeness: Politeness): string {
  const verb: KoreanVerb = VERBS[action.verb].ko;
  const { honorific = false, pronoun } = toPerson(action.subject);
  return conjugate(verb, {
    ...action,
    politeness,
    question: false,
    honorific,
    speaks: pronoun === "I" || pronoun === "we",
  });
}
