import * as tf from "@tensorflow/tfjs";
import { layerNorm as nativeLayerNorm } from "../../../simd/index.ts";
import { LearnerError } from "../../error.ts";
import { checkAlive, describeShape } from "../tensors.ts";
import { sumRows } from "./mat-mul.ts";
import { nativeFor } from "./native.ts";
import { withGradient } from "./with-gradient.ts";

export interface LayerNormParameters {
  readonly weight: tf.Tensor;
  readonly bias: tf.Tensor;
  /** Keeps the division finite where all numbers are equal. Default 10⁻⁵. */
  readonly eps?: number;
}

/**
 * The layer `LayerNorm` as a function of its parameters: each vector shifted and scaled to mean 0 and variance 1, then
 * by what was learnt:
 *
 *     x̂ = (x − mean x) / √(var x + ε)        y = x̂ · w + b        x [..., size], w, b [size] → y [..., size]
 *
 * With g = ∂loss/∂y and h = g · w:
 *
 *     ∂loss/∂x = (h − mean h − x̂ · mean(h · x̂)) / √(var x + ε)     ∂loss/∂w = Σ g · x̂     ∂loss/∂b = Σ g
 *
 * @ko 벡터마다 평균 0, 분산 1로 맞춘 뒤 학습한 값으로 늘이고 옮깁니다.
 */
export function layerNorm(input: tf.Tensor, { weight, bias, eps = 1e-5 }: LayerNormParameters): tf.Tensor {
  checkAlive(weight, { where: "layerNorm", what: "weight" });
  checkAlive(input, { where: "layerNorm", what: "input" });
  const [size] = weight.shape;
  if (input.rank === 0 || input.shape[input.rank - 1] !== size) throw wrongSize(input, size);
  const native = nativeFor(input, weight, bias);
  if (native) {
    const inputs = { x: input, weight, bias };
    return withGradient(inputs, () => nativeLayerNorm(native, { ...inputs, eps }));
  }
  return tf.tidy(() => {
    const x = tf.reshape(input, [-1, size]); // [n, size]
    const y = withGradient({ x, weight, bias }, () => {
      const centred = tf.sub(x, tf.mean(x, -1, true));
      const scale = tf.rsqrt(tf.add(tf.mean(tf.square(centred), -1, true), eps)); // [n, 1]
      const normalized = tf.mul(centred, scale);
      return {
        value: tf.add(tf.mul(normalized, weight), bias),
        saved: { normalized, scale, weight },
        gradient(g, { normalized, scale, weight }) {
          const h = tf.mul(g, weight);
          const along = tf.mean(tf.mul(h, normalized), -1, true); // [n, 1]
          const rest = tf.sub(tf.sub(h, tf.mean(h, -1, true)), tf.mul(normalized, along));
          return { x: tf.mul(rest, scale), weight: sumRows(tf.mul(g, normalized)), bias: sumRows(g) };
        },
      };
    });
    return tf.reshape(y, input.shape);
  });
}

function wrongSize(input: tf.Tensor, size: number): LearnerError {
  const shape = describeShape(input.shape);
  return new LearnerError({
    code: "shape-mismatch",
    where: "layerNorm",
    given: { en: `\`input\` has the shape ${shape}.`, ko: `\`input\`의 모양이 ${shape}입니다.` },
    expected: {
      en: `Its last dimension must be ${size}, as long as the weight.`,
      ko: `마지막 차원이 가중치의 길이와 같은 ${size}이어야 합니다.`,
    },
    remedy: {
      en: "Make the layer with the size of the vectors that come in.",
      ko: "들어오는 벡터의 크기로 층을 만드십시오.",
    },
  });
}
