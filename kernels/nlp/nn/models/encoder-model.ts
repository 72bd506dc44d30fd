import * as tf from "@tensorflow/tfjs";
import { toRandom, type RandomOptions } from "../../random.ts";
import { checkHeads } from "../layers/multihead-attention.ts";
import type { TransformerLayerOptions } from "../layers/transformer-layer.ts";
import { TransformerEncoder } from "../layers/transformer-stack.ts";
import { Module } from "../module.ts";
import { TokenEmbeddings, type EmbedOptions, type TokenEmbeddingsConfig } from "./token-embeddings.ts";
import { toPaddingMask, type TokenInput } from "./token-input.ts";

export interface EncoderConfig
  extends
    TokenEmbeddingsConfig,
    Pick<TransformerLayerOptions, "dimFeedforward" | "activation" | "normFirst"> {
  /** Default 2. */
  readonly numLayers?: number;
  /** Default 4. */
  readonly numHeads?: number;
}

export interface TokenForwardOptions extends EmbedOptions {
  /**
   * To look at what the heads do: each layer adds its attention weights, [batch, heads, query, key]. They are kept
   * beyond `tf.tidy`, and the caller disposes of them.
   */
  readonly attentions?: tf.Tensor[];
}

/** The options with their defaults filled in, as they are saved. */
export function toEncoderConfig(options: EncoderConfig): Required<EncoderConfig> {
  const {
    vocabSize,
    hiddenSize = 64,
    numLayers = 2,
    numHeads = 4,
    dimFeedforward = 4 * hiddenSize,
  } = options;
  const { maxLength = 128, positions = "learned", typeVocabSize = 2, padTokenId = 0 } = options;
  const { dropout = 0.1, activation = "relu", normFirst = true } = options;
  const sizes = { vocabSize, hiddenSize, numLayers, numHeads, dimFeedforward, maxLength, typeVocabSize };
  return { ...sizes, positions, padTokenId, dropout, activation, normFirst };
}

/**
 * A Transformer's encoder over the embeddings of tokens: a vector for each token that knows its neighbours on both sides.
 *
 *     hidden = encoder(embeddings(inputIds, tokenTypeIds), attentionMask)        [batch, time] → [batch, time, hiddenSize]
 *
 * What most models of text here begin with; their `encoder` can be loaded from another's:
 * `classifier.encoder.loadStateDict(pretrained.encoder.stateDict())`. Names in the state dict: embeddings.token.weight, …,
 * encoder.layers.0.self_attn.in_proj_weight, …. Source: J. Devlin et al., "BERT", 2019.
 *
 * @ko 토큰마다 양쪽 문맥을 아는 벡터를 내는 트랜스포머 인코더입니다.
 */
export class EncoderModel extends Module<TokenInput, tf.Tensor, [options?: TokenForwardOptions]> {
  readonly config: ReturnType<typeof toEncoderConfig> & { readonly modelType: "encoder" };
  readonly embeddings: TokenEmbeddings;
  readonly encoder: TransformerEncoder;

  constructor(options: EncoderConfig & RandomOptions) {
    super();
    const config = toEncoderConfig(options);
    checkHeads(config.hiddenSize, { numHeads: config.numHeads, where: "EncoderModel" });
    const random = toRandom(options);
    this.config = { modelType: "encoder", ...config };
    this.embeddings = new TokenEmbeddings({ ...config, random });
    this.encoder = new TransformerEncoder(config.hiddenSize, config.numHeads, {
      ...config,
      rotary: config.positions === "rotary",
      random,
    });
  }

  forward(input: TokenInput, { attentions, ...embed }: TokenForwardOptions = {}): tf.Tensor {
    return tf.tidy(() =>
      this.encoder.forward(this.embeddings.forward(input, embed), {
        keyPaddingMask: toPaddingMask(input.attentionMask),
        attentions,
      }),
    );
  }
}
