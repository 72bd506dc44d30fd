import * as tf from "@tensorflow/tfjs";
import { checkInteger } from "../../arguments.ts";
import type { GenerationConfig } from "../../decode/options.ts";
import { toRandom, type RandomOptions } from "../../random.ts";
import { linear, type LinearParameters } from "../functional/linear.ts";
import { fillZeros } from "../initializers.ts";
import { TransformerDecoder } from "../layers/transformer-stack.ts";
import { Module } from "../module.ts";
import {
  EncoderModel,
  toEncoderConfig,
  type EncoderConfig,
  type TokenForwardOptions,
} from "./encoder-model.ts";
import { TokenEmbeddings } from "./token-embeddings.ts";
import { toPaddingMask, type Seq2SeqInput, type TokenInput } from "./token-input.ts";

/** What all encoder–decoders of this library are told beside the sizes. */
export interface Seq2SeqTokens {
  /** Tokens of the target language. Default: `vocabSize`, one vocabulary for both. */
  readonly targetVocabSize?: number;
  /** The token that the decoder begins with. */
  readonly bosTokenId: number;
  /** The token with which an output ends. */
  readonly eosTokenId: number;
}

export interface TransformerSeq2SeqConfig extends Omit<EncoderConfig, "typeVocabSize">, Seq2SeqTokens {}

export interface Seq2SeqForwardOptions extends Pick<TokenForwardOptions, "attentions"> {
  /** As `attentions`, for the decoder's own. */
  readonly decoderAttentions?: tf.Tensor[];
  /** As `attentions`, for the weights with which the source was looked at: [batch, heads, target, source]. */
  readonly crossAttentions?: tf.Tensor[];
}

/**
 * Turns one sequence into another with a Transformer: the encoder reads the source from both sides, the decoder writes from
 * left to right and looks at the source in each layer:
 *
 *     memory = encoder(inputIds)        logits = decoder(decoderInputIds, memory) · Eᵀ + b
 *
 * inputIds [batch, source time], decoderInputIds [batch, target time] → [batch, target time, targetVocabSize]
 *
 * E is the decoder's embedding. Names in the state dict: encoder.embeddings.…, encoder.encoder.…, embeddings.…,
 * decoder.layers.0.…, bias. Source: A. Vaswani et al., "Attention Is All You Need", 2017.
 *
 * @ko 한 시퀀스를 다른 시퀀스로 바꾸는 트랜스포머 인코더-디코더입니다.
 * @example
 * const model = new TransformerSeq2Seq({ vocabSize: 400, targetVocabSize: 300, bosTokenId: 2, eosTokenId: 3, seed: 1 });
 * const outputs = await generate(toDecoder(model), sources, { numBeams: 4, maxNewTokens: 20 });
 */
export class TransformerSeq2Seq extends Module<Seq2SeqInput, tf.Tensor, [options?: Seq2SeqForwardOptions]> {
  readonly config: Omit<Required<EncoderConfig>, "typeVocabSize"> &
    Required<Seq2SeqTokens> & { readonly modelType: "transformer-seq2seq" };
  readonly encoder: EncoderModel;
  readonly embeddings: TokenEmbeddings;
  readonly decoder: TransformerDecoder;
  readonly bias: tf.Variable;

  constructor(options: TransformerSeq2SeqConfig & RandomOptions) {
    super();
    const { typeVocabSize: _, ...config } = toEncoderConfig(options);
    const { targetVocabSize = config.vocabSize, bosTokenId, eosTokenId } = options;
    checkSeq2SeqTokens({ targetVocabSize, bosTokenId, eosTokenId }, "TransformerSeq2Seq");
    const random = toRandom(options);
    this.config = { modelType: "transformer-seq2seq", ...config, targetVocabSize, bosTokenId, eosTokenId };
    this.encoder = new EncoderModel({ ...config, typeVocabSize: 0, random });
    this.embeddings = new TokenEmbeddings({
      ...config,
      vocabSize: targetVocabSize,
      typeVocabSize: 0,
      random,
    });
    this.decoder = new TransformerDecoder(config.hiddenSize, config.numHeads, {
      ...config,
      rotary: config.positions === "rotary",
      random,
    });
    this.bias = fillZeros([targetVocabSize]);
  }

  /** What holds for `generate` where a call says nothing else. */
  get generationConfig(): GenerationConfig {
    const { bosTokenId, eosTokenId, padTokenId } = this.config;
    return { bosTokenId, decoderStartTokenId: bosTokenId, eosTokenId, padTokenId };
  }

  forward(input: Seq2SeqInput, options: Seq2SeqForwardOptions = {}): tf.Tensor {
    const { attentions, decoderAttentions, crossAttentions } = options;
    return tf.tidy(() => {
      const memory = this.encode(input, { attentions });
      const target = this.embeddings.forward({ inputIds: input.decoderInputIds });
      const hidden = this.decoder.forward(target, memory, {
        keyPaddingMask: toPaddingMask(input.decoderAttentionMask),
        memoryKeyPaddingMask: toPaddingMask(input.attentionMask),
        attentions: decoderAttentions,
        crossAttentions,
      });
      return this.score(hidden);
    });
  }

  /** The encoder alone: [batch, source time] → [batch, source time, hiddenSize] */
  encode(input: TokenInput, options: TokenForwardOptions = {}): tf.Tensor {
    return this.encoder.forward(input, options);
  }

  /** What makes logits of hidden states: E and b. */
  get head(): LinearParameters {
    return { weight: this.embeddings.token.weight, bias: this.bias };
  }

  /** The head alone: hidden [batch, time, hiddenSize] → [batch, time, targetVocabSize] */
  score(hidden: tf.Tensor): tf.Tensor {
    return linear(hidden, this.head);
  }
}

export function checkSeq2SeqTokens(
  { targetVocabSize, bosTokenId, eosTokenId }: Required<Seq2SeqTokens>,
  where: string,
): void {
  checkInteger(targetVocabSize, { where, what: "targetVocabSize", min: 1 });
  checkInteger(bosTokenId, { where, what: "bosTokenId", min: 0, max: targetVocabSize - 1 });
  checkInteger(eosTokenId, { where, what: "eosTokenId", min: 0, max: targetVocabSize - 1 });
}
