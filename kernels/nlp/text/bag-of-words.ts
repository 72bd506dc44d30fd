import { checkOneOf } from "../arguments.ts";
import type { Vocabulary } from "./vocabulary.ts";

export interface BagOfWordsOptions {
  /**
   * What stands in a token's place. Default "count".
   * - "count": how often it occurs in the text, tf
   * - "binary": 1 where it occurs
   * - "tfidf": tf · idf, with idf = ln((1 + N) / (1 + df)) + 1, where N texts built the vocabulary and df of them hold the token
   */
  readonly weighting?: "count" | "binary" | "tfidf";
  /** "l2": the bag is divided by its length √Σx², so long texts do not shout. Default "l2" for tfidf, else "none". */
  readonly norm?: "none" | "l2";
}

/**
 * A text as one number for each token of the vocabulary; the order of the words is lost.
 *
 *     bag[i] = how often vocabulary.tokens[i] occurs in tokens        shape [vocabulary.size]
 *
 * Tokens that the vocabulary does not have are left out, and columns of special tokens stay 0. The formulas are those
 * of scikit-learn's CountVectorizer and TfidfVectorizer (smooth_idf).
 *
 * @ko 글을 어휘의 토큰마다 수 하나로 나타냅니다. 단어의 순서는 남지 않습니다.
 * @example bagOfWords(["so", "so", "good"], vocabulary) // Float32Array [0, 2, 1, 0, …]
 */
export function bagOfWords(
  tokens: readonly string[],
  vocabulary: Vocabulary,
  options: BagOfWordsOptions = {},
): Float32Array<ArrayBuffer> {
  const { weighting = "count", norm = weighting === "tfidf" ? "l2" : "none" } = options;
  checkOneOf(weighting, { where: "bagOfWords", what: "weighting", allowed: ["count", "binary", "tfidf"] });
  checkOneOf(norm, { where: "bagOfWords", what: "norm", allowed: ["none", "l2"] });
  const bag = new Float32Array(vocabulary.size);
  for (const token of tokens) {
    const id = vocabulary.maybeId(token);
    if (id === undefined || vocabulary.specialTokens.includes(token)) continue;
    bag[id] = weighting === "binary" ? 1 : bag[id] + 1;
  }
  if (weighting === "tfidf") {
    for (let id = 0; id < bag.length; id++) {
      if (bag[id] > 0) bag[id] *= inverseDocumentFrequency(vocabulary, vocabulary.tokens[id]);
    }
  }
  if (norm === "l2") {
    const length = Math.sqrt(bag.reduce((sum, value) => sum + value * value, 0));
    if (length > 0) for (let id = 0; id < bag.length; id++) bag[id] /= length;
  }
  return bag;
}

/** A word that is in every text says nothing: idf 1. A word in few says much. */
function inverseDocumentFrequency(vocabulary: Vocabulary, token: string): number {
  return Math.log((1 + vocabulary.documents) / (1 + vocabulary.documentCount(token))) + 1;
}
