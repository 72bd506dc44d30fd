import * as tf from "@tensorflow/tfjs";
import { checkInteger, checkNumber } from "../../arguments.ts";
import { layerNorm } from "../functional/layer-norm.ts";
import { Module } from "../module.ts";

export interface LayerNormOptions {
  /** Keeps the division finite where all numbers are equal. Default 10⁻⁵. */
  readonly eps?: number;
}

/**
 * Brings each vector to mean 0 and variance 1, then scales and shifts it by what it has learnt, so that a deep model's
 * numbers neither grow nor vanish from layer to layer:
 *
 *     y = (x − mean x) / √(var x + ε) · w + b        x [..., size], w [size], b [size] → y [..., size]
 *
 * The weight starts as ones, the bias as zeros. Source: J. L. Ba et al., "Layer Normalization", 2016.
 *
 * @ko 벡터마다 평균과 분산을 맞추어 깊은 모델의 값이 커지거나 사라지지 않게 하는 층입니다.
 */
export class LayerNorm extends Module {
  readonly weight: tf.Variable;
  readonly bias: tf.Variable;
  readonly eps: number;

  constructor(size: number, options: LayerNormOptions = {}) {
    super();
    checkInteger(size, { where: "LayerNorm", what: "size", min: 1 });
    this.eps = options.eps ?? 1e-5;
    checkNumber(this.eps, { where: "LayerNorm", what: "eps", min: 0 });
    [this.weight, this.bias] = tf.tidy(() => [tf.variable(tf.ones([size])), tf.variable(tf.zeros([size]))]);
  }

  forward(input: tf.Tensor): tf.Tensor {
    return layerNorm(input, { weight: this.weight, bias: this.bias, eps: this.eps });
  }

  override describe(): string {
    return String(this.weight.shape[0]);
  }
}
