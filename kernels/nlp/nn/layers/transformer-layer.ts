/** What the layers of a Transformer's encoder and decoder share. */
import * as tf from "@tensorflow/tfjs";
import { checkInteger, checkOneOf } from "../../arguments.ts";
import { toRandom, type RandomOptions } from "../../random.ts";
import type { AttentionMasks } from "../functional/attention.ts";
import { maybeAttentionPart, maybeFeedForwardPart } from "../functional/transformer-parts.ts";
import { Module } from "../module.ts";
import { GELU, ReLU } from "./activations.ts";
import { Dropout } from "./dropout.ts";
import { type LayerNorm } from "./layer-norm.ts";
import { Linear } from "./linear.ts";
import { checkHeads, type MultiheadAttention } from "./multihead-attention.ts";

export interface TransformerLayerOptions extends RandomOptions {
  /** Units between the two linear layers of the feed-forward part. Default 2048, as in PyTorch. */
  readonly dimFeedforward?: number;
  /** How likely a number is dropped, after each part, inside the feed-forward part and on attention weights. Default 0.1. */
  readonly dropout?: number;
  /** Default "relu". */
  readonly activation?: "relu" | "gelu";
  /**
   * Normalise what goes into each part (GPT-2) instead of the sum after it (the first Transformer, BERT). Trains more
   * calmly without a warm-up. Default false.
   */
  readonly normFirst?: boolean;
  /** Default 10⁻⁵. */
  readonly layerNormEps?: number;
  /** Self-attention turns queries and keys by their position (see `rotatePositions`). Default false. */
  readonly rotary?: boolean;
}

/** Every option with its default; the layers inside draw from one generator. */
export type TransformerLayerSetting = Required<Omit<TransformerLayerOptions, "seed">>;

export function toLayerSetting(
  options: TransformerLayerOptions,
  { where, dModel, numHeads }: { readonly where: string; readonly dModel: number; readonly numHeads: number },
): TransformerLayerSetting {
  checkHeads(dModel, { numHeads, where });
  const { dimFeedforward = 2048, dropout = 0.1, activation = "relu" } = options;
  const { normFirst = false, layerNormEps = 1e-5, rotary = false } = options;
  checkInteger(dimFeedforward, { where, what: "dimFeedforward", min: 1 });
  checkOneOf(activation, { where, what: "activation", allowed: ["relu", "gelu"] });
  return { dimFeedforward, dropout, activation, normFirst, layerNormEps, rotary, random: toRandom(options) };
}

/** What an attention looks at. */
export interface Seen extends AttentionMasks {
  /** The encoder's output, [batch, memory time, dModel]. Absent: the input itself. */
  readonly memory?: tf.Tensor;
}

/**
 * A layer made of parts, each with a way around it and a layer norm:
 *
 *     y = norm(x + drop(part(x)))      or, with `normFirst`,      y = x + drop(part(norm(x)))
 *
 * The last part of every such layer is the feed-forward network, the same at each position:
 *
 *     part(x) = drop(act(x · W₁ᵀ + b₁)) · W₂ᵀ + b₂        [..., dModel] → [..., dimFeedforward] → [..., dModel]
 */
export abstract class TransformerLayer<Rest extends unknown[]> extends Module<tf.Tensor, tf.Tensor, Rest> {
  readonly normFirst: boolean;
  readonly linear1: Linear;
  readonly linear2: Linear;
  readonly activation: Module;
  readonly dropout: Dropout;

  constructor(dModel: number, setting: TransformerLayerSetting) {
    super();
    const { dimFeedforward, dropout, activation, normFirst, random } = setting;
    this.normFirst = normFirst;
    this.dropout = new Dropout(dropout, { random });
    this.linear1 = new Linear(dModel, dimFeedforward, { random });
    this.linear2 = new Linear(dimFeedforward, dModel, { random });
    this.activation = activation === "relu" ? new ReLU() : new GELU();
  }

  protected around(x: tf.Tensor, norm: LayerNorm, part: (x: tf.Tensor) => tf.Tensor): tf.Tensor {
    const dropped = this.dropout.pass(part(this.normFirst ? norm.forward(x) : x));
    const sum = tf.add(x, dropped);
    return this.normFirst ? sum : norm.forward(sum);
  }

  /** The attention with what stands around it, in one native function where there is one. */
  protected maybeAttend(
    x: tf.Tensor,
    { attention, norm, ...seen }: { readonly attention: MultiheadAttention; readonly norm: LayerNorm } & Seen,
  ): tf.Tensor | undefined {
    if (attention.rotary) return undefined;
    return maybeAttentionPart({
      ...{ x, norm, normFirst: this.normFirst, ...seen },
      heads: attention.numHeads,
      inProjection: attention.inProjection,
      outProjection: attention.outProj,
      drawInside: () => attention.dropout.maybeDraw(),
      draw: () => this.dropout.maybeDraw(),
    });
  }

  /** The last part with what stands around it. */
  protected aroundFeedForward(x: tf.Tensor, norm: LayerNorm): tf.Tensor {
    const { linear1, linear2, normFirst } = this;
    const activation = nameOf(this.activation);
    const draw = () => this.dropout.maybeDraw();
    const native = maybeFeedForwardPart({
      ...{ x, norm, normFirst, linear1, linear2, activation, drawInside: draw, draw },
    });
    return native ?? this.around(x, norm, (x) => this.feedForward(x));
  }

  protected feedForward(x: tf.Tensor): tf.Tensor {
    const hidden = this.activation.forward(this.linear1.forward(x)); // [..., dimFeedforward]
    return this.linear2.forward(this.dropout.pass(hidden)); // [..., dModel]
  }
}

/** As native functions are told it. */
export function nameOf(activation: Module): "relu" | "gelu" {
  return activation instanceof ReLU ? "relu" : "gelu";
}
