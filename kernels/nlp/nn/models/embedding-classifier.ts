import * as tf from "@tensorflow/tfjs";
import { checkInteger } from "../../arguments.ts";
import { toRandom, type RandomOptions } from "../../random.ts";
import { Dropout } from "../layers/dropout.ts";
import { Embedding } from "../layers/embedding.ts";
import { Linear } from "../layers/linear.ts";
import { Module } from "../module.ts";
import { poolTokens } from "./pooling.ts";
import { checkTokenInput, type TokenInput } from "./token-input.ts";

export interface EmbeddingClassifierConfig {
  readonly vocabSize: number;
  readonly classes: number;
  /** The size of a token's vector. Default 64. */
  readonly hiddenSize?: number;
  /** The id of padding, whose vector is not learnt. Default 0. */
  readonly padTokenId?: number;
  /** How likely a number of the mean is dropped while training. Default 0.1. */
  readonly dropout?: number;
}

export interface EmbeddingForwardOptions {
  /** Vectors to take instead of those of `inputIds`, [batch, time, hiddenSize]. */
  readonly inputsEmbeds?: tf.Tensor;
}

/**
 * Sorts a text by the mean of its tokens' vectors, whatever their order:
 *
 *     logits = drop(mean of embedding[id] over the tokens) · Wᵀ + b        [batch, time] → [batch, classes]
 *
 * Like a bag of words, but tokens that mean the same can learn vectors that lie together. Names in the state dict:
 * embedding.weight, classifier.weight, classifier.bias. Source: A. Joulin et al., "Bag of Tricks for Efficient Text
 * Classification" (fastText), 2017.
 *
 * @ko 토큰 벡터의 평균으로 글을 분류하는 모델입니다. 순서는 보지 않습니다.
 * @example
 * const model = new EmbeddingClassifier({ vocabSize: 800, classes: 4, seed: 1 });
 * model.forward({ inputIds, attentionMask }); // [batch, 4]
 */
export class EmbeddingClassifier extends Module<TokenInput, tf.Tensor, [options?: EmbeddingForwardOptions]> {
  readonly config: Required<EmbeddingClassifierConfig> & { readonly modelType: "embedding-classifier" };
  readonly embedding: Embedding;
  readonly dropout: Dropout;
  readonly classifier: Linear;

  constructor(options: EmbeddingClassifierConfig & RandomOptions) {
    super();
    const where = "EmbeddingClassifier";
    const { vocabSize, classes, hiddenSize = 64, padTokenId = 0, dropout = 0.1 } = options;
    checkInteger(classes, { where, what: "classes", min: 1 });
    checkInteger(hiddenSize, { where, what: "hiddenSize", min: 1 });
    const random = toRandom(options);
    this.config = { modelType: "embedding-classifier", vocabSize, classes, hiddenSize, padTokenId, dropout };
    this.dropout = new Dropout(dropout, { random });
    this.embedding = new Embedding(vocabSize, hiddenSize, { paddingIdx: padTokenId, std: 0.1, random });
    this.classifier = new Linear(hiddenSize, classes, { random });
  }

  forward(input: TokenInput, { inputsEmbeds }: EmbeddingForwardOptions = {}): tf.Tensor {
    checkTokenInput(input, "EmbeddingClassifier");
    return tf.tidy(() => {
      const vectors = inputsEmbeds ?? this.embedding.forward(input.inputIds); // [batch, time, hiddenSize]
      const mean = poolTokens(vectors, { attentionMask: input.attentionMask }); // [batch, hiddenSize]
      return this.classifier.forward(this.dropout.forward(mean)); // [batch, classes]
    });
  }
}
