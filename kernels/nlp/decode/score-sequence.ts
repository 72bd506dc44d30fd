import { checkNotEmpty } from "../arguments.ts";
import { toScore } from "./hypothesis.ts";
import type { NextTokenModel } from "./model.ts";
import type { GenerateOptions } from "./options.ts";
import type { Forbidden } from "./processors/processor.ts";
import { ForcedDecoding } from "./search/forced-decoding.ts";
import { prepareRun, runSearches } from "./search/run.ts";
import { checkTokenId } from "./token-ids.ts";

export interface ScoreSequenceOptions extends GenerateOptions {
  /** What the model is to score: the ids after the prompt (or the start token), with the end token if there is one. */
  readonly tokens: readonly number[];
}

/** A token of a given output, and what the model thinks of it at its place. */
export interface ScoredToken {
  readonly token: number;
  /** The model's own log p(token | what came before). */
  readonly logProbability: number;
  /** The same after the rules that the options ask for; null where one of them forbids it. */
  readonly processed: number | null;
  /** How many tokens the model likes better here. 0: it is the one that greedy search takes. */
  readonly rank: number;
  /** The token that the model likes best here, and its log-probability. */
  readonly best: { readonly token: number; readonly logProbability: number };
  /** The rule that forbids it. */
  readonly forbidden: Forbidden | null;
}

export interface SequenceScore {
  readonly tokens: readonly ScoredToken[];
  /** Σ log p(token | what came before), the model's own. */
  readonly logProbability: number;
  /** Σ of the scores after the rules, as a search would sum them; null where a rule forbids the sequence. */
  readonly total: number | null;
  /** total / lengthᵅ, α = `lengthPenalty`: what a hypothesis of a beam search with these options is ranked by. */
  readonly score: number | null;
}

/**
 * What a model thinks of an output that somebody else wrote, a reference translation say (forced decoding): its tokens are put
 * in one by one, and at each place the model's probability of the next is noted.
 *
 *     log p(y | x) = Σ over t of log p(yₜ | x, y₁ … yₜ₋₁)
 *
 * With it a search error can be told from a model error: if the reference scores higher than what the search returned, the
 * search has lost it; if not, a perfect search would not return it either.
 *
 * @ko 주어진 출력을 모델이 얼마나 그럴듯하게 보는지 토큰마다 확률을 구합니다.
 * @example
 * const { logProbability, tokens } = await scoreSequence(model, input, { tokens: reference });
 * tokens.map(({ rank }) => rank); // [0, 0, 4, 0]: the third token was only the model's fifth choice
 */
export async function scoreSequence<Input, State>(
  model: NextTokenModel<Input, State>,
  input: Input,
  { tokens, ...options }: ScoreSequenceOptions,
): Promise<SequenceScore> {
  const where = "scoreSequence";
  checkNotEmpty(tokens ?? [], { where, what: "tokens" });
  for (const token of tokens) checkTokenId(token, { what: "tokens", vocabSize: Infinity, where });
  const run = prepareRun(model, [input], { options, where });
  const forced = new ForcedDecoding(run.specs[0], { tokens, where });
  const steps = runSearches([forced], run);
  while (!(await steps.next()).done);

  const scored = forced.scored;
  const isAllowed = scored.every(({ processed }) => processed !== null);
  const total = isAllowed ? scored.reduce((sum, { processed }) => sum + processed!, 0) : null;
  const { lengthPenalty } = run.settings;
  return {
    tokens: scored,
    logProbability: scored.reduce((sum, { logProbability }) => sum + logProbability, 0),
    total,
    score: total === null ? null : toScore(total, { length: tokens.length, lengthPenalty }),
  };
}
