import * as tf from "@tensorflow/tfjs";
import { checkInteger, checkNumber } from "../../arguments.ts";
import { toRandom, type RandomOptions } from "../../random.ts";
import { embedding } from "../functional/embedding.ts";
import { drawNormal } from "../initializers.ts";
import { Module } from "../module.ts";

export interface EmbeddingOptions extends RandomOptions {
  /** The id of padding: its vector starts as zeros and is not learnt. Default: none. */
  readonly paddingIdx?: number;
  /** The standard deviation of the vectors' first numbers. Default 1, as in PyTorch; BERT and GPT-2 use 0.02. */
  readonly std?: number;
}

/**
 * A vector for each token, learnt like any other weight:
 *
 *     y[...] = W[ids[...]]        ids [...] int32, W [numEmbeddings, embeddingDim] → y [..., embeddingDim]
 *
 * The vectors start from the normal distribution, as in PyTorch's nn.Embedding. Source: Y. Bengio et al., "A Neural
 * Probabilistic Language Model", 2003.
 *
 * @ko 토큰마다 학습하는 벡터를 하나씩 갖는 임베딩층입니다.
 * @example
 * const layer = new Embedding(1000, 64, { paddingIdx: 0, seed: 1 });
 * layer.forward(tf.tensor2d([[5, 7, 0]], [1, 3], "int32")); // [1, 3, 64], the last vector all zeros
 */
export class Embedding extends Module {
  readonly weight: tf.Variable;
  readonly paddingIdx?: number;

  constructor(numEmbeddings: number, embeddingDim: number, options: EmbeddingOptions = {}) {
    super();
    const where = "Embedding";
    checkInteger(numEmbeddings, { where, what: "numEmbeddings", min: 1 });
    checkInteger(embeddingDim, { where, what: "embeddingDim", min: 1 });
    const { paddingIdx, std = 1 } = options;
    checkNumber(std, { where, what: "std", min: 0 });
    if (paddingIdx !== undefined)
      checkInteger(paddingIdx, { where, what: "paddingIdx", min: 0, max: numEmbeddings - 1 });
    this.weight = drawNormal([numEmbeddings, embeddingDim], { random: toRandom(options), std });
    this.paddingIdx = paddingIdx;
    if (paddingIdx === undefined) return;
    tf.tidy(() => {
      const kept = Float32Array.from({ length: numEmbeddings }, (_, id) => (id === paddingIdx ? 0 : 1));
      this.weight.assign(tf.mul(this.weight, tf.tensor2d(kept, [numEmbeddings, 1])));
    });
  }

  forward(ids: tf.Tensor): tf.Tensor {
    return embedding(ids, { weight: this.weight, paddingIdx: this.paddingIdx });
  }

  override describe(): string {
    const [numEmbeddings, embeddingDim] = this.weight.shape;
    const padding = this.paddingIdx === undefined ? "" : `, paddingIdx ${this.paddingIdx}`;
    return `${numEmbeddings} → ${embeddingDim}${padding}`;
  }
}
