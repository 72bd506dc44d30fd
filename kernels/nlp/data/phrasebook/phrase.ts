import type { Random } from "../../random.ts";
import type { Politeness } from "./conjugate.ts";

/** One meaning, said in both languages; Korean says it at three levels of politeness. */
export interface Phrase {
  readonly english: string;
  readonly korean: (politeness: Politeness) => string;
  /** Who does what, what is done to what, what is how: see held-out.ts. */
  readonly combinations: readonly string[];
}

/** The parts that are there, one blank between them. */
export function joinWords(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== "").join(" ");
}

/** First letter large, the stop or question mark set. */
export function toSentence(words: string, question: boolean): string {
  return words[0].toUpperCase() + words.slice(1) + (question ? "?" : ".");
}

export function pick<T>(random: Random, list: readonly T[]): T {
  return list[random.integer(list.length)];
}

export function chance(random: Random, probability: number): boolean {
  return random.uniform() < probability;
}
