import { generateText, type TextTokenizer } from "gongbu/decode";
import { expect, it } from "vitest";
import { createChain, createModel, type HistoryModel } from "./chain.ts";

/** [PAD] [BOS] [EOS] a b */
const pieces = ["[PAD]", "[BOS]", "[EOS]", "a", "b"];
const tokenizer: TextTokenizer = {
  encode: (text, { addSpecialTokens = true } = {}) => {
    const ids = [...text].map((letter) => pieces.indexOf(letter));
    return { inputIds: addSpecialTokens ? [1, ...ids, 2] : ids };
  },
  decode: (ids, { skipSpecialTokens = false } = {}) =>
    ids
      .filter((id) => !skipSpecialTokens || id > 2)
      .map((id) => pieces[id])
      .join(""),
  padTokenId: 0,
  bosTokenId: 1,
  eosTokenId: 2,
};

type Encoded = ReturnType<TextTokenizer["encode"]>;
const chain = createChain({ 1: [0, 0, 0, 1, 0], 3: [0, 0, 0.3, 0.1, 0.6], 4: [0, 0, 0.7, 0.3, 0] });
const model = createModel<Encoded>(chain.score);

it("a causal model goes on from the bare text, and special tokens are left out of what comes back", async () => {
  const { texts, alternatives, generation } = await generateText(model, ["a", "ab"], {
    tokenizer,
    numBeams: 2,
    numReturnSequences: 2,
  });
  expect(generation.sequences[0].slice(0, 2)).toEqual([3, 4]);
  expect(texts).toEqual(["b", ""]);
  expect(alternatives[0]).toHaveLength(2);
  expect(generation.outputs[0].hypotheses[0].tokens).toEqual([4, 2]);
});

it("an encoder–decoder reads the special tokens and begins with the tokenizer's start token", async () => {
  const read: Encoded[] = [];
  const seq2seq: HistoryModel<Encoded> = {
    ...model,
    isEncoderDecoder: true,
    start: (inputs, prompts) => {
      read.push(...inputs);
      return model.start(inputs, prompts);
    },
  };
  const { texts, generation } = await generateText(seq2seq, ["b"], { tokenizer });
  expect(read).toEqual([{ inputIds: [1, 4, 2] }]);
  expect(generation.sequences).toEqual([[1, 3, 4, 2]]);
  expect(texts).toEqual(["ab"]);
});

it("what the call or the model names goes before what the tokenizer names", async () => {
  const ending = { ...model, generationConfig: { eosTokenId: 4 } };
  expect((await generateText(ending, ["a"], { tokenizer })).generation.sequences).toEqual([[3, 4]]);
  const called = await generateText(ending, ["a"], { tokenizer, eosTokenId: 2 });
  expect(called.generation.sequences).toEqual([[3, 4, 2]]);
});

it("no texts are refused", async () => {
  await expect(generateText(model, [], { tokenizer })).rejects.toThrow(/generateText: `texts` is empty/);
});
