import * as tf from "@tensorflow/tfjs";
import { LearnerError } from "../../error.ts";
import { toRandom, type RandomOptions } from "../../random.ts";
import { linear } from "../functional/linear.ts";
import { fillZeros } from "../initializers.ts";
import { GELU } from "../layers/activations.ts";
import { LayerNorm } from "../layers/layer-norm.ts";
import { Linear } from "../layers/linear.ts";
import { Module } from "../module.ts";
import {
  EncoderModel,
  toEncoderConfig,
  type EncoderConfig,
  type TokenForwardOptions,
} from "./encoder-model.ts";
import { poolTokens } from "./pooling.ts";
import type { TokenInput } from "./token-input.ts";

export interface MaskedLanguageModelConfig extends EncoderConfig {
  /** A second head, which tells from the first token whether the second sentence follows the first. Default false. */
  readonly nextSentence?: boolean;
}

export interface PretrainingLogits {
  /** A score for each token of the vocabulary at each position, [batch, time, vocabSize]. */
  readonly tokens: tf.Tensor;
  /** Scores of 0, "the second sentence follows", and 1, "it does not", [batch, 2]. */
  readonly nextSentence: tf.Tensor;
}

/**
 * Guesses tokens that were masked, from both sides (see `maskTokens`):
 *
 *     logits = norm(gelu(hidden · Dᵀ + d)) · Eᵀ + b        [batch, time] → [batch, time, vocabSize]
 *
 * E is the embedding itself: a token is likely where the vector is like its own. With `nextSentence` also
 *
 *     tanh(hidden of the first token · Pᵀ + p) · Nᵀ + n        → [batch, 2]
 *
 * Names in the state dict: encoder.…, dense.weight, dense.bias, norm.weight, norm.bias, bias, pooler.…, next.…. Source: J.
 * Devlin et al., "BERT", 2019.
 *
 * @ko 가려진 토큰을 양쪽 문맥에서 맞히는 언어 모델입니다.
 * @example
 * const model = new MaskedLanguageModel({ vocabSize: 2000, seed: 1 });
 * const loss = crossEntropy(model.forward({ inputIds, attentionMask }), labels); // labels: −100 where nothing was masked
 */
export class MaskedLanguageModel extends Module<TokenInput, tf.Tensor, [options?: TokenForwardOptions]> {
  readonly config: Required<MaskedLanguageModelConfig> & { readonly modelType: "masked-language-model" };
  readonly encoder: EncoderModel;
  readonly dense: Linear;
  readonly norm: LayerNorm;
  readonly bias: tf.Variable;
  readonly pooler?: Linear;
  readonly next?: Linear;
  readonly #activation = new GELU();

  constructor(options: MaskedLanguageModelConfig & RandomOptions) {
    super();
    const { nextSentence = false } = options;
    const random = toRandom(options);
    const config = toEncoderConfig(options);
    const { hiddenSize, vocabSize } = config;
    this.config = { modelType: "masked-language-model", ...config, nextSentence };
    this.encoder = new EncoderModel({ ...config, random });
    this.dense = new Linear(hiddenSize, hiddenSize, { random });
    this.norm = new LayerNorm(hiddenSize);
    this.bias = fillZeros([vocabSize]);
    if (!nextSentence) return;
    this.pooler = new Linear(hiddenSize, hiddenSize, { random });
    this.next = new Linear(hiddenSize, 2, { random });
  }

  forward(input: TokenInput, options: TokenForwardOptions = {}): tf.Tensor {
    return tf.tidy(() => this.#tokens(this.encoder.forward(input, options)));
  }

  /** Both heads on one pass through the encoder. */
  forwardBoth(input: TokenInput, options: TokenForwardOptions = {}): PretrainingLogits {
    const { pooler, next } = this;
    if (!pooler || !next) throw noSecondHead();
    return tf.tidy(() => {
      const hidden = this.encoder.forward(input, options); // [batch, time, hiddenSize]
      const first = poolTokens(hidden, { pooling: "cls" }); // [batch, hiddenSize]
      return { tokens: this.#tokens(hidden), nextSentence: next.forward(tf.tanh(pooler.forward(first))) };
    });
  }

  #tokens(hidden: tf.Tensor): tf.Tensor {
    const features = this.norm.forward(this.#activation.forward(this.dense.forward(hidden)));
    return linear(features, { weight: this.encoder.embeddings.token.weight, bias: this.bias }); // [batch, time, vocabSize]
  }
}

function noSecondHead(): LearnerError {
  return new LearnerError({
    code: "wrong-option",
    where: "MaskedLanguageModel.forwardBoth",
    given: {
      en: "This model was made without `nextSentence`.",
      ko: "이 모델은 `nextSentence` 없이 만들어졌습니다.",
    },
    expected: {
      en: "A second head is needed to tell whether a sentence follows.",
      ko: "문장이 이어지는지 가리려면 두 번째 헤드가 필요합니다.",
    },
    remedy: {
      en: "Make the model with `nextSentence: true`, or use `forward`.",
      ko: "`nextSentence: true`로 모델을 만들거나 `forward`를 쓰십시오.",
    },
  });
}
