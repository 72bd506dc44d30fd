import type * as tf from "@tensorflow/tfjs";
import { checkInteger } from "../../arguments.ts";
import { toRandom, type RandomOptions } from "../../random.ts";
import { linear } from "../functional/linear.ts";
import { drawUniform } from "../initializers.ts";
import { Module } from "../module.ts";

export interface LinearOptions extends RandomOptions {
  /** Default true. */
  readonly bias?: boolean;
}

/**
 * A weighted sum of the inputs for each output:
 *
 *     y = x · Wᵀ + b        x [..., in], W [out, in], b [out] → y [..., out]
 *
 * Weights and bias start uniform in ±1/√in, as in PyTorch's nn.Linear (K. He et al., "Delving Deep into Rectifiers",
 * 2015, with a = √5).
 *
 * @ko 출력마다 입력의 가중합을 구하는 선형층입니다.
 * @example
 * const layer = new Linear(3, 2, { seed: 1 });
 * layer.forward(tf.tensor2d([[1, 0, 0]])); // [1, 2]: the first column of the weight plus the bias
 */
export class Linear extends Module {
  readonly weight: tf.Variable;
  readonly bias?: tf.Variable;

  constructor(inputSize: number, outputSize: number, options: LinearOptions = {}) {
    super();
    checkInteger(inputSize, { where: "Linear", what: "inputSize", min: 1 });
    checkInteger(outputSize, { where: "Linear", what: "outputSize", min: 1 });
    const random = toRandom(options);
    const bound = 1 / Math.sqrt(inputSize);
    this.weight = drawUniform([outputSize, inputSize], { random, bound });
    if (options.bias ?? true) this.bias = drawUniform([outputSize], { random, bound });
  }

  forward(input: tf.Tensor): tf.Tensor {
    return linear(input, { weight: this.weight, bias: this.bias });
  }

  override describe(): string {
    const [outputSize, inputSize] = this.weight.shape;
    return `${inputSize} → ${outputSize}`;
  }
}
