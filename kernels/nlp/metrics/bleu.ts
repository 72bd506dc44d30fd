import { checkInteger, checkNotEmpty, checkNumber, checkOneOf } from "../arguments.ts";
import { countCommon, countNgrams, highestCounts } from "./ngram-counts.ts";
import { toSegments, type References, type Segment } from "./segments.ts";
import { toTokenizer, type Tokenization } from "./tokenize.ts";

export type BleuSmoothing = "none" | "floor" | "add-k" | "exp";

export interface BleuCountOptions {
  /** Default "13a". */
  readonly tokenize?: Tokenization;
  /** Default false. */
  readonly lowercase?: boolean;
  /** The longest n-grams that are compared. Default 4. */
  readonly maxOrder?: number;
}

export interface BleuScoreOptions {
  /**
   * What becomes of an order without a match, whose precision 0 would make the whole score 0. Default "exp", as in
   * sacreBLEU.
   *
   * - `"none"`: the score is 0.
   * - `"floor"`: it counts `smoothingValue` matches.
   * - `"add-k"`: `smoothingValue` is added to the matches and the totals of every order but the first.
   * - `"exp"`: the first such order counts ½ match, the next ¼, and so on.
   */
  readonly smoothing?: BleuSmoothing;
  /** Default 0.1 for "floor", 1 for "add-k". */
  readonly smoothingValue?: number;
  /**
   * Leave out the orders for which the hypotheses are too short. Default false; true in `sentenceBleu`, where a sentence
   * of three words has no 4-gram.
   */
  readonly effectiveOrder?: boolean;
}

export interface BleuOptions extends BleuCountOptions, BleuScoreOptions {}

/** What one sentence adds to BLEU. */
export interface BleuCounts {
  /** Matched n-grams by order, from 1. */
  readonly matches: readonly number[];
  /** The hypothesis's n-grams by order. */
  readonly totals: readonly number[];
  readonly hypothesisLength: number;
  /** Of the reference whose length is closest, the shorter of two equally close. */
  readonly referenceLength: number;
}

export interface Bleu extends BleuCounts {
  /** 0 … 100. */
  readonly score: number;
  /** By order, from 1, in percent and smoothed. */
  readonly precisions: readonly number[];
  readonly brevityPenalty: number;
}

/**
 * BLEU of a whole test set: how much of the output's words, pairs, triples and quadruples stand in a reference.
 *
 *     BLEU = BP · exp( ¼ Σₙ log pₙ )                        n = 1 … 4
 *     pₙ   = 100 · matched n-grams / n-grams of the hypotheses
 *     BP   = 1 if c > r, else exp(1 − r/c)
 *
 * An n-gram is matched at most as often as a reference has it. c: words of the hypotheses; r: words of the references.
 *
 * Counts are added over all sentences before anything is divided: BLEU is no mean of the sentences' scores. With its
 * defaults this is sacreBLEU's score to the last digit (signature `case:mixed|eff:no|tok:13a|smooth:exp`).
 *
 * Sources: K. Papineni et al., "BLEU: a Method for Automatic Evaluation of Machine Translation", 2002; M. Post, "A Call
 * for Clarity in Reporting BLEU Scores", 2018.
 *
 * @ko 번역 전체의 BLEU를 구합니다. 출력의 n-그램이 참조 번역에 얼마나 들어 있는지 셉니다.
 * @example
 * const { score, precisions, brevityPenalty } = bleu(["The dog bit the man."], [["The dog had bit the man.", "A dog bit him."]]);
 * bleu(translations, references, { tokenize: "ko" }).score;
 * @throws Where the lists differ in length or an output has no reference.
 */
export function bleu(
  hypotheses: readonly string[],
  references: readonly References[],
  options: BleuOptions = {},
): Bleu {
  const where = "bleu";
  const count = createCounter(options, where);
  return scoreCounts(toSegments(hypotheses, references, { where }).map(count), options, where);
}

/**
 * BLEU of one sentence. A sentence often has no 4-gram in common with its reference, so smoothing decides a good deal; to
 * compare systems take `bleu` over the whole test set.
 *
 * @ko 문장 하나의 BLEU를 구합니다. 시스템을 비교할 때는 전체를 한 번에 재는 `bleu`를 씁니다.
 * @example sentenceBleu("the cat sat on the mat", "the cat sat on a mat").score // 48.9
 */
export function sentenceBleu(hypothesis: string, references: References, options: BleuOptions = {}): Bleu {
  const where = "sentenceBleu";
  const count = createCounter(options, where);
  const [segment] = toSegments([hypothesis], [references], { where });
  return scoreCounts([count(segment)], { effectiveOrder: true, ...options }, where);
}

/**
 * The counts of which BLEU is made, for one sentence. Count once, and draw a thousand test sets from the counts:
 *
 * @ko BLEU를 이루는 개수를 문장마다 셉니다. 부트스트랩으로 신뢰 구간을 구할 때 씁니다.
 * @example
 * const counts = hypotheses.map((text, i) => bleuCounts(text, references[i]));
 * bootstrapInterval(counts, { statistic: (drawn) => bleuOfCounts(drawn).score });
 */
export function bleuCounts(
  hypothesis: string,
  references: References,
  options: BleuCountOptions = {},
): BleuCounts {
  const where = "bleuCounts";
  const [segment] = toSegments([hypothesis], [references], { where });
  return createCounter(options, where)(segment);
}

/**
 * BLEU from the counts of its sentences.
 *
 * @ko 문장마다 센 개수를 더해 BLEU를 구합니다.
 */
export function bleuOfCounts(counts: readonly BleuCounts[], options: BleuScoreOptions = {}): Bleu {
  return scoreCounts(counts, options, "bleuOfCounts");
}

function createCounter(options: BleuCountOptions, where: string): (segment: Segment) => BleuCounts {
  const { tokenize = "13a", lowercase = false, maxOrder = 4 } = options;
  checkInteger(maxOrder, { where, what: "maxOrder", min: 1 });
  const cut = toTokenizer(tokenize, { where });
  const toTokens = (text: string) => cut(lowercase ? text.toLowerCase() : text);
  const orders = Array.from({ length: maxOrder }, (_, index) => index + 1);
  return ({ hypothesis, references }) => {
    const words = toTokens(hypothesis);
    const texts = references.map(toTokens);
    return {
      matches: orders.map((n) =>
        countCommon(countNgrams(words, n), highestCounts(texts.map((text) => countNgrams(text, n)))),
      ),
      totals: orders.map((n) => Math.max(0, words.length - n + 1)),
      hypothesisLength: words.length,
      referenceLength: findClosest(
        words.length,
        texts.map(({ length }) => length),
      ),
    };
  };
}

function findClosest(length: number, candidates: readonly number[]): number {
  return candidates.reduce((best, candidate) => {
    const [near, far] = [Math.abs(candidate - length), Math.abs(best - length)];
    return near < far || (near === far && candidate < best) ? candidate : best;
  });
}

function scoreCounts(
  counts: readonly BleuCounts[],
  { smoothing = "exp", smoothingValue, effectiveOrder = false }: BleuScoreOptions,
  where: string,
): Bleu {
  checkNotEmpty(counts, { where, what: "counts" });
  checkOneOf(smoothing, { where, what: "smoothing", allowed: ["none", "floor", "add-k", "exp"] });
  const value = smoothingValue ?? (smoothing === "floor" ? 0.1 : 1);
  checkNumber(value, { where, what: "smoothingValue", min: 0 });
  const add = (read: (count: BleuCounts) => number) => counts.reduce((sum, count) => sum + read(count), 0);
  const orders = counts[0].matches.map((_, index) => index);
  const matches = orders.map((index) => add((count) => count.matches[index]));
  const totals = orders.map((index) => add((count) => count.totals[index]));
  const hypothesisLength = add((count) => count.hypothesisLength);
  const referenceLength = add((count) => count.referenceLength);
  const brevityPenalty = getBrevityPenalty(hypothesisLength, referenceLength);
  const precisions = getPrecisions({ matches, totals, smoothing, value });
  const possible = totals.filter((total, index) => total > 0 || (smoothing === "add-k" && index > 0)).length;
  const used = effectiveOrder ? possible : orders.length;
  const product = precisions.slice(0, used).reduce((sum, precision) => sum + Math.log(precision), 0);
  const nothing = matches.every((count) => count === 0);
  const score = nothing ? 0 : brevityPenalty * Math.exp(product / used);
  return { score, precisions, brevityPenalty, matches, totals, hypothesisLength, referenceLength };
}

function getBrevityPenalty(hypothesis: number, reference: number): number {
  if (hypothesis >= reference) return 1;
  return hypothesis === 0 ? 0 : Math.exp(1 - reference / hypothesis);
}

/** In percent. An order for which no hypothesis is long enough has the precision 0, unless something is added to it. */
function getPrecisions({
  matches,
  totals,
  smoothing,
  value,
}: Pick<BleuCounts, "matches" | "totals"> & {
  readonly smoothing: BleuSmoothing;
  readonly value: number;
}): number[] {
  // Where nothing at all matches there is nothing to smooth.
  if (matches.every((count) => count === 0)) return matches.map(() => 0);
  let halved = 1;
  return matches.map((count, index) => {
    const added = smoothing === "add-k" && index > 0 ? value : 0;
    const total = totals[index] + added;
    if (total === 0) return 0;
    if (count + added > 0) return (100 * (count + added)) / total;
    if (smoothing === "exp") return 100 / ((halved *= 2) * total);
    return smoothing === "floor" ? (100 * value) / total : 0;
  });
}
