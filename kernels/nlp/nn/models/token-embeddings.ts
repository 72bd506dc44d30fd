import * as tf from "@tensorflow/tfjs";
import { checkInteger, checkOneOf } from "../../arguments.ts";
import { toRandom, type RandomOptions } from "../../random.ts";
import type { EmbedWeights } from "../../../simd/index.ts";
import { maybeEmbedNatively } from "../functional/embed-natively.ts";
import { Dropout } from "../layers/dropout.ts";
import { Embedding } from "../layers/embedding.ts";
import { LayerNorm } from "../layers/layer-norm.ts";
import {
  LearnedPositionalEncoding,
  SinusoidalPositionalEncoding,
  type PositionOptions,
} from "../layers/positional-encoding.ts";
import { Module } from "../module.ts";
import { checkTokenInput, type TokenInput } from "./token-input.ts";

export interface TokenEmbeddingsConfig {
  readonly vocabSize: number;
  /** The size of a token's vector. Default 64. */
  readonly hiddenSize?: number;
  /** The longest text. Default 128. */
  readonly maxLength?: number;
  /** How order is told: learnt vectors, fixed waves, turned queries and keys inside the attention, or not at all. Default "learned". */
  readonly positions?: "learned" | "sinusoidal" | "rotary" | "none";
  /** How many kinds of segments `tokenTypeIds` can name; 0: none. Default 2, the first and the second sentence. */
  readonly typeVocabSize?: number;
  /** The id of padding, whose vector is not learnt. Default 0. */
  readonly padTokenId?: number;
  /** How likely a number is dropped while training. Default 0.1. */
  readonly dropout?: number;
}

export interface EmbedOptions extends PositionOptions {
  /** Vectors to take instead of those of `inputIds`, [batch, time, hiddenSize]: for asking how the output depends on them. */
  readonly inputsEmbeds?: tf.Tensor;
}

/**
 * The vector of each token, of its segment and of its position, added up:
 *
 *     y = drop(norm(token[id] + segment[type] + position[t]))
 *
 * inputIds, tokenTypeIds [batch, time] → [batch, time, hiddenSize]. As in BERT (J. Devlin et al., 2019). Names in the
 * state dict: token.weight, segment.weight, position.weight, norm.weight, norm.bias.
 *
 * @ko 토큰, 문장 구분, 위치의 벡터를 더하는 층입니다.
 */
export class TokenEmbeddings extends Module<TokenInput, tf.Tensor, [options?: EmbedOptions]> {
  readonly token: Embedding;
  readonly segment?: Embedding;
  readonly position?: LearnedPositionalEncoding | SinusoidalPositionalEncoding;
  readonly norm: LayerNorm;
  readonly dropout: Dropout;

  constructor(options: TokenEmbeddingsConfig & RandomOptions) {
    super();
    const where = "TokenEmbeddings";
    const { vocabSize, hiddenSize = 64, maxLength = 128, positions = "learned" } = options;
    const { typeVocabSize = 2, padTokenId = 0, dropout = 0.1 } = options;
    checkInteger(vocabSize, { where, what: "vocabSize", min: 1 });
    checkInteger(hiddenSize, { where, what: "hiddenSize", min: 1 });
    checkInteger(maxLength, { where, what: "maxLength", min: 1 });
    checkInteger(typeVocabSize, { where, what: "typeVocabSize", min: 0 });
    checkInteger(padTokenId, { where, what: "padTokenId", min: 0, max: vocabSize - 1 });
    checkOneOf(positions, { where, what: "positions", allowed: ["learned", "sinusoidal", "rotary", "none"] });
    const random = toRandom(options);
    this.dropout = new Dropout(dropout, { random });
    this.token = new Embedding(vocabSize, hiddenSize, { paddingIdx: padTokenId, std: 0.02, random });
    if (typeVocabSize > 0) this.segment = new Embedding(typeVocabSize, hiddenSize, { std: 0.02, random });
    if (positions === "learned")
      this.position = new LearnedPositionalEncoding(hiddenSize, { maxLength, random });
    if (positions === "sinusoidal")
      this.position = new SinusoidalPositionalEncoding(hiddenSize, { maxLength });
    this.norm = new LayerNorm(hiddenSize);
  }

  forward(input: TokenInput, { inputsEmbeds, offset = 0, places }: EmbedOptions = {}): tf.Tensor {
    checkTokenInput(input, "TokenEmbeddings");
    return tf.tidy(() => {
      const operands = inputsEmbeds || places ? undefined : maybeEmbedWeights(this);
      const native = operands && maybeEmbedNatively({ ...operands, ids: input.inputIds, offset });
      if (native) return native;
      const tokens = inputsEmbeds ?? this.token.forward(input.inputIds); // [batch, time, hiddenSize]
      const typed = this.segment ? tf.add(tokens, this.#segments(this.segment, input)) : tokens;
      const placed = this.position ? this.position.forward(typed, { offset, places }) : typed;
      return this.dropout.pass(this.norm.forward(placed));
    });
  }

  /** Without `tokenTypeIds` everything is in the first segment: its one row is added everywhere. */
  #segments(segment: Embedding, { tokenTypeIds }: TokenInput): tf.Tensor {
    return tokenTypeIds ? segment.forward(tokenTypeIds) : tf.slice(segment.weight, [0, 0], [1, -1]);
  }
}

/** What a native function needs, in evaluation; undefined where there is none that does what the embeddings do. */
export function maybeEmbedWeights(embeddings: TokenEmbeddings): EmbedWeights | undefined {
  const { token, position, norm } = embeddings;
  if (embeddings.training || embeddings.segment) return undefined;
  const positions = position instanceof SinusoidalPositionalEncoding ? position.table : position?.weight;
  return { tokens: token.weight, positions, norm };
}
