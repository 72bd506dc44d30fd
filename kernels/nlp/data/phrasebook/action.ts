/** Somebody does something: the frame of most sentences. An action is drawn first and said afterwards. */
import type { Random } from "../../random.ts";
import { PLACES, TIMES, VEHICLES, type Place, type PlaceName, type Time } from "./adverbials.ts";
import { conjugate, type Mood, type Politeness, type Tense } from "./conjugate.ts";
import { toPredicate, toQuestion, toStatement, type EnglishClause } from "./english.ts";
import { combination } from "./held-out.ts";
import {
  MOST_COUNTED,
  NOUNS,
  toEnglishNoun,
  toKoreanNoun,
  type Determiner,
  type Noun,
  type NounName,
} from "./nouns.ts";
import { withParticle, type Particle } from "./particle.ts";
import {
  OTHERS,
  PEOPLE,
  PERSON_NAMES,
  toName,
  toTopic,
  YOU,
  type Person,
  type PersonName,
} from "./people.ts";
import { chance, joinWords, pick, toSentence, type Phrase } from "./phrase.ts";
import { isMotion, VERB_NAMES, VERBS, type Verb, type VerbName } from "./verbs.ts";

export interface Action {
  readonly subject: PersonName | "you";
  readonly verb: VerbName;
  readonly object?: { readonly noun: NounName; readonly determiner: Determiner };
  readonly person?: PersonName;
  readonly place?: Place;
  readonly vehicle?: Noun;
  readonly company?: Person;
  readonly time?: Time;
  readonly tense: Tense;
  readonly mood: Mood;
  readonly negated: boolean;
}

type Asked = "whether" | "who" | "what" | "where" | "when";

/** A statement, or a question: about the hearer mostly, whether or who, what, where, when. */
export function drawActionPhrase(random: Random): Phrase {
  const kind = random.uniform();
  if (kind < 0.7) return toPhrase(drawAction(random, {}));
  const subject = chance(random, 0.6) ? "you" : pick(random, PERSON_NAMES);
  const action = drawAction(random, { subject: subject === "i" ? "you" : subject, asked: true });
  if (kind < 0.84) return toPhrase(action, "whether");
  const plain: Action = { ...action, negated: false };
  const verb: Verb = VERBS[action.verb];
  const asked: Asked[] = ["who"];
  // 무엇을 쳤어요? leaves open whether it is played or hit.
  if ((verb.objects?.length ?? 0) > 2 && !verb.single && !action.company) asked.push("what", "what");
  if (verb.tenses === undefined && (isMotion(action.verb) || action.place)) asked.push("where", "where");
  if (plain.tense !== "present" && plain.mood === "plain") asked.push("when");
  return toPhrase(plain, pick(random, asked));
}

interface DrawActionOptions {
  readonly subject?: Action["subject"];
  readonly verb?: VerbName;
  readonly tense?: Tense;
  readonly mood?: Mood;
  readonly negated?: boolean;
  readonly asked?: boolean;
  /** Without place, company and vehicle, for longer sentences. */
  readonly bare?: boolean;
}

export function drawAction(random: Random, options: DrawActionOptions): Action {
  const { subject = pick(random, PERSON_NAMES), asked = false, bare = false } = options;
  const verbName = options.verb ?? pick(random, VERB_NAMES);
  const verb: Verb = VERBS[verbName];
  const mood = options.mood ?? (verb.unwilled || verb.lasts ? "plain" : pick(random, MOODS));
  const negated = options.negated ?? chance(random, asked ? 0 : 0.2);
  const tense = options.tense ?? drawTense(random, { verb, mood, negated });

  const habit = tense === "present" && mood === "plain" && !verb.lasts;
  const timed = verb.lasts
    ? 0
    : habit
      ? negated
        ? 0
        : 1
      : mood !== "plain" && tense === "present"
        ? 0.3
        : 0.6;
  const time = chance(random, timed)
    ? pick(random, TIMES[habit || tense !== "present" ? tense : "future"])
    : undefined;
  const place = !bare && verb.places && chance(random, 0.4) ? pick(random, verb.places) : undefined;
  const others = OTHERS.filter((name) => name !== subject);
  const person = verb.people ? pick(random, others) : undefined;
  const object = verb.objects && drawObject(random, { verb, subject, habit });
  // "아빠와 엄마의 노래" would be a song of both.
  const social = !bare && (verb.places || isMotion(verbName)) && !verb.alone && !verb.unwilled && !person;
  const accompanied = social && object?.determiner.kind !== "owner" && chance(random, 0.15);
  const goal = isMotion(verbName) ? pick(random, GOALS) : undefined;
  return {
    subject,
    verb: verbName,
    object,
    person,
    place: goal ? PLACES[goal] : place && PLACES[place],
    vehicle: !bare && goal && chance(random, 0.4) ? NOUNS[pick(random, VEHICLES)] : undefined,
    company: accompanied ? PEOPLE[pick(random, others)] : undefined,
    time,
    tense,
    mood,
    negated,
  };
}

const MOODS: readonly Mood[] = ["plain", "plain", "plain", "plain", "plain", "plain", "want", "can"];
const GOALS = (Object.keys(PLACES) as PlaceName[]).filter((name) => "to" in PLACES[name]);

function drawTense(random: Random, given: { verb: Verb; mood: Mood; negated: boolean }): Tense {
  const { verb, mood, negated } = given;
  // 갈 수 없었어요 is said of one time, 갈 수 있었어요 hardly.
  if (mood === "can") return negated && chance(random, 0.4) ? "past" : "present";
  if (mood === "want") return chance(random, 0.2) ? "past" : "present";
  return pick(random, verb.tenses ?? (["past", "past", "present", "future"] as const));
}

function drawObject(
  random: Random,
  { verb, subject, habit }: { verb: Verb; subject: Action["subject"]; habit: boolean },
): Action["object"] {
  const name = pick(random, verb.objects!);
  const noun: Noun = NOUNS[name];
  if (verb.counts && noun.counter && chance(random, 0.3))
    return { noun: name, determiner: { kind: "number", count: 1 + random.integer(MOST_COUNTED) } };
  const own = noun.kind === undefined || noun.kind === "count" || noun.kind === "pair";
  if (verb.points && own && !habit && chance(random, 0.35)) {
    const kind = pick(
      random,
      verb.owns ? (["this", "that", "owner", "owner"] as const) : (["this", "that"] as const),
    );
    if (kind !== "owner") return { noun: name, determiner: { kind } };
    const owners = PERSON_NAMES.filter((owner) => owner === "i" || (owner !== subject && owner !== "we"));
    if (subject !== "you") return { noun: name, determiner: { kind, owner: PEOPLE[pick(random, owners)] } };
  }
  return { noun: name, determiner: { kind: "none" } };
}

function toPhrase(action: Action, asked?: Asked): Phrase {
  return {
    english: toSentence(sayEnglish(action, asked), asked !== undefined),
    korean: (politeness) => toSentence(sayKorean(action, politeness, asked), asked !== undefined),
    combinations: toCombinations(asked === "who" ? { ...action, subject: "you" } : action),
  };
}

export function toCombinations({ subject, verb, object }: Action): string[] {
  return [
    ...(subject === "you" ? [] : [combination(subject, verb)]),
    ...(object ? [combination(verb, object.noun)] : []),
  ];
}

export function toPerson(subject: Action["subject"]): Person {
  return subject === "you" ? YOU : PEOPLE[subject];
}

function sayEnglish(action: Action, asked?: Asked): string {
  const clause = toEnglishClause(action, asked);
  if (asked === undefined) return toStatement(clause);
  if (asked === "whether") return toQuestion(clause);
  if (asked === "who") return joinWords("who", toPredicate({ ...clause, pronoun: "it" }));
  return joinWords(asked, toQuestion(clause));
}

export function toEnglishClause(action: Action, asked?: Asked): EnglishClause {
  const { verb: name, object, person, place, vehicle, company, time, tense, mood, negated } = action;
  const verb: Verb = VERBS[name];
  const { en: subject, pronoun } = toPerson(action.subject);
  const generic = tense === "present" && mood === "plain" && !verb.single;
  return {
    subject,
    pronoun,
    verb: verb.en,
    tense,
    mood,
    negated,
    early: time?.early ? time.en : undefined,
    rest: joinWords(
      object && asked !== "what"
        ? toEnglishNoun(NOUNS[object.noun], object.determiner, { generic })
        : person && PEOPLE[person].en,
      asked === "where" ? undefined : isMotion(name) ? place?.to : place?.at,
      company && `with ${company.en}`,
      vehicle && `by ${vehicle.en}`,
      time && !time.early && asked !== "when" ? time.en : undefined,
    ),
  };
}

function sayKorean(action: Action, politeness: Politeness, asked?: Asked): string {
  const { subject, tense, mood, negated } = action;
  const person = toPerson(subject);
  return joinWords(
    asked === "who" ? "누가" : toTopic(person, politeness),
    asked === "when" ? "언제" : action.time?.ko,
    toKoreanComplements(action, politeness, { asked }),
    conjugate(VERBS[action.verb].ko, {
      tense,
      mood,
      negated,
      politeness,
      question: asked !== undefined,
      honorific: asked !== "who" && person.honorific === true,
      speaks:
        asked !== "who" && (person.pronoun === "I" || person.pronoun === "we" || person.pronoun === "you"),
    }),
  );
}

/** Company, place and object, each with its particle. */
export function toKoreanComplements(
  action: Action,
  politeness: Politeness,
  { asked, particle = "을/를" }: { asked?: Asked; particle?: Particle | "은/는" } = {},
): string {
  const { verb, object, person, place, vehicle, company } = action;
  const to = isMotion(verb) ? "에" : "에서";
  const what = politeness === "casual" ? "뭐" : "무엇을";
  return joinWords(
    company && withParticle(toName(company, politeness), politeness === "casual" ? "이랑/랑" : "과/와"),
    vehicle && withParticle(vehicle.ko, "으로/로"),
    asked === "where" ? `어디${to}` : place && `${place.ko}${to}`,
    object &&
      (asked === "what"
        ? what
        : withParticle(toKoreanNoun(NOUNS[object.noun], object.determiner, politeness), particle)),
    person && withParticle(toName(PEOPLE[person], politeness), particle),
  );
}
