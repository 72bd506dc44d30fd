/** Rules against saying the same thing again. */
import type { LogitsProcessor } from "./processor.ts";

/**
 * Makes every token that is there already less likely, the prompt's tokens among them, each once however often it came:
 *
 *     score ← score / penalty    if score ≥ 0
 *     score ← score · penalty    if score < 0
 *
 * In greedy search and in sampling the scores are logits, in beam search log-probabilities, which are never positive: the
 * same penalty weighs differently there. So it is in Hugging Face's library, too. Source: N. Keskar et al., "CTRL: A
 * Conditional Transformer Language Model for Controllable Generation", 2019, section 4.1.
 */
export function repetitionPenalty(penalty: number): LogitsProcessor {
  return {
    name: "repetitionPenalty",
    process(scores, { ids }) {
      for (const token of new Set(ids)) {
        if (token >= scores.length) continue;
        scores[token] = scores[token] < 0 ? scores[token] * penalty : scores[token] / penalty;
      }
    },
  };
}

/**
 * Forbids each token that would complete a run of `size` tokens which is there already, the prompt counted. Of size 1, no
 * token comes twice. Source: R. Paulus et al., "A Deep Reinforced Model for Abstractive Summarization", 2017, section 2.5.
 *
 * @example with size 2, after "the cat saw the": "cat" is forbidden, since "the cat" was there.
 */
export function noRepeatNgramSize(size: number): LogitsProcessor {
  return {
    name: "noRepeatNgramSize",
    process(scores, { ids }) {
      for (const token of findContinuations(ids, { of: ids, size })) scores[token] = -Infinity;
    },
    explain: (token, { ids }) => ({
      option: "noRepeatNgramSize",
      ngram: [...lastTokens(ids, size - 1), token],
    }),
  };
}

/** The same for runs of the input: `sources[i]` are the tokens of input i. What was read must not be copied. */
export function encoderNoRepeatNgramSize(
  size: number,
  { sources }: { sources: readonly (readonly number[])[] },
): LogitsProcessor {
  return {
    name: "encoderNoRepeatNgramSize",
    process(scores, { ids, input }) {
      for (const token of findContinuations(sources[input], { of: ids, size })) scores[token] = -Infinity;
    },
    explain: (token, { ids }) => ({
      option: "encoderNoRepeatNgramSize",
      ngram: [...lastTokens(ids, size - 1), token],
    }),
  };
}

/** The tokens that come in `tokens` after what `of` ends with, its last size − 1 tokens. */
function findContinuations(
  tokens: readonly number[],
  { of, size }: { of: readonly number[]; size: number },
): number[] {
  if (of.length < size - 1) return [];
  const prefix = lastTokens(of, size - 1);
  const found: number[] = [];
  for (let end = size - 1; end < tokens.length; end++) {
    if (prefix.every((token, index) => tokens[end - prefix.length + index] === token))
      found.push(tokens[end]);
  }
  return found;
}

function lastTokens(ids: readonly number[], count: number): readonly number[] {
  return ids.slice(ids.length - count);
}
