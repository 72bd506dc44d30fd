/** The table model of tests/reference/generation.py, as a model for `generate`. */
import type { NextTokenModel, NextTokens } from "gongbu/decode";
import reference from "../../../reference/generation.json" with { type: "json" };

export { reference };

export interface TableState {
  readonly ids: readonly number[];
  readonly source: number;
}

const { tables, vocabulary } = reference;

/** The score of every token after the ids. */
export function tableScores({ ids, source }: TableState): number[] {
  const last = ids[ids.length - 1];
  const before = ids[Math.max(0, ids.length - 2)];
  return Array.from(
    { length: vocabulary },
    (_, token) =>
      tables.last[last][token] +
      tables.previous[before][token] +
      tables.place[ids.length % 5][token] +
      tables.source[source][token],
  );
}

function look(state: readonly TableState[]): NextTokens<readonly TableState[]> {
  return { logits: state.map(tableScores), state };
}

function step(state: readonly TableState[], tokens: readonly number[]): NextTokens<readonly TableState[]> {
  return look(state.map(({ ids, source }, row) => ({ ids: [...ids, tokens[row]], source })));
}

export const causal: NextTokenModel<number[], readonly TableState[]> = {
  start: (_, prompts) => look(prompts.map((ids) => ({ ids, source: 0 }))),
  step,
};

export const seq2seq: NextTokenModel<number[], readonly TableState[]> = {
  isEncoderDecoder: true,
  generationConfig: { decoderStartTokenId: reference.start },
  start: (inputs, prompts) =>
    look(prompts.map((ids, row) => ({ ids, source: inputs[row].reduce((sum, id) => sum + id, 0) % 4 }))),
  step,
};
