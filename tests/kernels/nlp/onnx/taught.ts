/** Small models that have learnt a few sentences by heart: what they write is known, and different everywhere. */
import type * as tf from "@tensorflow/tfjs";
import {
  CausalLanguageModel,
  crossEntropy,
  RecurrentSeq2Seq,
  TransformerSeq2Seq,
  type EncoderConfig,
  type RecurrentSeq2SeqConfig,
} from "gongbu/nn";
import { trainWordLevel } from "gongbu/text";
import { toSeq2SeqInput, toTokenInput, toTokenTargets } from "gongbu/train";
import { overfit } from "../nn/overfit.ts";

export const KOREAN = ["나는 오늘 학교에 간다", "검은 고양이가 열린 창문 밖을 본다", "비가 온다"];
export const ENGLISH = ["i go to school today", "the black cat looks out of the window", "it rains"];

const train = (texts: readonly string[]) => trainWordLevel(texts, { template: "sequence" });
export const both = train([...KOREAN, ...ENGLISH]);
export const [korean, english] = [train(KOREAN), train(ENGLISH)];

const sizes = { hiddenSize: 16, numLayers: 2, numHeads: 2, maxLength: 24, dropout: 0, seed: 5 };
const [bosTokenId, eosTokenId, padTokenId] = [both.bosTokenId!, both.eosTokenId!, both.padTokenId!];
const special = { bosTokenId, eosTokenId, padTokenId };

/** Goes on with each Korean sentence. */
export function teachWriter(options: Partial<EncoderConfig> = {}): CausalLanguageModel {
  const model = new CausalLanguageModel({ ...sizes, vocabSize: both.vocabSize, ...special, ...options });
  const texts = KOREAN.map((text) => both.encode(text, { addSpecialTokens: false }).ids);
  overfit(model, () => {
    const targets = texts.map((ids) => [...ids.slice(1), eosTokenId]);
    return crossEntropy(model.forward(toTokenInput(texts)), toTokenTargets(targets));
  });
  return model;
}

/** Translates each Korean sentence. */
export function teachTranslator(options: Partial<EncoderConfig> = {}): TransformerSeq2Seq {
  const config = { ...sizes, vocabSize: both.vocabSize, ...special, ...options };
  return teachPairs(new TransformerSeq2Seq(config), { source: both, target: both });
}

/** The same with recurrent layers. */
export function teachRecurrent(options: Partial<RecurrentSeq2SeqConfig> = {}): RecurrentSeq2Seq {
  const config = {
    vocabSize: both.vocabSize,
    ...special,
    hiddenSize: 16,
    embeddingSize: 16,
    dropout: 0,
    seed: 5,
  };
  return teachPairs(new RecurrentSeq2Seq({ ...config, ...options }), { source: both, target: both });
}

export function teachPairs<T extends TransformerSeq2Seq | RecurrentSeq2Seq>(
  model: T,
  { source, target }: { source: typeof both; target: typeof both },
): T {
  const pairs = KOREAN.map((text, index) => ({
    source: source.encode(text).ids,
    target: [...target.encode(ENGLISH[index], { addSpecialTokens: false }).ids, eosTokenId],
  }));
  overfit(model, () => {
    const logits: tf.Tensor = model.forward(toSeq2SeqInput(pairs, { bosTokenId }));
    return crossEntropy(logits, toTokenTargets(pairs.map(({ target }) => target)));
  });
  return model;
}
