/** The attention between the two halves of a recurrent sequence-to-sequence model: one query at a time looks over a memory. */
import * as tf from "@tensorflow/tfjs";
import { checkInteger, checkOneOf } from "../../arguments.ts";
import { toRandom, type RandomOptions } from "../../random.ts";
import { maskedSoftmax } from "../functional/attention.ts";
import { matMul } from "../functional/mat-mul.ts";
import { Module } from "../module.ts";
import { checkSequence } from "../tensors.ts";
import { Linear } from "./linear.ts";

export interface AlignmentOptions {
  /** [batch, key]: 1 where the memory is padding. Default: none is. */
  readonly keyPaddingMask?: tf.Tensor;
}

export interface AlignmentOutput {
  /** The weighted mean of the memory for each query, [batch, query, keySize]. */
  readonly output: tf.Tensor;
  /** How much each query took of each key, [batch, query, key]. Each row sums to 1, or to 0 where every key is masked. */
  readonly weights: tf.Tensor;
}

export interface AdditiveAttentionOptions extends RandomOptions {
  /** The size of the small network. Default: that of the query. */
  readonly hiddenSize?: number;
}

/**
 * Attention as D. Bahdanau et al. made it, "Neural Machine Translation by Jointly Learning to Align and Translate", 2014:
 * a small network scores each pair of query and key,
 *
 *     score(q, k) = v · tanh(W·q + U·k)      weights = softmax over k      output = Σ weights · k
 *
 * query [batch, query, querySize], memory [batch, key, keySize] → output [batch, query, keySize], weights [batch, query, key]
 *
 * Names in the state dict: query.weight (W), key.weight (U), score.weight (v), started as `Linear` starts them.
 *
 * @ko 바다나우의 덧셈 어텐션입니다. 디코더의 상태가 인코더의 어느 자리를 볼지 정합니다.
 */
export class AdditiveAttention extends Module<
  tf.Tensor,
  AlignmentOutput,
  [memory: tf.Tensor, options?: AlignmentOptions]
> {
  readonly query: Linear;
  readonly key: Linear;
  readonly score: Linear;

  constructor(querySize: number, keySize: number, options: AdditiveAttentionOptions = {}) {
    super();
    const where = "AdditiveAttention";
    const { hiddenSize = querySize } = options;
    checkInteger(querySize, { where, what: "querySize", min: 1 });
    checkInteger(keySize, { where, what: "keySize", min: 1 });
    checkInteger(hiddenSize, { where, what: "hiddenSize", min: 1 });
    const random = toRandom(options);
    this.query = new Linear(querySize, hiddenSize, { bias: false, random });
    this.key = new Linear(keySize, hiddenSize, { bias: false, random });
    this.score = new Linear(hiddenSize, 1, { bias: false, random });
  }

  forward(query: tf.Tensor, memory: tf.Tensor, { keyPaddingMask }: AlignmentOptions = {}): AlignmentOutput {
    checkSequence(query, {
      where: "AdditiveAttention",
      what: "query",
      size: this.query.weight.shape[1] as number,
    });
    checkSequence(memory, {
      where: "AdditiveAttention",
      what: "memory",
      size: this.key.weight.shape[1] as number,
    });
    return tf.tidy(() => {
      const q = tf.expandDims(this.query.forward(query), 2); // [batch, query, 1, hidden]
      const k = tf.expandDims(this.key.forward(memory), 1); // [batch, 1, key, hidden]
      const scores = tf.squeeze(this.score.forward(tf.tanh(tf.add(q, k))), [3]); // [batch, query, key]
      const weights = maskedSoftmax(scores, { keyPaddingMask });
      return { output: matMul(weights, memory), weights }; // [batch, query, keySize]
    });
  }
}

export interface DotProductAttentionOptions extends RandomOptions {
  /** How query and key are compared. Default "dot". */
  readonly score?: "dot" | "scaled" | "general";
}

/**
 * Attention by likeness alone, in the forms that M.-T. Luong et al. compare, "Effective Approaches to Attention-based
 * Neural Machine Translation", 2015, and the Transformer's:
 *
 *     "dot"      score(q, k) = q · k
 *     "scaled"   score(q, k) = q · k / √keySize
 *     "general"  score(q, k) = q · W·k
 *
 * query [batch, query, querySize], memory [batch, key, keySize] → output [batch, query, keySize], weights [batch, query, key]
 *
 * Only "general" has something to learn, key.weight (W), and only there the sizes may differ.
 *
 * @ko 루옹의 내적 어텐션입니다. 닮은 정도만으로 어느 자리를 볼지 정합니다.
 */
export class DotProductAttention extends Module<
  tf.Tensor,
  AlignmentOutput,
  [memory: tf.Tensor, options?: AlignmentOptions]
> {
  readonly score: "dot" | "scaled" | "general";
  readonly querySize: number;
  readonly keySize: number;
  readonly key?: Linear;

  constructor(querySize: number, keySize: number, options: DotProductAttentionOptions = {}) {
    super();
    const where = "DotProductAttention";
    const { score = "dot" } = options;
    checkOneOf(score, { where, what: "score", allowed: ["dot", "scaled", "general"] });
    checkInteger(querySize, { where, what: "querySize", min: 1 });
    const [min, max] = score === "general" ? [1, Infinity] : [querySize, querySize];
    checkInteger(keySize, { where, what: "keySize", min, max });
    this.score = score;
    this.querySize = querySize;
    this.keySize = keySize;
    if (score === "general")
      this.key = new Linear(keySize, querySize, { bias: false, random: toRandom(options) });
  }

  forward(query: tf.Tensor, memory: tf.Tensor, { keyPaddingMask }: AlignmentOptions = {}): AlignmentOutput {
    checkSequence(query, { where: "DotProductAttention", what: "query", size: this.querySize });
    checkSequence(memory, { where: "DotProductAttention", what: "memory", size: this.keySize });
    return tf.tidy(() => {
      const scale = this.score === "scaled" ? 1 / Math.sqrt(this.keySize) : 1;
      const keys = this.key ? this.key.forward(memory) : memory; // [batch, key, querySize]
      const scores = matMul(tf.mul(query, scale), keys, { transposeB: true }); // [batch, query, key]
      const weights = maskedSoftmax(scores, { keyPaddingMask });
      return { output: matMul(weights, memory), weights }; // [batch, query, keySize]
    });
  }

  override describe(): string {
    return `${this.score}, ${this.querySize} × ${this.keySize}`;
  }
}
