/** Small models for the tests, given by probabilities or by chance. */
import type { NextTokenModel, NextTokens } from "gongbu/decode";
import { createRandom } from "gongbu/data";

type History = readonly (readonly number[])[];

/** Scores the next token by everything that came before. Its state is the history of each row. */
export interface HistoryModel<Input = readonly number[]> extends NextTokenModel<Input, History> {
  score(ids: readonly number[]): number[];
  start(inputs: readonly Input[], prompts: History): NextTokens<History>;
  step(state: History, tokens: readonly number[]): NextTokens<History>;
}

export function createModel<Input = readonly number[]>(
  score: (ids: readonly number[]) => number[],
): HistoryModel<Input> {
  const look = (state: History) => ({ state, logits: state.map(score) });
  return {
    score,
    start: (_, prompts) => look(prompts),
    step: (state, tokens) => look(state.map((ids, row) => [...ids, tokens[row]])),
  };
}

/** p(next | last), written down; a probability of 0 is a score of −Infinity. */
export function createChain(next: Readonly<Record<number, readonly number[]>>): HistoryModel {
  return createModel((ids) => next[ids[ids.length - 1]].map(Math.log));
}

/** Scores that depend on the whole history and look like chance, the same for the same seed. */
export function createNoise<Input = readonly number[]>(
  vocabSize: number,
  { seed, spread = 1.5 }: { seed: number; spread?: number },
): HistoryModel<Input> {
  return createModel((ids) => {
    const hash = ids.reduce((sum, id) => Math.imul(sum, 31) + id + 1, seed);
    const random = createRandom(hash);
    return Array.from({ length: vocabSize }, () => spread * random.normal());
  });
}
