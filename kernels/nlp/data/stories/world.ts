import type { Localized } from "../../error.ts";
import type { Random } from "../../random.ts";
import { withParticle } from "../phrasebook/particle.ts";

const PEOPLE: readonly Localized[] = [
  { en: "Minsu", ko: "민수" },
  { en: "Jina", ko: "지나" },
  { en: "Sujin", ko: "수진" },
  { en: "Junho", ko: "준호" },
];
const PLACES: readonly Localized[] = [
  { en: "kitchen", ko: "부엌" },
  { en: "garden", ko: "마당" },
  { en: "library", ko: "도서관" },
  { en: "school", ko: "학교" },
  { en: "park", ko: "공원" },
  { en: "office", ko: "사무실" },
];
const THINGS: readonly Localized[] = [
  { en: "apple", ko: "사과" },
  { en: "book", ko: "책" },
  { en: "ball", ko: "공" },
  { en: "key", ko: "열쇠" },
  { en: "umbrella", ko: "우산" },
];

export interface Asked {
  readonly question: Localized;
  readonly answer: Localized;
}

export interface World {
  readonly sentences: Localized[];
  /** Where a person was last seen; who holds a thing, or where it lies. */
  readonly at: Map<Localized, Localized>;
  readonly held: Map<Localized, Localized>;
  readonly lies: Map<Localized, Localized>;
}

/** People go about, take things, hand them on and put them down; each sentence is true when it is told. */
export function tellStory(random: Random, length: number): World {
  const world: World = { sentences: [], at: new Map(), held: new Map(), lies: new Map() };
  while (world.sentences.length < length) {
    const step = pick(random, [go, go, take, give, putDown]);
    const told = step(world, random);
    if (told) world.sentences.push(told);
  }
  return world;
}

/** A question that the story answers: where somebody or something is, who has it, whether somebody is somewhere. */
export function ask({ at, held, lies }: World, random: Random): Asked {
  const questions: Asked[] = [];
  for (const [person, place] of at) {
    questions.push({
      question: { en: `Where is ${person.en}?`, ko: `${withParticle(person.ko, "은/는")} 어디에 있습니까?` },
      answer: place,
    });
    const elsewhere = PLACES.filter((other) => other !== place);
    const other = random.uniform() < 0.5 ? place : pick(random, elsewhere);
    questions.push({
      question: {
        en: `Is ${person.en} in the ${other.en}?`,
        ko: `${withParticle(person.ko, "은/는")} ${other.ko}에 있습니까?`,
      },
      answer: other === place ? { en: "yes", ko: "예" } : { en: "no", ko: "아니요" },
    });
  }
  for (const [thing, holder] of held) {
    const who = {
      en: `Who has the ${thing.en}?`,
      ko: `누가 ${withParticle(thing.ko, "을/를")} 가지고 있습니까?`,
    };
    // Twice: fewer stories end with a thing in somebody's hands than with people in places.
    questions.push({ question: who, answer: holder }, { question: who, answer: holder });
    questions.push({ question: whereIs(thing), answer: at.get(holder)! });
    questions.push({ question: whereIs(thing), answer: at.get(holder)! });
  }
  for (const [thing, place] of lies) {
    questions.push({ question: whereIs(thing), answer: place }, { question: whereIs(thing), answer: place });
  }
  return pick(random, questions);
}

type Step = (world: World, random: Random) => Localized | undefined;

const go: Step = ({ at }, random) => {
  const person = pick(random, PEOPLE);
  const place = pick(
    random,
    PLACES.filter((other) => other !== at.get(person)),
  );
  at.set(person, place);
  return {
    en: `${person.en} went to the ${place.en}.`,
    ko: `${withParticle(person.ko, "은/는")} ${withParticle(place.ko, "으로/로")} 갔습니다.`,
  };
};

const take: Step = ({ at, held, lies }, random) => {
  const person = maybePick(random, [...at.keys()]);
  if (!person) return undefined;
  // A thing that was put down is where it was put down; any other may be anywhere.
  const free = THINGS.filter(
    (thing) => !held.has(thing) && (lies.get(thing) ?? at.get(person)) === at.get(person),
  );
  const thing = maybePick(random, free);
  if (!thing) return undefined;
  lies.delete(thing);
  held.set(thing, person);
  return {
    en: `${person.en} picked up the ${thing.en}.`,
    ko: `${withParticle(person.ko, "은/는")} ${withParticle(thing.ko, "을/를")} 집었습니다.`,
  };
};

const give: Step = ({ at, held }, random) => {
  const thing = maybePick(random, [...held.keys()]);
  if (!thing) return undefined;
  const giver = held.get(thing)!;
  const near = [...at].filter(([person, place]) => person !== giver && place === at.get(giver));
  const taker = maybePick(random, near)?.[0];
  if (!taker) return undefined;
  held.set(thing, taker);
  return {
    en: `${giver.en} gave the ${thing.en} to ${taker.en}.`,
    ko: `${withParticle(giver.ko, "은/는")} ${taker.ko}에게 ${withParticle(thing.ko, "을/를")} 주었습니다.`,
  };
};

const putDown: Step = ({ at, held, lies }, random) => {
  const thing = maybePick(random, [...held.keys()]);
  if (!thing) return undefined;
  const holder = held.get(thing)!;
  held.delete(thing);
  lies.set(thing, at.get(holder)!);
  return {
    en: `${holder.en} put down the ${thing.en}.`,
    ko: `${withParticle(holder.ko, "은/는")} ${withParticle(thing.ko, "을/를")} 내려놓았습니다.`,
  };
};

function whereIs(thing: Localized): Localized {
  return { en: `Where is the ${thing.en}?`, ko: `${withParticle(thing.ko, "은/는")} 어디에 있습니까?` };
}

function pick<T>(random: Random, list: readonly T[]): T {
  return list[random.integer(list.length)];
}

function maybePick<T>(random: Random, list: readonly T[]): T | undefined {
  return list.length === 0 ? undefined : pick(random, list);
}
