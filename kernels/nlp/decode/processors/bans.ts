/** Rules that forbid named tokens, or all but those that are named. */
import { checkNotEmpty } from "../../arguments.ts";
import type { GenerateOptions } from "../options.ts";
import { checkTokenId } from "../token-ids.ts";
import { keepOnly, type LogitsProcessor } from "./processor.ts";

/**
 * Forbids the last token of a bad word where the ones before it have just come. A word that is nothing but an end token
 * is passed over, or nothing could end.
 */
export function badWordsIds(
  words: readonly (readonly number[])[],
  { eosTokenIds }: { eosTokenIds: readonly number[] },
): LogitsProcessor {
  const bad = words.filter((word) => !(word.length === 1 && eosTokenIds.includes(word[0])));
  const findComplete = (ids: readonly number[]) =>
    bad.filter((word) => {
      const first = ids.length - (word.length - 1);
      return first >= 0 && word.slice(0, -1).every((token, index) => ids[first + index] === token);
    });
  return {
    name: "badWordsIds",
    process(scores, { ids }) {
      for (const word of findComplete(ids)) scores[word[word.length - 1]] = -Infinity;
    },
    explain: (token, { ids }) => ({
      option: "badWordsIds",
      ngram: findComplete(ids).find((word) => word[word.length - 1] === token),
    }),
  };
}

export function suppressTokens(tokens: readonly number[]): LogitsProcessor {
  return {
    name: "suppressTokens",
    process(scores) {
      for (const token of tokens) scores[token] = -Infinity;
    },
  };
}

/** Forbids everything but what the function allows after the tokens so far. Source: N. De Cao et al., "Autoregressive Entity Retrieval", 2021. */
export function prefixAllowedTokens(
  allowedAfter: NonNullable<GenerateOptions["prefixAllowedTokensFn"]>,
  { where }: { where: string },
): LogitsProcessor {
  return {
    name: "prefixAllowedTokensFn",
    process(scores, { ids, input }) {
      const allowed = allowedAfter(input, ids);
      checkNotEmpty(allowed, { where, what: "prefixAllowedTokensFn(…)" });
      for (const token of allowed) {
        checkTokenId(token, { what: "prefixAllowedTokensFn", vocabSize: scores.length, where });
      }
      keepOnly(scores, allowed);
    },
  };
}
