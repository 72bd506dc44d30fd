/**
 * Korean verbs and adjectives in the forms that the phrasebook needs. A stem is the dictionary form without 다.
 *
 * Rules: the standard of the National Institute of Korean Language (한글 맞춤법, articles 15 to 18 and 34 to 36).
 */
import { composeSyllable, decomposeSyllable } from "../../text/hangul.ts";

/** 해요체, 합니다체, 반말. */
export type Politeness = "polite" | "formal" | "casual";
export type Tense = "past" | "present" | "future";
export type Mood = "plain" | "want" | "can";

export interface Stem {
  readonly stem: string;
  /** Stems whose last consonant changes before a vowel: 듣 → 들어, 무겁 → 무거워. ㅡ, 르 and ㄹ are seen from the stem. */
  readonly irregular?: "ㄷ" | "ㅂ";
  /** Whether the stem ends in the honorific 시, as 읽으시 does and 마시 does not. */
  readonly honours?: boolean;
}

export interface KoreanVerb extends Stem {
  /** An honorific verb of its own: 드시 for 먹. Default: 시 is added. */
  readonly honorific?: string;
  /** Negated only by -지 않다, as 공부하다 is. Default: by 안 in 해요체 and 반말. */
  readonly longNegation?: boolean;
}

export interface VerbForm {
  readonly tense: Tense;
  readonly mood: Mood;
  readonly negated: boolean;
  readonly question: boolean;
  readonly politeness: Politeness;
  /** Who does it: someone who is honoured with 시, and whether speaker or hearer (싶다) or another (싶어 하다). */
  readonly honorific: boolean;
  readonly speaks: boolean;
}

/** The verb at the end of a sentence, with 안 before it and auxiliaries after it. */
export function conjugate(verb: KoreanVerb, form: VerbForm): string {
  const { mood, negated, honorific } = form;
  const own = honorific && verb.honorific !== undefined;
  const base: Stem = own ? { stem: verb.honorific!, honours: true } : verb;
  if (mood === "can") {
    const able = `${toProspective(honorific ? honour(base) : base)} 수 ${negated ? "없" : "있"}`;
    return toEnding({ stem: able }, form);
  }
  let stem: Stem = base;
  if (mood === "want") stem = { stem: `${base.stem}고 ${form.speaks ? "싶" : "싶어 하"}` };
  const short = negated && mood === "plain" && form.politeness !== "formal" && !verb.longNegation;
  if (negated && !short) stem = { stem: `${stem.stem}지 않` };
  if (honorific && !(own && mood === "plain")) stem = honour(stem);
  return (short ? "안 " : "") + toEnding(stem, form);
}

/** Before -지만, in the past with 았/었: 먹, 먹었, 드시, 드셨. */
export function toContrast(verb: KoreanVerb, options: { tense: Tense; honorific: boolean }): string {
  const stem = options.honorific ? honoured(verb) : verb;
  return `${options.tense === "past" ? toPast(stem) : stem.stem}지만`;
}

/** 먹고, 드시고; a plain verb takes its 시 at the end of the sentence only. */
export function toSequence(verb: KoreanVerb, options: { honorific: boolean }): string {
  return `${options.honorific ? (verb.honorific ?? verb.stem) : verb.stem}고`;
}

/** 바빠서, 바쁘셔서. */
export function toReason(verb: KoreanVerb, options: { honorific: boolean }): string {
  return `${toInfinitive(options.honorific ? honoured(verb) : verb)}서`;
}

/** The form in 아 or 어: 가, 읽어, 봐, 해, 써, 불러, 들어, 도와. */
export function toInfinitive({ stem, irregular }: Stem): string {
  const { head, lead, vowel, tail } = takeApart(stem);
  if (stem.endsWith("하")) return `${head}해`;
  if (irregular === "ㅂ")
    return head + composeSyllable({ lead, vowel, tail: "" }) + (stem === "돕" ? "와" : "워");
  if (irregular === "ㄷ")
    return head + composeSyllable({ lead, vowel, tail: "ㄹ" }) + (isBright(vowel) ? "아" : "어");
  if (tail !== "") return stem + (isBright(vowel) ? "아" : "어");
  const before = /[가-힣]$/.test(head) ? takeApart(head) : undefined;
  if (stem.endsWith("르") && before) {
    const doubled = before.head + composeSyllable({ ...before, tail: "ㄹ" });
    return doubled + (isBright(before.vowel) ? "라" : "러");
  }
  if (vowel === "ㅡ")
    return head + composeSyllable({ lead, vowel: before && isBright(before.vowel) ? "ㅏ" : "ㅓ", tail });
  const joined = new Map([
    ["ㅗ", "ㅘ"],
    ["ㅜ", "ㅝ"],
    ["ㅣ", "ㅕ"],
    ["ㅚ", "ㅙ"],
  ]).get(vowel);
  if (joined !== undefined) return head + composeSyllable({ lead, vowel: joined, tail });
  return vowel === "ㅟ" ? `${stem}어` : stem;
}

function toEnding(stem: Stem, { tense, question, politeness }: VerbForm): string {
  if (tense === "future") {
    const formal = question ? "겁니까" : "겁니다";
    return `${toProspective(stem)} ${{ polite: "거예요", formal, casual: "거야" }[politeness]}`;
  }
  if (politeness === "formal") {
    const formal = toFormal(tense === "past" ? { stem: toPast(stem) } : stem);
    return formal + (question ? "까" : "다");
  }
  if (tense === "past") return toPast(stem) + (politeness === "polite" ? "어요" : "어");
  if (politeness === "casual") return toInfinitive(stem);
  return stem.honours ? `${stem.stem.slice(0, -1)}세요` : `${toInfinitive(stem)}요`;
}

/** 갔, 읽었, 했. */
function toPast(stem: Stem): string {
  const { head, lead, vowel } = takeApart(toInfinitive(stem));
  return head + composeSyllable({ lead, vowel, tail: "ㅆ" });
}

/** 갑니, 읽습니, 만듭니: the formal form without its 다 or 까. */
function toFormal({ stem }: Stem): string {
  const { head, lead, vowel, tail } = takeApart(stem);
  return tail === "" || tail === "ㄹ"
    ? `${head}${composeSyllable({ lead, vowel, tail: "ㅂ" })}니`
    : `${stem}습니`;
}

/** 갈, 읽을, 만들, 들을, 도울. */
function toProspective(stem: Stem): string {
  const { head, lead, vowel } = takeApart(beforeEu(stem));
  return head + composeSyllable({ lead, vowel, tail: "ㄹ" });
}

function honoured(verb: KoreanVerb): Stem {
  return verb.honorific === undefined ? honour(verb) : { stem: verb.honorific, honours: true };
}

/** 가시, 읽으시, 만드시, 들으시, 도우시. */
function honour(stem: Stem): Stem {
  return stem.honours ? stem : { stem: `${beforeEu(stem)}시`, honours: true };
}

/** What stands before an ending that brings an 으: 가, 읽으, 만드, 들으, 도우. */
function beforeEu({ stem, irregular }: Stem): string {
  const { head, lead, vowel, tail } = takeApart(stem);
  if (irregular === "ㅂ") return `${head}${composeSyllable({ lead, vowel, tail: "" })}우`;
  if (irregular === "ㄷ") return `${head}${composeSyllable({ lead, vowel, tail: "ㄹ" })}으`;
  return tail === "" || tail === "ㄹ" ? head + composeSyllable({ lead, vowel, tail: "" }) : `${stem}으`;
}

function takeApart(stem: string): { head: string; lead: string; vowel: string; tail: string } {
  return { head: stem.slice(0, -1), ...decomposeSyllable(stem[stem.length - 1]) };
}

function isBright(vowel: string): boolean {
  return vowel === "ㅏ" || vowel === "ㅗ";
}
