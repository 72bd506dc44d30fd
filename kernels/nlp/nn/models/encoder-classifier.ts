import * as tf from "@tensorflow/tfjs";
import { checkInteger, checkOneOf } from "../../arguments.ts";
import { toRandom, type RandomOptions } from "../../random.ts";
import { Dropout } from "../layers/dropout.ts";
import { Linear } from "../layers/linear.ts";
import { Module } from "../module.ts";
import {
  EncoderModel,
  toEncoderConfig,
  type EncoderConfig,
  type TokenForwardOptions,
} from "./encoder-model.ts";
import { POOLINGS, poolTokens, type Pooling } from "./pooling.ts";
import type { TokenInput } from "./token-input.ts";

export interface EncoderClassifierConfig extends EncoderConfig {
  /** How many logits a text gets; 1 for a number, such as how alike two sentences are. */
  readonly classes: number;
  /** How the tokens' vectors become one: see `poolTokens`. Default "mean". */
  readonly pooling?: Pooling;
}

/**
 * Sorts a text, or a pair of texts, with a Transformer's encoder:
 *
 *     logits = drop(pool(encoder(inputIds, tokenTypeIds, attentionMask))) · Wᵀ + b        [batch, time] → [batch, classes]
 *
 * Names in the state dict: encoder.…, classifier.weight, classifier.bias.
 *
 * @ko 트랜스포머 인코더로 글이나 글의 쌍을 분류하는 모델입니다.
 * @example
 * const model = new EncoderClassifier({ vocabSize: 800, classes: 4, maxLength: 32, seed: 1 });
 * model.forward({ inputIds, attentionMask }); // [batch, 4]
 */
export class EncoderClassifier extends Module<TokenInput, tf.Tensor, [options?: TokenForwardOptions]> {
  readonly config: Required<EncoderClassifierConfig> & { readonly modelType: "encoder-classifier" };
  readonly encoder: EncoderModel;
  readonly dropout: Dropout;
  readonly classifier: Linear;

  constructor(options: EncoderClassifierConfig & RandomOptions) {
    super();
    const where = "EncoderClassifier";
    const { classes, pooling = "mean" } = options;
    checkInteger(classes, { where, what: "classes", min: 1 });
    checkOneOf(pooling, { where, what: "pooling", allowed: POOLINGS });
    const random = toRandom(options);
    this.config = { modelType: "encoder-classifier", ...toEncoderConfig(options), classes, pooling };
    this.encoder = new EncoderModel({ ...options, random });
    this.dropout = new Dropout(this.config.dropout, { random });
    this.classifier = new Linear(this.config.hiddenSize, classes, { random });
  }

  forward(input: TokenInput, options: TokenForwardOptions = {}): tf.Tensor {
    return tf.tidy(() => {
      const hidden = this.encoder.forward(input, options); // [batch, time, hiddenSize]
      const { pooling } = this.config;
      const pooled = poolTokens(hidden, { pooling, attentionMask: input.attentionMask }); // [batch, hiddenSize]
      return this.classifier.forward(this.dropout.pass(pooled)); // [batch, classes]
    });
  }
}
