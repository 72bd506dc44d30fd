import { checkNotEmpty } from "../arguments.ts";
import { generate, type Generation } from "./generate.ts";
import type { NextTokenModel } from "./model.ts";
import type { GenerateOptions } from "./options.ts";
import type { EncodedInput } from "./prompts.ts";

/** What is needed of a tokenizer; those of `gongbu/text` have it. */
export interface TextTokenizer<Encoded extends EncodedInput = EncodedInput> {
  encode(text: string, options?: { readonly addSpecialTokens?: boolean }): Encoded;
  decode(ids: readonly number[], options?: { readonly skipSpecialTokens?: boolean }): string;
  readonly bosTokenId?: number;
  readonly eosTokenId?: number;
  readonly padTokenId?: number;
}

export interface GenerateTextOptions<Encoded extends EncodedInput> extends GenerateOptions {
  readonly tokenizer: TextTokenizer<Encoded>;
  /** Whether inputs get the tokenizer's special tokens. Default: for an encoder–decoder; a causal model goes on from the bare text. */
  readonly addSpecialTokens?: boolean;
}

export interface GeneratedTexts {
  /** The best for each text. */
  readonly texts: readonly string[];
  /** All `numReturnSequences` for each text, the best first. */
  readonly alternatives: readonly (readonly string[])[];
  readonly generation: Generation;
}

/**
 * From texts to texts: encode, `generate`, decode. Special tokens are left out of what comes back, and those that neither the
 * call nor the model names (end, padding, start) are the tokenizer's.
 *
 * @ko 글을 받아 글을 냅니다. 인코딩, 생성, 디코딩을 한 번에 합니다.
 * @example (await generateText(translator, ["고양이가 잔다"], { tokenizer, numBeams: 4 })).texts // ["the cat sleeps"]
 */
export async function generateText<Encoded extends EncodedInput, State>(
  model: NextTokenModel<Encoded, State>,
  texts: readonly string[],
  { tokenizer, addSpecialTokens = model.isEncoderDecoder ?? false, ...options }: GenerateTextOptions<Encoded>,
): Promise<GeneratedTexts> {
  checkNotEmpty(texts, { where: "generateText", what: "texts" });
  const inputs = texts.map((text) => tokenizer.encode(text, { addSpecialTokens }));
  const fill = <Name extends "bosTokenId" | "eosTokenId" | "padTokenId">(name: Name) =>
    options[name] ?? model.generationConfig?.[name] ?? tokenizer[name];
  const generation = await generate(model, inputs, {
    ...options,
    bosTokenId: fill("bosTokenId"),
    eosTokenId: fill("eosTokenId"),
    padTokenId: fill("padTokenId"),
  });
  const alternatives = generation.outputs.map(({ hypotheses }) =>
    hypotheses.map(({ tokens }) => tokenizer.decode(tokens, { skipSpecialTokens: true })),
  );
  return { texts: alternatives.map(([best]) => best), alternatives, generation };
}
