/** English verb groups: agreement, do-support, the past, short forms of not. */
import type { Mood, Tense } from "./conjugate.ts";
import type { Person } from "./people.ts";
import { joinWords } from "./phrase.ts";

export interface EnglishClause {
  readonly subject: string;
  readonly pronoun: Person["pronoun"];
  readonly verb: readonly [base: string, past: string, before?: string];
  /** Object, place, company. */
  readonly rest?: string;
  readonly tense: Tense;
  readonly mood?: Mood;
  readonly negated?: boolean;
  /** Stands before the main verb: often. */
  readonly early?: string;
}

/** "Minsu doesn't want to eat apples" */
export function toStatement(clause: EnglishClause): string {
  return joinWords(clause.subject, toPredicate(clause));
}

/** What is said of the subject: "doesn't want to eat apples" */
export function toPredicate(clause: EnglishClause): string {
  const { mood = "plain", tense, negated = false, pronoun, verb, rest } = clause;
  const auxiliary = toAuxiliary(clause);
  if (negated || mood === "can" || tense === "future") {
    const word = negated ? toNegative(auxiliary) : auxiliary;
    return joinWords(word, toInfinitiveGroup(clause));
  }
  if (mood === "want")
    return joinWords(inflect(["want", "wanted"], { tense, pronoun }), "to", toMain(clause));
  return joinWords(clause.early, inflect(verb, { tense, pronoun }), verb[2], rest);
}

/** "does Minsu want to eat apples" */
export function toQuestion(clause: EnglishClause): string {
  return joinWords(toAuxiliary(clause), clause.subject, toInfinitiveGroup(clause));
}

export interface BeClause {
  readonly subject: string;
  /** "it" and "they" serve for things. */
  readonly pronoun: Person["pronoun"];
  readonly rest: string;
  readonly tense: Tense;
  readonly negated?: boolean;
  readonly question?: boolean;
}

/** "I am not busy", "is this bag heavy" */
export function toBe({ subject, pronoun, rest, tense, negated = false, question = false }: BeClause): string {
  const many = pronoun === "we" || pronoun === "you" || pronoun === "they";
  const present = pronoun === "I" ? "am" : many ? "are" : "is";
  const be = { present, past: many ? "were" : "was", future: "will" }[tense];
  const after = tense === "future" ? `be ${rest}` : rest;
  if (question) return joinWords(be, subject, negated ? "not" : "", after);
  return joinWords(subject, negated ? toNegative(be) : be, after);
}

export function isThirdPerson(pronoun: Person["pronoun"]): boolean {
  return pronoun === "he" || pronoun === "she" || pronoun === "it";
}

function toInfinitiveGroup(clause: EnglishClause): string {
  return joinWords(clause.mood === "want" ? "want to" : "", toMain(clause));
}

function toMain({ early, verb, rest }: EnglishClause): string {
  return joinWords(early, verb[0], verb[2], rest);
}

function toAuxiliary({ mood, tense, pronoun }: EnglishClause): string {
  if (mood === "can") return tense === "past" ? "could" : "can";
  if (tense === "future") return "will";
  if (tense === "past") return "did";
  return isThirdPerson(pronoun) ? "does" : "do";
}

function toNegative(auxiliary: string): string {
  return (
    new Map([
      ["am", "am not"],
      ["can", "can't"],
      ["will", "won't"],
    ]).get(auxiliary) ?? `${auxiliary}n't`
  );
}

function inflect(
  [base, past]: readonly [base: string, past: string, before?: string],
  { tense, pronoun }: { tense: Tense; pronoun: Person["pronoun"] },
): string {
  if (tense === "past") return past;
  if (!isThirdPerson(pronoun)) return base;
  if (base === "have") return "has";
  if (/[^aeiou]y$/.test(base)) return `${base.slice(0, -1)}ies`;
  return base + (/(s|sh|ch|x|o)$/.test(base) ? "es" : "s");
}
