/**
 * The compositional split. Some combinations of who with does, does with what, and what with how are held out: no training
 * sentence has them, though each of their words stands in many others. B. Lake and M. Baroni, "Generalization without
 * Systematicity", 2018, split their commands in the same way.
 */
import { createRandom } from "../../random.ts";
import { QUALITIES, QUALITY_NAMES } from "./qualities.ts";
import { PERSON_NAMES } from "./people.ts";
import { VERB_NAMES, VERBS, type Verb } from "./verbs.ts";

export type Part = "train" | "dev" | "test";

export function combination(first: string, second: string): string {
  return `${first} × ${second}`;
}

/** One in eight combinations, two thirds of them for the test. Each word keeps most of its partners in training. */
export function drawHeldOut(seed: number): ReadonlyMap<string, "dev" | "test"> {
  const random = createRandom(seed);
  const heldOut = new Map<string, "dev" | "test">();
  for (const pairs of [whoDoes(), doesWhat(), whatIsHow()]) {
    const partners = new Map<string, number>();
    for (const word of pairs.flat()) partners.set(word, (partners.get(word) ?? 0) + 1);
    const lost = new Map<string, number>();
    let wanted = Math.round(pairs.length / 8);
    for (const pair of random.shuffle(pairs)) {
      if (wanted === 0) break;
      if (pair.some((word) => 3 * ((lost.get(word) ?? 0) + 1) > partners.get(word)! + 0.5)) continue;
      for (const word of pair) lost.set(word, (lost.get(word) ?? 0) + 1);
      heldOut.set(combination(...pair), wanted % 3 === 0 ? "dev" : "test");
      wanted -= 1;
    }
  }
  return heldOut;
}

/** Where a sentence belongs: to test with any combination held out for the test, else to dev with one held out for that. */
export function toPart(combinations: readonly string[], heldOut: ReadonlyMap<string, "dev" | "test">): Part {
  const parts = combinations.map((name) => heldOut.get(name));
  return parts.includes("test") ? "test" : parts.includes("dev") ? "dev" : "train";
}

type Pair = readonly [first: string, second: string];

function whoDoes(): Pair[] {
  return PERSON_NAMES.flatMap((person) => VERB_NAMES.map((verb): Pair => [person, verb]));
}

function doesWhat(): Pair[] {
  return VERB_NAMES.flatMap((name) =>
    ((VERBS[name] as Verb).objects ?? []).map((noun): Pair => [name, noun]),
  );
}

function whatIsHow(): Pair[] {
  return QUALITY_NAMES.flatMap((name) => QUALITIES[name].nouns.map((noun): Pair => [name, noun]));
}
