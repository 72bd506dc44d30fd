import * as tf from "@tensorflow/tfjs";
import type { LayerOperands } from "../../../simd/index.ts";
import { maybeExtendNatively } from "../functional/extend-natively.ts";
import type { AnyModule } from "../module.ts";
import { LayerNorm } from "./layer-norm.ts";
import { MultiheadAttention, type KeyValues } from "./multihead-attention.ts";
import {
  takeParents,
  type EncoderForwardOptions,
  type Extended,
  type ExtendOptions,
} from "./transformer-encoder-layer.ts";
import {
  nameOf,
  TransformerLayer,
  toLayerSetting,
  type TransformerLayerOptions,
} from "./transformer-layer.ts";

export interface DecoderForwardOptions extends EncoderForwardOptions {
  /** A position sees none after it. Default true: what a decoder is to predict must not be shown to it. */
  readonly causal?: boolean;
  /** [batch, memory time]: 1 where the encoder's output is padding. */
  readonly memoryKeyPaddingMask?: tf.Tensor;
  /** As `attentions`, for the weights with which the encoder's output was looked at. */
  readonly crossAttentions?: tf.Tensor[];
}

export interface DecoderExtendOptions extends Pick<ExtendOptions, "past" | "parents"> {
  /** The encoder's output as this layer's keys and values. */
  readonly memory: KeyValues;
  /** [batch, memory time]: 1 where the encoder's output is padding. */
  readonly memoryKeyPaddingMask?: tf.Tensor;
}

/**
 * Each position looks at those before it, then at the encoder's output (the memory), then thinks for itself:
 *
 *     x ← x + attention(x)      x ← x + attention(x, memory)      x ← x + feedForward(x)
 *
 * with layer norm and dropout as in `TransformerLayer`. x [batch, time, dModel], memory [batch, memory time, dModel] →
 * [batch, time, dModel]
 *
 * Names in the state dict, as in PyTorch's nn.TransformerDecoderLayer: self_attn.…, multihead_attn.…, linear1.…,
 * linear2.…, norm1.… to norm3.…. Source: A. Vaswani et al., "Attention Is All You Need", 2017.
 *
 * @ko 앞의 위치들과 인코더의 출력을 차례로 보는 트랜스포머 디코더층입니다.
 */
export class TransformerDecoderLayer extends TransformerLayer<
  [memory: tf.Tensor, options?: DecoderForwardOptions]
> {
  readonly selfAttention: MultiheadAttention;
  readonly crossAttention: MultiheadAttention;
  readonly norm1: LayerNorm;
  readonly norm2: LayerNorm;
  readonly norm3: LayerNorm;

  constructor(dModel: number, numHeads: number, options: TransformerLayerOptions = {}) {
    const setting = toLayerSetting(options, { where: "TransformerDecoderLayer", dModel, numHeads });
    const { dropout, rotary, random, layerNormEps: eps } = setting;
    super(dModel, setting);
    this.selfAttention = new MultiheadAttention(dModel, numHeads, { dropout, rotary, random });
    this.crossAttention = new MultiheadAttention(dModel, numHeads, { dropout, random });
    this.norm1 = new LayerNorm(dModel, { eps });
    this.norm2 = new LayerNorm(dModel, { eps });
    this.norm3 = new LayerNorm(dModel, { eps });
  }

  override namedChildren(): [string, AnyModule][] {
    return [
      ["self_attn", this.selfAttention],
      ["multihead_attn", this.crossAttention],
      ["linear1", this.linear1],
      ["dropout", this.dropout],
      ["linear2", this.linear2],
      ["norm1", this.norm1],
      ["norm2", this.norm2],
      ["norm3", this.norm3],
    ];
  }

  forward(target: tf.Tensor, memory: tf.Tensor, options: DecoderForwardOptions = {}): tf.Tensor {
    const { causal = true, memoryKeyPaddingMask, attentions, crossAttentions, ...masks } = options;
    return tf.tidy(() => {
      // Each part natively where that can be, otherwise operation by operation.
      const self = { attention: this.selfAttention, norm: this.norm1, ...masks, causal };
      const seen =
        (attentions ? undefined : this.maybeAttend(target, self)) ??
        this.around(target, this.norm1, (x) => {
          const needWeights = attentions !== undefined;
          const { output, weights } = this.selfAttention.forward(x, { ...masks, causal, needWeights });
          if (weights) attentions?.push(tf.keep(weights));
          return output;
        });
      const keyPaddingMask = memoryKeyPaddingMask;
      const cross = { attention: this.crossAttention, norm: this.norm2, memory, keyPaddingMask };
      const informed =
        (crossAttentions ? undefined : this.maybeAttend(seen, cross)) ??
        this.around(seen, this.norm2, (x) => {
          const needWeights = crossAttentions !== undefined;
          const options = { key: memory, keyPaddingMask, needWeights };
          const { output, weights } = this.crossAttention.forward(x, options);
          if (weights) crossAttentions?.push(tf.keep(weights));
          return output;
        });
      return this.aroundFeedForward(informed, this.norm3);
    });
  }

  /**
   * `forward` with the keys and values of the positions before and of the memory, which `crossAttention.projectMemory`
   * has made: one step of a decoder.
   */
  extend(target: tf.Tensor, options: DecoderExtendOptions): Extended {
    return tf.tidy(() => {
      const operands = maybeDecoderOperands(this, options);
      const native = operands && maybeExtendNatively(target, operands);
      if (native) return { ...native };
      const { memory, memoryKeyPaddingMask } = options;
      const past = takeParents(options);
      let keyValues: KeyValues | undefined;
      const seen = this.around(target, this.norm1, (x) => {
        const found = this.selfAttention.forward(x, { causal: true, past, useCache: true });
        keyValues = found.keyValues;
        return found.output;
      });
      const informed = this.around(
        seen,
        this.norm2,
        (x) => this.crossAttention.forward(x, { memory, keyPaddingMask: memoryKeyPaddingMask }).output,
      );
      const output = this.aroundFeedForward(informed, this.norm3);
      return { output, ...(keyValues as KeyValues) };
    });
  }
}

/** What a native function needs of a layer, in evaluation; undefined where there is none that does what the layer does. */
export function maybeDecoderOperands(
  layer: TransformerDecoderLayer,
  { past, parents, memory, memoryKeyPaddingMask }: DecoderExtendOptions,
): LayerOperands | undefined {
  const { selfAttention, crossAttention, norm1, norm2, norm3 } = layer;
  if (layer.training || selfAttention.rotary) return undefined;
  return {
    past,
    parents,
    memory,
    memoryPadding: memoryKeyPaddingMask,
    causal: true,
    heads: selfAttention.numHeads,
    selfIn: selfAttention.inProjection,
    selfOut: selfAttention.outProj,
    crossIn: crossAttention.inProjection,
    crossOut: crossAttention.outProj,
    selfNorm: norm1,
    crossNorm: norm2,
    innerNorm: norm3,
    eps: norm1.eps,
    innerIn: layer.linear1,
    innerOut: layer.linear2,
    activation: nameOf(layer.activation),
    normFirst: layer.normFirst,
  };
}
