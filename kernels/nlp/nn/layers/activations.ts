/** Functions between layers. Without one, two linear layers are one linear layer. */
import * as tf from "@tensorflow/tfjs";
import { checkOneOf } from "../../arguments.ts";
import { gelu } from "../functional/gelu.ts";
import { Module } from "../module.ts";

/**
 * max(0, x), number by number; the shape stays. Its gradient is 1 where x > 0, else 0.
 *
 * @ko 음수를 0으로 바꾸는 ReLU 활성화 함수입니다.
 */
export class ReLU extends Module {
  forward(input: tf.Tensor): tf.Tensor {
    return tf.relu(input);
  }
}

/**
 * (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ), between −1 and 1; the shape stays.
 *
 * @ko 값을 −1과 1 사이로 누르는 쌍곡 탄젠트 활성화 함수입니다.
 */
export class Tanh extends Module {
  forward(input: tf.Tensor): tf.Tensor {
    return tf.tanh(input);
  }
}

export interface GELUOptions {
  /** "tanh": the cheaper formula of the paper, as in GPT-2. Default "none". */
  readonly approximate?: "none" | "tanh";
}

/**
 * x · Φ(x), with Φ the share of a standard normal distribution below x: a soft ReLU; the shape stays.
 *
 *     exact   x · ½ · (1 + erf(x/√2))
 *     "tanh"  x · ½ · (1 + tanh(√(2/π) · (x + 0.044715·x³)))
 *
 * Source: D. Hendrycks and K. Gimpel, "Gaussian Error Linear Units", 2016.
 *
 * @ko 부드러운 ReLU인 GELU 활성화 함수입니다.
 */
export class GELU extends Module {
  readonly approximate: "none" | "tanh";

  constructor(options: GELUOptions = {}) {
    super();
    this.approximate = options.approximate ?? "none";
    checkOneOf(this.approximate, { where: "GELU", what: "approximate", allowed: ["none", "tanh"] });
  }

  forward(input: tf.Tensor): tf.Tensor {
    return gelu(input, { approximate: this.approximate });
  }

  override describe(): string {
    return this.approximate === "none" ? "" : this.approximate;
  }
}
