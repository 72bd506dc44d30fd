import { generate, type NextTokenModel } from "gongbu/decode";
import { describe, expect, it } from "vitest";
import { byLength } from "../../../../kernels/nlp/decode/transformers-js/by-length.ts";
import { createNoise } from "./chain.ts";

type Histories = readonly (readonly number[])[];

/** A model that takes rows of one length only, and counts the states that nobody has freed. */
function createStrict({ failAt = Infinity } = {}) {
  const noise = createNoise<readonly number[]>(7, { seed: 3 });
  const living = new Set<Histories>();
  const keep = (history: Histories) => {
    expect(new Set(history.map(({ length }) => length)).size).toBe(1);
    const state = [...history];
    living.add(state);
    return { state, logits: state.map(noise.score) };
  };
  let steps = 0;
  const model: NextTokenModel<readonly number[], Histories> = {
    start: (_, prompts) => keep(prompts),
    step(state, tokens) {
      if (++steps > failAt) throw new Error("step");
      living.delete(state);
      return keep(state.map((ids, row) => [...ids, tokens[row]]));
    },
    reorder(state, rows) {
      living.delete(state);
      return keep(rows.map((row) => state[row])).state;
    },
    dispose: (state) => void living.delete(state),
  };
  return { model, living, noise };
}

const prompts = [[1, 2], [3], [4, 5], [1, 2, 3], [6]];

describe("a model that takes prompts of one length", () => {
  it.each([{}, { numBeams: 3, numReturnSequences: 2 }, { numBeams: 4, eosTokenId: 6 }])(
    "finds for prompts of several lengths what others find (%j)",
    async (options) => {
      const { model, living, noise } = createStrict();
      const apart = await generate(byLength(model), prompts, {
        maxNewTokens: 6,
        eosTokenId: [5, 6],
        ...options,
      });
      const whole = await generate(noise, prompts, { maxNewTokens: 6, eosTokenId: [5, 6], ...options });
      expect(apart.sequences).toEqual(whole.sequences);
      expect(living.size).toBe(0);
    },
  );

  it("leaves no state behind when one of its parts fails", async () => {
    const { model, living } = createStrict({ failAt: 4 });
    await expect(generate(byLength(model), prompts, { maxNewTokens: 6 })).rejects.toThrow("step");
    expect(living.size).toBe(0);
  });
});
