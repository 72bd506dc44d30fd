import * as tf from "@tensorflow/tfjs";
import type { LayerOperands } from "../../../simd/index.ts";
import type { AttentionMasks } from "../functional/attention.ts";
import { maybeExtendNatively } from "../functional/extend-natively.ts";
import type { AnyModule } from "../module.ts";
import { LayerNorm } from "./layer-norm.ts";
import { MultiheadAttention, type KeyValues } from "./multihead-attention.ts";
import {
  nameOf,
  TransformerLayer,
  toLayerSetting,
  type TransformerLayerOptions,
} from "./transformer-layer.ts";

export interface EncoderForwardOptions extends AttentionMasks {
  /**
   * To look at what the heads do: each layer adds its attention weights, [batch, heads, query, key]. They are kept
   * beyond `tf.tidy`, and the caller disposes of them.
   */
  readonly attentions?: tf.Tensor[];
}

export interface ExtendOptions {
  /** What the layer returned for the positions before. Default: there are none. */
  readonly past?: KeyValues;
  /** Row i goes on from row `parents[i]` of the past: a beam search goes on from its best rows. Default: from its own. */
  readonly parents?: readonly number[];
  /** [batch, all positions so far]: 1 where a key is padding. Default: none is. */
  readonly keyPaddingMask?: tf.Tensor;
}

/** The output, and the keys and values of all positions so far. The caller disposes of them. */
export interface Extended extends KeyValues {
  readonly output: tf.Tensor;
}

/**
 * Each position looks at all others, then thinks for itself:
 *
 *     x ← x + attention(x)        x ← x + feedForward(x)        with layer norm and dropout as in `TransformerLayer`
 *
 * x [batch, time, dModel] → [batch, time, dModel]
 *
 * Names in the state dict, as in PyTorch's nn.TransformerEncoderLayer: self_attn.…, linear1.…, linear2.…, norm1.…,
 * norm2.…. Source: A. Vaswani et al., "Attention Is All You Need", 2017.
 *
 * @ko 모든 위치를 서로 보게 하는 트랜스포머 인코더층입니다.
 * @example
 * const layer = new TransformerEncoderLayer(64, 4, { dimFeedforward: 128, seed: 1 });
 * layer.forward(x, { keyPaddingMask }); // [batch, time, 64]
 */
export class TransformerEncoderLayer extends TransformerLayer<[options?: EncoderForwardOptions]> {
  readonly selfAttention: MultiheadAttention;
  readonly norm1: LayerNorm;
  readonly norm2: LayerNorm;

  constructor(dModel: number, numHeads: number, options: TransformerLayerOptions = {}) {
    const setting = toLayerSetting(options, { where: "TransformerEncoderLayer", dModel, numHeads });
    const { dropout, rotary, random, layerNormEps: eps } = setting;
    super(dModel, setting);
    this.selfAttention = new MultiheadAttention(dModel, numHeads, { dropout, rotary, random });
    this.norm1 = new LayerNorm(dModel, { eps });
    this.norm2 = new LayerNorm(dModel, { eps });
  }

  override namedChildren(): [string, AnyModule][] {
    return [
      ["self_attn", this.selfAttention],
      ["linear1", this.linear1],
      ["dropout", this.dropout],
      ["linear2", this.linear2],
      ["norm1", this.norm1],
      ["norm2", this.norm2],
    ];
  }

  forward(input: tf.Tensor, options: EncoderForwardOptions = {}): tf.Tensor {
    const { attentions, ...masks } = options;
    return tf.tidy(() => {
      const operands = attentions || masks.attnMask ? undefined : maybeEncoderOperands(this, masks);
      const native = operands && maybeExtendNatively(input, operands);
      if (native) return native.output;
      // Each part natively where that can be, otherwise operation by operation.
      const part = { attention: this.selfAttention, norm: this.norm1, ...masks };
      const attended =
        (attentions ? undefined : this.maybeAttend(input, part)) ??
        this.around(input, this.norm1, (x) => {
          const { output, weights } = this.selfAttention.forward(x, { ...masks, needWeights: !!attentions });
          if (weights) attentions?.push(tf.keep(weights));
          return output;
        });
      return this.aroundFeedForward(attended, this.norm2);
    });
  }

  /** `forward` from left to right with the keys and values of the positions before: one step of a decoder. */
  extend(input: tf.Tensor, options: ExtendOptions): Extended {
    return tf.tidy(() => {
      const operands = maybeEncoderOperands(this, { ...options, causal: true });
      const native = operands && maybeExtendNatively(input, operands);
      if (native) return { ...native };
      const { keyPaddingMask } = options;
      const past = takeParents(options);
      let keyValues: KeyValues | undefined;
      const attended = this.around(input, this.norm1, (x) => {
        const found = this.selfAttention.forward(x, { causal: true, keyPaddingMask, past, useCache: true });
        keyValues = found.keyValues;
        return found.output;
      });
      const output = this.aroundFeedForward(attended, this.norm2);
      return { output, ...(keyValues as KeyValues) };
    });
  }
}

/** What a native function needs of a layer, in evaluation; undefined where there is none that does what the layer does. */
export function maybeEncoderOperands(
  layer: TransformerEncoderLayer,
  { past, parents, keyPaddingMask, causal = false }: ExtendOptions & Pick<AttentionMasks, "causal">,
): LayerOperands | undefined {
  const { selfAttention, norm1, norm2 } = layer;
  if (layer.training || selfAttention.rotary) return undefined;
  return {
    past,
    parents,
    padding: keyPaddingMask,
    causal,
    heads: selfAttention.numHeads,
    selfIn: selfAttention.inProjection,
    selfOut: selfAttention.outProj,
    selfNorm: norm1,
    innerNorm: norm2,
    eps: norm1.eps,
    innerIn: layer.linear1,
    innerOut: layer.linear2,
    activation: nameOf(layer.activation),
    normFirst: layer.normFirst,
  };
}

/** The past of each row, in the rows' order. */
export function takeParents({
  past,
  parents,
}: Pick<ExtendOptions, "past" | "parents">): KeyValues | undefined {
  if (!past || !parents) return past;
  const rows = tf.tensor1d([...parents], "int32");
  return { key: tf.gather(past.key, rows), value: tf.gather(past.value, rows) };
}
