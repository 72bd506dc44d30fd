/** Transformer layers one on the other. */
import * as tf from "@tensorflow/tfjs";
import { checkInteger } from "../../arguments.ts";
import { toRandom } from "../../random.ts";
import { Module } from "../module.ts";
import { LayerNorm } from "./layer-norm.ts";
import { TransformerDecoderLayer, type DecoderForwardOptions } from "./transformer-decoder-layer.ts";
import { TransformerEncoderLayer, type EncoderForwardOptions } from "./transformer-encoder-layer.ts";
import type { TransformerLayerOptions } from "./transformer-layer.ts";

export interface TransformerStackOptions extends TransformerLayerOptions {
  /** Default 2. */
  readonly numLayers?: number;
  /** A layer norm after the last layer. Default: with `normFirst`, whose sums would otherwise leave unnormalised. */
  readonly finalNorm?: boolean;
}

/**
 * A stack of `TransformerEncoderLayer`s: x [batch, time, dModel] → [batch, time, dModel]
 *
 * Names in the state dict, as in PyTorch's nn.TransformerEncoder: layers.0.self_attn.in_proj_weight, …, norm.weight.
 *
 * @ko 트랜스포머 인코더층을 쌓은 것입니다.
 * @example
 * const encoder = new TransformerEncoder(64, 4, { numLayers: 2, dimFeedforward: 128, seed: 1 });
 */
export class TransformerEncoder extends Module<tf.Tensor, tf.Tensor, [options?: EncoderForwardOptions]> {
  readonly layers: readonly TransformerEncoderLayer[];
  readonly norm?: LayerNorm;

  constructor(dModel: number, numHeads: number, options: TransformerStackOptions = {}) {
    super();
    const { numLayers = 2, normFirst = false, finalNorm = normFirst, layerNormEps: eps } = options;
    checkInteger(numLayers, { where: "TransformerEncoder", what: "numLayers", min: 1 });
    const shared = { ...options, random: toRandom(options) };
    this.layers = Array.from(
      { length: numLayers },
      () => new TransformerEncoderLayer(dModel, numHeads, shared),
    );
    if (finalNorm) this.norm = new LayerNorm(dModel, { eps });
  }

  forward(input: tf.Tensor, options: EncoderForwardOptions = {}): tf.Tensor {
    return tf.tidy(() => {
      const output = this.layers.reduce((x, layer) => layer.forward(x, options), input);
      return this.norm ? this.norm.forward(output) : output;
    });
  }
}

/**
 * A stack of `TransformerDecoderLayer`s, each looking at the same memory: x [batch, time, dModel], memory [batch, memory
 * time, dModel] → [batch, time, dModel]
 *
 * Names in the state dict, as in PyTorch's nn.TransformerDecoder: layers.0.self_attn.in_proj_weight, …, norm.weight.
 *
 * @ko 트랜스포머 디코더층을 쌓은 것입니다.
 */
export class TransformerDecoder extends Module<
  tf.Tensor,
  tf.Tensor,
  [memory: tf.Tensor, options?: DecoderForwardOptions]
> {
  readonly layers: readonly TransformerDecoderLayer[];
  readonly norm?: LayerNorm;

  constructor(dModel: number, numHeads: number, options: TransformerStackOptions = {}) {
    super();
    const { numLayers = 2, normFirst = false, finalNorm = normFirst, layerNormEps: eps } = options;
    checkInteger(numLayers, { where: "TransformerDecoder", what: "numLayers", min: 1 });
    const shared = { ...options, random: toRandom(options) };
    this.layers = Array.from(
      { length: numLayers },
      () => new TransformerDecoderLayer(dModel, numHeads, shared),
    );
    if (finalNorm) this.norm = new LayerNorm(dModel, { eps });
  }

  forward(target: tf.Tensor, memory: tf.Tensor, options: DecoderForwardOptions = {}): tf.Tensor {
    return tf.tidy(() => {
      const output = this.layers.reduce((x, layer) => layer.forward(x, memory, options), target);
      return this.norm ? this.norm.forward(output) : output;
    });
  }
}
