import { checkInteger, checkOneOf } from "../../arguments.ts";
import { LearnerError } from "../../error.ts";
import { createRandom, type Random } from "../../random.ts";
import type { Language } from "../emotion.ts";
import { toPairsCard, type Pair, type PairsCard } from "../pairs.ts";
import { drawActionPhrase } from "./action.ts";
import { drawHaving, drawLooks, drawPain, drawQuality, drawState, drawThere, drawWeather } from "./being.ts";
import { drawAnd, drawBecause, drawBut } from "./compound.ts";
import type { Politeness } from "./conjugate.ts";
import { drawHeldOut, toPart, type Part } from "./held-out.ts";
import { pick, type Phrase } from "./phrase.ts";

export interface CreatePhrasebookOptions {
  readonly from: Language;
  readonly to: Language;
  /** Default 0: draws the sentences, and which combinations are held out. */
  readonly seed?: number;
  /** Pairs in all, 200 to 30,000: 85 % train, 5 % dev, 10 % test. Default 10,000. */
  readonly size?: number;
  /**
   * Korean's levels: "polite" 해요체, "formal" 합니다체, "casual" 반말. Into Korean the source is marked [formal] or [casual]
   * for levels other than polite. Default: all three from Korean, ["polite"] into Korean.
   */
  readonly politeness?: readonly Politeness[];
}

export interface Phrasebook {
  readonly train: readonly Pair[];
  readonly dev: readonly Pair[];
  readonly test: readonly Pair[];
  /** The combinations, such as "mom × eat" and "eat × pear", that no training pair has. */
  readonly heldOut: { readonly dev: readonly string[]; readonly test: readonly string[] };
  readonly card: PairsCard;
}

/**
 * Everyday sentences in Korean and English, made by a grammar: about 130 nouns, verbs and adjectives of each language in
 * statements and questions, past, present and future, wanting and being able, counted and owned things, reasons.
 *
 * The split is compositional. One in eight combinations of a person with a verb, a verb with an object and a quality with
 * a thing is held out: no training pair has it, each dev and test pair has at least one. The words themselves all occur
 * in training. So a model that has merely stored sentences fails, and one that has learnt their parts does not.
 *
 * From Korean the three levels of politeness become one English. Into Korean, sentences are in 해요체 unless marked. Words
 * with two meanings: 배 (pear, boat, stomach), 눈 (eyes, snow), 다리 (legs, bridge), 차 (tea, car), 쓰다 (write, wear, use), 치다
 * and 하다 (play). No source sentence stands twice.
 *
 * @ko 한국어와 영어의 일상 문장 쌍을 문법 규칙으로 만듭니다. 시험 문장에는 학습 때 보지 못한 단어 조합이 반드시 들어갑니다.
 * @example
 * const { train, dev, test } = createPhrasebook({ from: "ko", to: "en" });
 * train[0]; // { source: "수진은 어제 공원에서 사과 두 개를 먹었어요.", target: "Sujin ate two apples in the park yesterday." }, for instance
 */
export function createPhrasebook(options: CreatePhrasebookOptions): Phrasebook {
  const where = "createPhrasebook";
  const { from, to, seed = 0, size = 10_000 } = options;
  checkOneOf(from, { where, what: "from", allowed: ["ko", "en"] });
  checkOneOf(to, { where, what: "to", allowed: [from === "ko" ? "en" : "ko"] });
  const { politeness = from === "ko" ? LEVELS : ["polite"] } = options;
  if (politeness.length === 0) throw noLevel();
  for (const level of politeness) checkOneOf(level, { where, what: "politeness", allowed: LEVELS });
  checkInteger(size, { where, what: "size", min: 200, max: 30_000 });

  const random = createRandom(seed);
  const heldOut = drawHeldOut(random.integer(2 ** 32));
  const test = Math.round(0.1 * size);
  const dev = Math.round(0.05 * size);
  const parts: Record<Part, Pair[]> = { train: [], dev: [], test: [] };
  const sources = new Set<string>();
  const words = new Set<string>();

  const fill = (wanted: Readonly<Record<Part, number>>) => {
    while ((Object.keys(parts) as Part[]).some((part) => parts[part].length < wanted[part])) {
      const phrase = drawPhrase(random);
      const pair = toPair(phrase, { from, level: pick(random, politeness) });
      const part = toPart(phrase.combinations, heldOut);
      if (parts[part].length >= wanted[part] || sources.has(pair.source)) continue;
      const own = [...pair.source.split(" "), ...pair.target.split(" ")];
      if (part === "train") for (const word of own) words.add(word);
      else if (!own.every((word) => words.has(word))) continue;
      sources.add(pair.source);
      parts[part].push(pair);
    }
  };
  fill({ train: size - dev - test, dev: 0, test: 0 });
  fill({ train: size - dev - test, dev, test });

  const combinationsOf = (part: Part) => [...heldOut].filter(([, own]) => own === part).map(([name]) => name);
  return {
    ...parts,
    heldOut: { dev: combinationsOf("dev"), test: combinationsOf("test") },
    card: toPairsCard(parts, {
      name: { en: "Phrasebook", ko: "회화책" },
      origin: {
        en: "Made by this course's grammar; nothing is taken from elsewhere.",
        ko: "이 강의의 문법 규칙으로 만들었으며, 다른 데서 가져온 문장은 없습니다.",
      },
      licence: "CC BY 4.0",
      from,
      to,
      knownFlaws: {
        en: "A small grammar writes more regularly than people do, and some sentences are true of nobody. Each source has one target, though other translations are as good.",
        ko: "작은 문법이 만든 문장이라 사람의 글보다 규칙적이고, 뜻이 엉뚱한 문장도 있습니다. 다르게 옮겨도 맞는데 번역은 하나씩만 있습니다.",
      },
    }),
  };
}

const LEVELS: readonly Politeness[] = ["polite", "formal", "casual"];

/** Frames and how often each is drawn, of 100. */
const FRAMES: readonly (readonly [weight: number, draw: (random: Random) => Phrase])[] = [
  [54, drawActionPhrase],
  [9, drawAnd],
  [5, drawBut],
  [9, drawBecause],
  [4, drawThere],
  [4, drawHaving],
  [6, drawQuality],
  [3, drawState],
  [3, drawPain],
  [1, drawLooks],
  [2, drawWeather],
];

function drawPhrase(random: Random): Phrase {
  let left = random.integer(100);
  for (const [weight, draw] of FRAMES) {
    if (left < weight) return draw(random);
    left -= weight;
  }
  return drawActionPhrase(random);
}

function toPair(phrase: Phrase, { from, level }: { from: Language; level: Politeness }): Pair {
  const { english } = phrase;
  const korean = phrase.korean(level);
  if (from === "ko") return { source: korean, target: english };
  return { source: level === "polite" ? english : `[${level}] ${english}`, target: korean };
}

function noLevel(): LearnerError {
  return new LearnerError({
    code: "empty-input",
    where: "createPhrasebook",
    given: { en: "`politeness` is empty.", ko: "`politeness`가 비어 있습니다." },
    expected: { en: "At least one level is needed.", ko: "말의 높임이 하나 이상 있어야 합니다." },
    remedy: { en: 'Name levels: ["polite"], for instance.', ko: '["polite"]처럼 높임을 적으십시오.' },
  });
}
