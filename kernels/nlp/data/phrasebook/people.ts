import { withParticle } from "./particle.ts";
import type { Politeness } from "./conjugate.ts";

export interface Person {
  /** With 저 and 제 for the speaker; 반말 has 나 and 내. */
  readonly ko: string;
  readonly en: string;
  /** How English goes on about the person; "it" where that would need to know whether he or she. */
  readonly pronoun: "I" | "you" | "he" | "she" | "it" | "we" | "they";
  /** Spoken of with 시. */
  readonly honorific?: boolean;
}

export const PEOPLE = {
  i: { ko: "저", en: "I", pronoun: "I" },
  we: { ko: "우리", en: "we", pronoun: "we" },
  minsu: { ko: "민수", en: "Minsu", pronoun: "he" },
  jina: { ko: "지나", en: "Jina", pronoun: "she" },
  sujin: { ko: "수진", en: "Sujin", pronoun: "she" },
  mom: { ko: "엄마", en: "Mom", pronoun: "she" },
  dad: { ko: "아빠", en: "Dad", pronoun: "he" },
  grandma: { ko: "할머니", en: "Grandma", pronoun: "she", honorific: true },
  grandpa: { ko: "할아버지", en: "Grandpa", pronoun: "he", honorific: true },
  brother: { ko: "형", en: "my brother", pronoun: "he" },
  sister: { ko: "누나", en: "my sister", pronoun: "she" },
  friend: { ko: "제 친구", en: "my friend", pronoun: "it" },
  teacher: { ko: "선생님", en: "the teacher", pronoun: "it", honorific: true },
  student: { ko: "그 학생", en: "the student", pronoun: "it" },
  children: { ko: "아이들", en: "the children", pronoun: "they" },
} satisfies Record<string, Person>;

export type PersonName = keyof typeof PEOPLE;
export const PERSON_NAMES = Object.keys(PEOPLE) as PersonName[];

/** Who is spoken to: left out in Korean, and asked only. */
export const YOU: Person = { ko: "", en: "you", pronoun: "you" };

/** People as someone to meet, to wait for or to do a thing with. */
export const OTHERS = ["minsu", "jina", "sujin", "mom", "dad", "brother", "sister", "friend"] as const;

/** 저는, 나는, 민수는, 수진은. */
export function toTopic(person: Person, politeness: Politeness): string {
  return person.ko === "" ? "" : withParticle(toName(person, politeness), "은/는");
}

export function toName({ ko }: Person, politeness: Politeness): string {
  return politeness === "casual" ? ko.replace(/^저$/, "나").replace(/^제 /, "내 ") : ko;
}

/** 제 (내), 우리, 민수의. */
export function toKoreanOwner(person: Person, politeness: Politeness): string {
  if (person.pronoun === "I") return politeness === "casual" ? "내" : "제";
  return person.pronoun === "we" ? person.ko : `${toName(person, politeness)}의`;
}

/** my, your, our, Minsu's. */
export function toEnglishOwner({ en, pronoun }: Person): string {
  if (pronoun === "I" || pronoun === "you" || pronoun === "we")
    return { I: "my", you: "your", we: "our" }[pronoun];
  return `${en}'s`;
}

/** my, his, her, for the person just named. */
export function toEnglishPossessive({ pronoun }: Person): string {
  return { I: "my", you: "your", he: "his", she: "her", it: "its", we: "our", they: "their" }[pronoun];
}
