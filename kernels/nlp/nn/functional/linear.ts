import * as tf from "@tensorflow/tfjs";
import { linear as nativeLinear } from "../../../simd/index.ts";
import { LearnerError } from "../../error.ts";
import { checkAlive, describeShape } from "../tensors.ts";
import { sumRows, transposeLast } from "./mat-mul.ts";
import { nativeFor } from "./native.ts";
import { withGradient } from "./with-gradient.ts";

export interface LinearParameters {
  readonly weight: tf.Tensor;
  readonly bias?: tf.Tensor;
}

/**
 * The layer `Linear` as a function of its parameters:
 *
 *     y = x · Wᵀ + b        x [..., in], W [out, in], b [out] → y [..., out]
 *
 * With g = ∂loss/∂y, flattened to [n, out] as x is to [n, in], the gradients are
 *
 *     ∂loss/∂x = g · W  [n, in]     ∂loss/∂W = gᵀ · x  [out, in]     ∂loss/∂b = Σₙ g  [out]
 *
 * @ko 선형층을 가중치와 편향의 함수로 계산합니다.
 */
export function linear(input: tf.Tensor, { weight, bias }: LinearParameters): tf.Tensor {
  checkAlive(weight, { where: "linear", what: "weight" });
  checkAlive(input, { where: "linear", what: "input" });
  const [outputSize, inputSize] = weight.shape;
  if (input.rank === 0 || input.shape[input.rank - 1] !== inputSize) throw wrongInput(input, weight);
  const native = nativeFor(input, weight, bias);
  if (native) {
    const inputs = { x: input, weight, bias };
    return withGradient(inputs, () => nativeLinear(native, inputs));
  }
  return tf.tidy(() => {
    const x = tf.reshape(input, [-1, inputSize]); // [n, in]
    const y = withGradient({ x, weight, bias }, () => {
      const products = tf.matMul(x, transposeLast(weight)); // [n, out]
      return {
        value: bias ? tf.add(products, bias) : products,
        saved: { x, weight },
        gradient: (g, { x, weight }) => ({
          x: () => tf.matMul(g, weight),
          weight: () => tf.matMul(transposeLast(g), x),
          bias: () => sumRows(g),
        }),
      };
    });
    return tf.reshape(y, [...input.shape.slice(0, -1), outputSize]); // [..., out]
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
