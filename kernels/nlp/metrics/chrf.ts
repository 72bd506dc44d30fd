import { checkInteger, checkNumber } from "../arguments.ts";
import { countCommon, countNgrams } from "./ngram-counts.ts";
import { toSegments, type References, type Segment } from "./segments.ts";

export interface ChrfOptions {
  /** The longest runs of characters. Default 6. */
  readonly charOrder?: number;
  /** The longest runs of words. Default 0: chrF; 2 makes it chrF++. */
  readonly wordOrder?: number;
  /** How many times as much recall weighs as precision. Default 2. */
  readonly beta?: number;
  /** Default false. */
  readonly lowercase?: boolean;
  /** Count blanks as characters. Default false. */
  readonly whitespace?: boolean;
}

export interface Chrf {
  /** 0 … 100. */
  readonly score: number;
  /** The mean over the orders, 0 … 1. */
  readonly precision: number;
  readonly recall: number;
}

/** n-grams of an order in the hypothesis, in the reference, in both. */
interface OrderCounts {
  readonly hypothesis: number;
  readonly reference: number;
  readonly common: number;
}

/**
 * chrF: the F score of runs of 1 to 6 characters, so an ending that is off costs little and a language needs no
 * tokenizer. That suits Korean, where a wrong particle leaves the noun right.
 *
 *     chrF = 100 · (1 + β²) · P·R / (β²·P + R)        β = 2
 *
 * P, R: precision and recall of the n-grams, averaged over the orders for which both sides have any. Counts are added over
 * all sentences first; of several references each sentence takes the one that scores best. sacreBLEU's definition
 * (`chrF2|nc:6|nw:0|space:no|eff:yes`); `wordOrder: 2` gives chrF++.
 *
 * Sources: M. Popović, "chrF: character n-gram F-score for automatic MT evaluation", 2015, and "chrF++: words helping
 * character n-grams", 2017.
 *
 * @ko 글자 n-그램으로 F 점수를 구합니다. 조사나 어미 하나가 틀려도 나머지 글자는 맞은 것으로 셉니다.
 * @example
 * chrf(["고양이가 잔다"], ["고양이는 잔다"]).score;
 * chrf(translations, references, { wordOrder: 2 }).score; // chrF++
 */
export function chrf(
  hypotheses: readonly string[],
  references: readonly References[],
  options: ChrfOptions = {},
): Chrf {
  const where = "chrf";
  const { charOrder = 6, wordOrder = 0, beta = 2 } = options;
  checkInteger(charOrder, { where, what: "charOrder", min: 1 });
  checkInteger(wordOrder, { where, what: "wordOrder", min: 0 });
  checkNumber(beta, { where, what: "beta", min: 0, above: true });
  const count = (segment: Segment) => countBest(segment, { ...options, charOrder, wordOrder, beta });
  const counts = toSegments(hypotheses, references, { where }).map(count);
  const total = counts.reduce((sums, orders) => sums.map((sum, order) => addCounts(sum, orders[order])));
  return toScore(total, beta);
}

type Setting = ChrfOptions & Required<Pick<ChrfOptions, "charOrder" | "wordOrder" | "beta">>;

function countBest({ hypothesis, references }: Segment, setting: Setting): OrderCounts[] {
  const own = countOrders(hypothesis, setting);
  let best: { counts: OrderCounts[]; score: number } | undefined;
  for (const reference of references) {
    const counts = countOrders(reference, setting).map((ngrams, order) => ({
      // Where the reference has no such run, the hypothesis's count for nothing.
      hypothesis: ngrams.size > 0 ? sizeOf(own[order]) : 0,
      reference: sizeOf(ngrams),
      common: countCommon(own[order], ngrams),
    }));
    const { score } = toScore(counts, setting.beta);
    if (!best || score > best.score) best = { counts, score };
  }
  return best!.counts;
}

/** The n-grams of a text: of characters by order, then of words. */
function countOrders(
  text: string,
  { charOrder, wordOrder, lowercase, whitespace }: Setting,
): ReadonlyMap<string, number>[] {
  const written = lowercase ? text.toLowerCase() : text;
  const characters = [...(whitespace ? written : written.replace(/\s+/g, ""))];
  const words = written.split(/\s+/).filter(Boolean).flatMap(partPunctuation);
  return [
    ...Array.from({ length: charOrder }, (_, index) => countNgrams(characters, index + 1)),
    ...Array.from({ length: wordOrder }, (_, index) => countNgrams(words, index + 1)),
  ];
}

const ASCII_SIGN = /[!-/:-@[-`{-~]/;

/** One sign at a word's end, or else at its beginning, is a word of its own: "(hi)" → "(hi", ")", as chrF++ has it. */
function partPunctuation(word: string): string[] {
  const characters = [...word];
  if (characters.length === 1) return [word];
  if (ASCII_SIGN.test(characters.at(-1)!)) return [word.slice(0, -1), word.slice(-1)];
  return ASCII_SIGN.test(characters[0]) ? [word.slice(0, 1), word.slice(1)] : [word];
}

function toScore(orders: readonly OrderCounts[], beta: number): Chrf {
  const used = orders.filter(({ hypothesis, reference }) => hypothesis > 0 && reference > 0);
  const mean = (read: (counts: OrderCounts) => number) =>
    used.length === 0 ? 0 : used.reduce((sum, counts) => sum + read(counts), 0) / used.length;
  const precision = mean(({ common, hypothesis }) => common / hypothesis);
  const recall = mean(({ common, reference }) => common / reference);
  const weight = beta * beta;
  const scale = weight * precision + recall;
  return { score: scale === 0 ? 0 : (100 * (1 + weight) * precision * recall) / scale, precision, recall };
}

function addCounts(a: OrderCounts, b: OrderCounts): OrderCounts {
  return {
    hypothesis: a.hypothesis + b.hypothesis,
    reference: a.reference + b.reference,
    common: a.common + b.common,
  };
}

function sizeOf(counts: ReadonlyMap<string, number>): number {
  let size = 0;
  for (const count of counts.values()) size += count;
  return size;
}
