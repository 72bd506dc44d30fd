import { tokenizeWords } from "../text/words.ts";
import { countCommon, countNgrams } from "./ngram-counts.ts";
import type { Scores } from "./precision-recall.ts";
import { toSegments, type References, type Segment } from "./segments.ts";
import { toTokenizer, type Tokenization } from "./tokenize.ts";

export interface RougeOptions {
  /**
   * Default "words": lower case, punctuation left out, Korean words with their particles. The others are those of `bleu`;
   * `"ko"` parts the particles.
   */
  readonly tokenize?: "words" | Tokenization;
}

export interface RougeScores {
  /** Single words. */
  readonly rouge1: Scores;
  /** Pairs of neighbours. */
  readonly rouge2: Scores;
  /** The longest common subsequence. */
  readonly rougeL: Scores;
}

export interface Rouge extends RougeScores {
  /** One an output, in order; the scores above are their means. */
  readonly examples: readonly RougeScores[];
}

/**
 * ROUGE-1, ROUGE-2 and ROUGE-L of summaries: how much of the reference's words, pairs, and word order was found.
 *
 *     precision = matched / n-grams of the output     recall = matched / n-grams of the reference     f1: of both
 *     ROUGE-L: matched = the length of the longest common subsequence, words in the same order with gaps allowed
 *
 * Each output is scored by itself against each of its references, the one with the best F1 counts, and the outputs are
 * averaged. 0 … 1; no stemming. Source: C.-Y. Lin, "ROUGE: A Package for Automatic Evaluation of Summaries", 2004.
 *
 * @ko 요약을 평가하는 ROUGE-1, ROUGE-2, ROUGE-L의 정밀도, 재현율, F1을 구합니다.
 * @example
 * const { rougeL } = rouge(["the cat sat on the mat"], ["the cat lay on the mat"]);
 * rougeL.f1; // 5 of 6 words in order: 0.833
 */
export function rouge(
  hypotheses: readonly string[],
  references: readonly References[],
  options: RougeOptions = {},
): Rouge {
  const where = "rouge";
  const { tokenize = "words" } = options;
  const cut =
    tokenize === "words"
      ? (text: string) => tokenizeWords(text, { punctuation: false })
      : toTokenizer(tokenize, { where });
  const examples = toSegments(hypotheses, references, { where }).map((segment) => scoreExample(segment, cut));
  return {
    rouge1: mean(examples.map(({ rouge1 }) => rouge1)),
    rouge2: mean(examples.map(({ rouge2 }) => rouge2)),
    rougeL: mean(examples.map(({ rougeL }) => rougeL)),
    examples,
  };
}

function scoreExample(
  { hypothesis, references }: Segment,
  cut: (text: string) => readonly string[],
): RougeScores {
  const words = cut(hypothesis);
  const texts = references.map(cut);
  const best = (score: (text: readonly string[]) => Scores) =>
    texts.map(score).reduce((a, b) => (b.f1 > a.f1 ? b : a));
  const byNgrams = (n: number) =>
    best((text) =>
      toScores(countCommon(countNgrams(words, n), countNgrams(text, n)), {
        found: Math.max(0, words.length - n + 1),
        wanted: Math.max(0, text.length - n + 1),
      }),
    );
  return {
    rouge1: byNgrams(1),
    rouge2: byNgrams(2),
    rougeL: best((text) =>
      toScores(lengthOfCommonSubsequence(words, text), { found: words.length, wanted: text.length }),
    ),
  };
}

function toScores(
  matched: number,
  { found, wanted }: { readonly found: number; readonly wanted: number },
): Scores {
  const precision = found === 0 ? 0 : matched / found;
  const recall = wanted === 0 ? 0 : matched / wanted;
  return { precision, recall, f1: matched === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
}

/** By dynamic programming, a row at a time: row[j] is the length for what was read of a and the first j of b. */
function lengthOfCommonSubsequence(a: readonly string[], b: readonly string[]): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const word of a) {
    const next = [0];
    b.forEach((other, j) => next.push(word === other ? row[j] + 1 : Math.max(row[j + 1], next[j])));
    row = next;
  }
  return row[b.length];
}

function mean(scores: readonly Scores[]): Scores {
  const of = (key: keyof Scores) => scores.reduce((sum, score) => sum + score[key], 0) / scores.length;
  return { precision: of("precision"), recall: of("recall"), f1: of("f1") };
}
