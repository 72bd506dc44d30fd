import * as tf from "@tensorflow/tfjs";
import type { Native } from "../../../simd/index.ts";
import { checkInteger } from "../../arguments.ts";
import { LearnerError } from "../../error.ts";
import { toRandom, type RandomOptions } from "../../random.ts";
import { scaledDotProductAttention, type AttentionMasks } from "../functional/attention.ts";
import { splitLast } from "../functional/cut.ts";
import { dropoutMask } from "../functional/dropout.ts";
import { attendHeads, type Projections } from "../functional/head-attention.ts";
import { linear, type LinearParameters } from "../functional/linear.ts";
import { nativeFor } from "../functional/native.ts";
import { rotatePositions } from "../functional/positions.ts";
import { drawXavier, fillZeros } from "../initializers.ts";
import { Module, type AnyModule } from "../module.ts";
import { checkSequence } from "../tensors.ts";
import { Dropout } from "./dropout.ts";
import { Linear } from "./linear.ts";

export interface MultiheadAttentionOptions extends RandomOptions {
  /** How likely an attention weight is dropped while training. Default 0. */
  readonly dropout?: number;
  /** Default true. */
  readonly bias?: boolean;
  /** Turn queries and keys by their position (see `rotatePositions`). Default false. */
  readonly rotary?: boolean;
}

/** Keys and values as the heads see them, each [batch, heads, time, headSize]: a cache for decoding step by step. */
export interface KeyValues {
  readonly key: tf.Tensor;
  readonly value: tf.Tensor;
}

export interface MultiheadAttentionInput extends AttentionMasks {
  /** [batch, key, embedDim]. Default: the query, which then attends to itself. */
  readonly key?: tf.Tensor;
  /** [batch, key, embedDim]. Default: the key. */
  readonly value?: tf.Tensor;
  /** Return how much was taken of each key. Default false. */
  readonly needWeights?: boolean;
  /** Self-attention: the keys and values of the positions before the query's, which are looked at, too. Default: none. */
  readonly past?: KeyValues;
  /** Cross-attention: keys and values made by `projectMemory` beforehand, in place of `key` and `value`. */
  readonly memory?: KeyValues;
  /** Return the keys and values, as the next step's `past`. Default false. */
  readonly useCache?: boolean;
}

export interface MultiheadAttentionOutput {
  /** [batch, query, embedDim] */
  readonly output: tf.Tensor;
  /** With `needWeights`: how much each head took of each key for each query, [batch, heads, query, key]. */
  readonly weights?: tf.Tensor;
  /** With `useCache`. */
  readonly keyValues?: KeyValues;
}

/**
 * Several attentions side by side, each on a projection of its own:
 *
 *     headᵢ  = softmax(Q·Wqᵢᵀ · (K·Wkᵢᵀ)ᵀ / √headSize) · V·Wvᵢᵀ        headSize = embedDim / numHeads
 *     output = [head₁ … headₙ] · Woᵀ + bo
 *
 * query [batch, query, embedDim], key and value [batch, key, embedDim] → output [batch, query, embedDim]
 *
 * In the state dict, as in PyTorch's nn.MultiheadAttention: `in_proj_weight` [3·embedDim, embedDim], the rows of Wq, then
 * of Wk, then of Wv; `in_proj_bias`; `out_proj.weight`; `out_proj.bias`. The projections start as Xavier's uniform draw,
 * the biases as zeros. Source: A. Vaswani et al., "Attention Is All You Need", 2017.
 *
 * @ko 저마다 다른 투영을 쓰는 여러 어텐션을 나란히 계산하는 층입니다.
 * @example
 * const attention = new MultiheadAttention(64, 4, { seed: 1 });
 * const { output, weights } = attention.forward(x, { keyPaddingMask, needWeights: true });
 */
export class MultiheadAttention extends Module<
  tf.Tensor,
  MultiheadAttentionOutput,
  [options?: MultiheadAttentionInput]
> {
  readonly embedDim: number;
  readonly numHeads: number;
  readonly rotary: boolean;
  readonly inProjWeight: tf.Variable;
  readonly inProjBias?: tf.Variable;
  readonly outProj: Linear;
  readonly dropout: Dropout;

  constructor(embedDim: number, numHeads: number, options: MultiheadAttentionOptions = {}) {
    super();
    const where = "MultiheadAttention";
    const { dropout = 0, bias = true, rotary = false } = options;
    checkHeads(embedDim, { numHeads, where });
    if (rotary) checkInteger(embedDim / numHeads / 2, { where, what: "embedDim / numHeads / 2", min: 1 });
    const random = toRandom(options);
    this.embedDim = embedDim;
    this.numHeads = numHeads;
    this.rotary = rotary;
    this.dropout = new Dropout(dropout, { random });
    this.inProjWeight = drawXavier([3 * embedDim, embedDim], { random });
    this.outProj = new Linear(embedDim, embedDim, { bias, random });
    if (!bias) return;
    this.inProjBias = fillZeros([3 * embedDim]);
    tf.tidy(() => this.outProj.bias?.assign(tf.zeros([embedDim])));
  }

  /** Wq, Wk and Wv with their biases, as they lie one below the other. */
  get inProjection(): LinearParameters {
    return { weight: this.inProjWeight, bias: this.inProjBias };
  }

  override ownParameters(): [string, tf.Variable][] {
    return [
      ["in_proj_weight", this.inProjWeight],
      ...(this.inProjBias ? [["in_proj_bias", this.inProjBias] as [string, tf.Variable]] : []),
    ];
  }

  override namedChildren(): [string, AnyModule][] {
    return [
      ["out_proj", this.outProj],
      ["dropout", this.dropout],
    ];
  }

  forward(query: tf.Tensor, options: MultiheadAttentionInput = {}): MultiheadAttentionOutput {
    checkSequence(query, { where: "MultiheadAttention", what: "query", size: this.embedDim });
    const { needWeights = false, useCache = false } = options;
    return tf.tidy(() => {
      const { past, memory } = options;
      const native = needWeights || useCache || past || memory || this.rotary ? undefined : nativeFor(query);
      if (native) return { output: this.outProj.forward(this.#attendNatively(native, query, options)) };
      const heads = this.#project(query, options); // [batch, heads, time, headSize] each
      const shape = [...heads.query.shape.slice(0, 3), heads.key.shape[2] as number];
      const dropped = this.dropout.maybeDraw();
      const { output, weights } = scaledDotProductAttention(heads.query, {
        ...options,
        key: heads.key,
        value: heads.value,
        dropoutMask: dropped && dropoutMask(shape, dropped),
      });
      return {
        output: this.outProj.forward(joinHeads(output)), // [batch, query, embedDim]
        ...(needWeights && { weights }),
        ...(useCache && { keyValues: { key: heads.key, value: heads.value } }),
      };
    });
  }

  #attendNatively(
    native: Native,
    query: tf.Tensor,
    { key = query, value = key, ...masks }: MultiheadAttentionInput,
  ): tf.Tensor {
    for (const [what, tensor] of Object.entries({ key, value }))
      checkSequence(tensor, { where: "MultiheadAttention", what, size: this.embedDim });
    const { embedDim, numHeads, dropout } = this;
    return attendHeads(native, {
      ...masks,
      ...this.#projectSideBySide(query, { key, value }),
      heads: numHeads,
      size: embedDim / numHeads,
      dropout: dropout.maybeDraw(),
    });
  }

  /** One product for all projections of the same tensor; where in its rows each of them lies. */
  #projectSideBySide(query: tf.Tensor, { key, value }: KeyValues): Projections {
    const at = (of: string, place: number) => ({ of, offset: place * this.embedDim });
    if (value !== key) {
      const tensors = {
        query: this.#product(query, [0, 1]),
        key: this.#product(key, [1, 2]),
        value: this.#product(value, [2, 3]),
      };
      return { tensors, query: at("query", 0), key: at("key", 0), value: at("value", 0) };
    }
    if (key !== query) {
      const tensors = { query: this.#product(query, [0, 1]), memory: this.#product(key, [1, 3]) };
      return { tensors, query: at("query", 0), key: at("memory", 0), value: at("memory", 1) };
    }
    const tensors = { all: this.#product(query, [0, 3]) };
    return { tensors, query: at("all", 0), key: at("all", 1), value: at("all", 2) };
  }

  /** The keys and values of an encoder's output, made once for all steps of a decoder. The caller disposes of them. */
  projectMemory(memory: tf.Tensor): KeyValues {
    checkSequence(memory, { where: "MultiheadAttention", what: "memory", size: this.embedDim });
    return tf.tidy(() => {
      const [key, value] = this.#apply(memory, [1, 3]);
      return { key, value };
    });
  }

  #project(
    query: tf.Tensor,
    { key = query, value = key, past, memory }: MultiheadAttentionInput,
  ): KeyValues & { readonly query: tf.Tensor } {
    if (memory) return { query: this.#apply(query, [0, 1])[0], ...memory };
    for (const [what, tensor] of Object.entries({ key, value }))
      checkSequence(tensor, { where: "MultiheadAttention", what, size: this.embedDim });
    // One product for all projections of the same tensor.
    const [q, k, v] =
      value !== key
        ? [this.#apply(query, [0, 1]), this.#apply(key, [1, 2]), this.#apply(value, [2, 3])].flat()
        : key !== query
          ? [this.#apply(query, [0, 1]), this.#apply(key, [1, 3])].flat()
          : this.#apply(query, [0, 3]);
    const offset = past ? (past.key.shape[2] as number) : 0;
    const [turnedQ, turnedK] = this.rotary ? [q, k].map((x) => rotatePositions(x, { offset })) : [q, k];
    if (!past) return { query: turnedQ, key: turnedK, value: v };
    return { query: turnedQ, key: tf.concat([past.key, turnedK], 2), value: tf.concat([past.value, v], 2) };
  }

  /** Some of the three projections, Wq, Wk and Wv: `from` the first of them `to` before the second number, split into heads. */
  #apply(x: tf.Tensor, [from, to]: readonly [number, number]): tf.Tensor[] {
    return splitLast(this.#product(x, [from, to]), to - from).map((part) => splitHeads(part, this.numHeads));
  }

  /** The same side by side, [batch, time, (to − from) · embedDim]. */
  #product(x: tf.Tensor, [from, to]: readonly [number, number]): tf.Tensor {
    const { embedDim, inProjWeight, inProjBias } = this;
    const [start, length] = [from * embedDim, (to - from) * embedDim];
    const whole = to - from === 3;
    return linear(x, {
      weight: whole ? inProjWeight : tf.slice(inProjWeight, [start, 0], [length, embedDim]),
      bias: whole || !inProjBias ? inProjBias : tf.slice(inProjBias, [start], [length]),
    });
  }

  override describe(): string {
    return `${this.embedDim}, ${this.numHeads} heads${this.rotary ? ", rotary" : ""}`;
  }
}

/** [batch, time, size] → [batch, heads, time, size / heads] */
function splitHeads(x: tf.Tensor, heads: number): tf.Tensor {
  const [batch, time, size] = x.shape;
  return tf.transpose(tf.reshape(x, [batch, time, heads, size / heads]), [0, 2, 1, 3]);
}

/** [batch, heads, time, size] → [batch, time, heads · size] */
function joinHeads(x: tf.Tensor): tf.Tensor {
  const [batch, heads, time, size] = x.shape;
  return tf.reshape(tf.transpose(x, [0, 2, 1, 3]), [batch, time, heads * size]);
}

export function checkHeads(
  embedDim: number,
  { numHeads, where }: { readonly numHeads: number; readonly where: string },
): void {
  checkInteger(embedDim, { where, what: "embedDim", min: 1 });
  checkInteger(numHeads, { where, what: "numHeads", min: 1 });
  if (embedDim % numHeads === 0) return;
  throw new LearnerError({
    code: "out-of-range",
    where,
    given: {
      en: `\`embedDim\` is ${embedDim}, \`numHeads\` ${numHeads}.`,
      ko: `\`embedDim\`은 ${embedDim}, \`numHeads\`는 ${numHeads}입니다.`,
    },
    expected: {
      en: "The heads share the vector evenly: the size must be a multiple of their number.",
      ko: "헤드들이 벡터를 똑같이 나누므로 크기가 헤드 수의 배수여야 합니다.",
    },
    remedy: { en: "Try 64 and 4.", ko: "64와 4로 해 보십시오." },
  });
}
