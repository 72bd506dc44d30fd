import * as tf from "@tensorflow/tfjs";
import { checkInteger } from "../../arguments.ts";
import { LearnerError } from "../../error.ts";
import { toRandom, type RandomOptions } from "../../random.ts";
import { Module } from "../module.ts";
import { checkAlive, describeShape } from "../tensors.ts";
import { drawUniform } from "../initializers.ts";

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

export interface LinearParameters {
  readonly weight: tf.Tensor;
  readonly bias?: tf.Tensor;
}

/**
 * `Linear` as a function of its parameters: y = x · Wᵀ + b.
 *
 * With g = ∂loss/∂y, flattened to [n, out] as x is to [n, in], the gradients are
 *
 *     ∂loss/∂x = g · W  [n, in]     ∂loss/∂W = gᵀ · x  [out, in]     ∂loss/∂b = Σₙ g  [out]
 *
 * They are written out here because TensorFlow.js on wasm multiplies slowly whenever it is told to transpose an
 * operand by itself; transposed first, the same products are four to ten times faster.
 */
export function linear(input: tf.Tensor, { weight, bias }: LinearParameters): tf.Tensor {
  checkAlive(weight, { where: "linear", what: "weight" });
  checkAlive(input, { where: "linear", what: "input" });
  const [outputSize, inputSize] = weight.shape;
  if (input.rank === 0 || input.shape[input.rank - 1] !== inputSize) throw wrongInput(input, weight);
  return tf.tidy(() => {
    const rows = tf.reshape(input, [-1, inputSize]); // [n, in]
    const multiply = tf.customGrad((x, w, save) => {
      (save as tf.GradSaveFunc)([x as tf.Tensor, w as tf.Tensor]);
      return {
        value: tf.matMul(x as tf.Tensor2D, tf.transpose(w as tf.Tensor2D)), // [n, out]
        gradFunc(gradient: tf.Tensor, saved: tf.Tensor[]) {
          const [x, w] = saved;
          return [tf.matMul(gradient, w), tf.matMul(tf.transpose(gradient), x)]; // [n, in], [out, in]
        },
      };
    });
    const products = multiply(rows, weight);
    const sums = bias ? tf.add(products, bias) : products;
    return tf.reshape(sums, [...input.shape.slice(0, -1), outputSize]); // [..., out]
  });
}

function wrongInput(input: tf.Tensor, weight: tf.Tensor): LearnerError {
  const [given, expected] = [describeShape(input.shape), describeShape(weight.shape)];
  return new LearnerError({
    code: "shape-mismatch",
    where: "linear",
    given: { en: `\`input\` has the shape ${given}.`, ko: `\`input\`의 모양이 ${given}입니다.` },
    expected: {
      en: `With a weight of shape ${expected} its last dimension must be ${weight.shape[1]}.`,
      ko: `가중치의 모양이 ${expected}이므로 마지막 차원이 ${weight.shape[1]}이어야 합니다.`,
    },
    remedy: {
      en: `Make the layer with the input's size, or the input with the layer's: a bag of words is as long as its vocabulary.`,
      ko: "층을 입력 크기에 맞춰 만들거나 입력을 층에 맞추십시오. 단어 가방의 길이는 어휘의 크기와 같습니다.",
    },
  });
}
