/** Against Hugging Face's own `generate`: tests/reference/generation.py says how the numbers were made. */
import { generate, type GenerateOptions } from "gongbu/decode";
import { describe, expect, it } from "vitest";
import { causal, reference, seq2seq } from "./table-model.ts";

const models = { causal, seq2seq };

/** In Python and here: after `ids`, tokens v with (v + last id) not divisible by 3, and the end token. */
function notThird(_: number, ids: readonly number[]): number[] {
  const all = Array.from({ length: reference.vocabulary }, (_, token) => token);
  return all.filter((token) => (token + ids[ids.length - 1]) % 3 !== 0 || token === reference.eos);
}

interface Case {
  readonly model: string;
  readonly options: GenerateOptions & { readonly prefix?: boolean };
  readonly sequences: number[][];
  readonly scores?: number[];
}

describe("generate, beside transformers 5.18", () => {
  for (const [index, { model, options, sequences, scores }] of (reference.cases as Case[]).entries()) {
    const name = model as keyof typeof models;
    const { prefix, ...rest } = options;
    it(`finds the same, case ${index}: ${name} ${JSON.stringify(options)}`, async () => {
      const generation = await generate(models[name], reference.inputs[name], {
        ...rest,
        padTokenId: reference.pad,
        ...(prefix && { prefixAllowedTokensFn: notThird }),
      });
      expect(generation.sequences).toEqual(sequences);
      if (!scores) return;
      const ours = generation.outputs.flatMap(({ hypotheses }) => hypotheses.map(({ score }) => score));
      ours.forEach((score, place) => expect(score).toBeCloseTo(scores[place], 4));
    });
  }
});

describe("diverse beam search, beside the scorer of transformers 4.57", () => {
  for (const [index, { options, sequences, scores }] of reference.groups.entries()) {
    it(`finds the same, case ${index}: ${JSON.stringify(options)}`, async () => {
      const generation = await generate(causal, reference.inputs.causal, options);
      const found = generation.outputs.flatMap(({ hypotheses }) => hypotheses);
      const prompt = (place: number) => reference.inputs.causal[Math.floor(place / options.numBeams)];
      expect(found.map(({ tokens }, place) => [...prompt(place), ...tokens])).toEqual(sequences);
      found.forEach(({ score }, place) => expect(score).toBeCloseTo(scores[place], 4));
    });
  }
});
