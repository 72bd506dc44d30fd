import * as tf from "@tensorflow/tfjs";
import type { GenerationConfig } from "../../decode/options.ts";
import { toRandom, type RandomOptions } from "../../random.ts";
import { linear, type LinearParameters } from "../functional/linear.ts";
import { fillZeros } from "../initializers.ts";
import { checkHeads } from "../layers/multihead-attention.ts";
import { TransformerEncoder } from "../layers/transformer-stack.ts";
import { Module } from "../module.ts";
import { toEncoderConfig, type EncoderConfig, type TokenForwardOptions } from "./encoder-model.ts";
import { TokenEmbeddings } from "./token-embeddings.ts";
import { toPaddingMask, type TokenInput } from "./token-input.ts";

export interface CausalLanguageModelConfig extends Omit<EncoderConfig, "typeVocabSize"> {
  /** The token that begins a text. Default: none. */
  readonly bosTokenId?: number;
  /** The token that ends a text. Default: none. */
  readonly eosTokenId?: number;
}

/**
 * Guesses the next token from those before it, from left to right:
 *
 *     logits = decoder(embeddings(inputIds)) · Eᵀ + b        [batch, time] → [batch, time, vocabSize]
 *
 * No position sees one after it, so all of a text's next tokens are learnt at once: the label of position t is the token at
 * t + 1. E is the embedding itself. `generate(toDecoder(model), prompts)` writes with it. Names in the state dict:
 * embeddings.…, decoder.layers.0.…, decoder.norm.…, bias. Source: A. Radford et al., "Improving Language Understanding by
 * Generative Pre-Training", 2018.
 *
 * @ko 앞의 토큰들로 다음 토큰을 맞히는 언어 모델입니다.
 * @example
 * const model = new CausalLanguageModel({ vocabSize: 1000, bosTokenId: 2, eosTokenId: 3, seed: 1 });
 * model.forward({ inputIds }); // [batch, time, 1000]
 */
export class CausalLanguageModel extends Module<TokenInput, tf.Tensor, [options?: TokenForwardOptions]> {
  readonly config: Omit<Required<EncoderConfig>, "typeVocabSize"> &
    Pick<CausalLanguageModelConfig, "bosTokenId" | "eosTokenId"> & {
      readonly modelType: "causal-language-model";
    };
  readonly embeddings: TokenEmbeddings;
  readonly decoder: TransformerEncoder;
  readonly bias: tf.Variable;

  constructor(options: CausalLanguageModelConfig & RandomOptions) {
    super();
    const { bosTokenId, eosTokenId } = options;
    const { typeVocabSize: _, ...config } = toEncoderConfig(options);
    checkHeads(config.hiddenSize, { numHeads: config.numHeads, where: "CausalLanguageModel" });
    const random = toRandom(options);
    this.config = {
      modelType: "causal-language-model",
      ...config,
      ...(bosTokenId !== undefined && { bosTokenId }),
      ...(eosTokenId !== undefined && { eosTokenId }),
    };
    this.embeddings = new TokenEmbeddings({ ...config, typeVocabSize: 0, random });
    this.decoder = new TransformerEncoder(config.hiddenSize, config.numHeads, {
      ...config,
      rotary: config.positions === "rotary",
      random,
    });
    this.bias = fillZeros([config.vocabSize]);
  }

  /** What holds for `generate` where a call says nothing else. */
  get generationConfig(): GenerationConfig {
    const { bosTokenId, eosTokenId, padTokenId } = this.config;
    return { bosTokenId, eosTokenId, padTokenId };
  }

  forward(input: TokenInput, { attentions, ...embed }: TokenForwardOptions = {}): tf.Tensor {
    return tf.tidy(() => {
      const hidden = this.decoder.forward(this.embeddings.forward(input, embed), {
        keyPaddingMask: toPaddingMask(input.attentionMask),
        causal: true,
        attentions,
      });
      return this.score(hidden);
    });
  }

  /** What makes logits of hidden states: E and b. */
  get head(): LinearParameters {
    return { weight: this.embeddings.token.weight, bias: this.bias };
  }

  /** The head alone: hidden [batch, time, hiddenSize] → [batch, time, vocabSize] */
  score(hidden: tf.Tensor): tf.Tensor {
    return linear(hidden, this.head);
  }
}
