/** Rules about where an output begins and ends. */
import { keepOnly, type LogitsProcessor } from "./processor.ts";

/** Forbids the end tokens until so many tokens have been generated. */
export function minimumLength(
  shortest: number,
  { eosTokenIds, name }: { eosTokenIds: readonly number[]; name: "minNewTokens" | "minLength" },
): LogitsProcessor {
  return {
    name,
    process(scores, { ids, promptLength }) {
      if (ids.length - promptLength >= shortest) return;
      for (const token of eosTokenIds) scores[token] = -Infinity;
    },
  };
}

/** The one token that may follow a start token: nothing else has come, and its score is 0, as if it were certain. */
export function forcedBosToken(token: number): LogitsProcessor {
  return {
    name: "forcedBosTokenId",
    process(scores, { ids }) {
      if (ids.length === 1) force(scores, [token]);
    },
  };
}

/** The tokens, one of which must be the last where the greatest length is reached. */
export function forcedEosToken(tokens: readonly number[], { longest }: { longest: number }): LogitsProcessor {
  return {
    name: "forcedEosTokenId",
    process(scores, { ids, promptLength }) {
      if (ids.length - promptLength === longest - 1) force(scores, tokens);
    },
  };
}

function force(scores: Float64Array, tokens: readonly number[]): void {
  for (const token of tokens) scores[token] = 0;
  keepOnly(scores, tokens);
}
