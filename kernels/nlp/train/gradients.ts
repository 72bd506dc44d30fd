import * as tf from "@tensorflow/tfjs";
import { checkNotEmpty, checkNumber } from "../arguments.ts";
import { LearnerError } from "../error.ts";
import { checkAlive, describeShape } from "../nn/tensors.ts";

export interface ValueAndGradients {
  /** The loss, shape []. */
  readonly value: tf.Scalar;
  /** ∂loss/∂parameter for each parameter, in the same order and of the same shapes. */
  readonly gradients: tf.Tensor[];
}

/**
 * Computes a loss and, backwards through everything that led to it, its gradient by each parameter.
 *
 * The gradient points where the loss grows fastest; an optimiser steps the other way. A parameter that the loss does
 * not depend on gets zeros. What is returned belongs to the caller: put the step into `tf.tidy`, which frees it.
 *
 * @ko 손실을 계산하고, 거꾸로 거슬러 올라가 파라미터마다 기울기를 구합니다.
 * @example
 * const loss = tf.tidy(() => {
 *   const { value, gradients } = valueAndGradients(() => crossEntropy(model.forward(x), y), model.parameters());
 *   optimizer.step(gradients);
 *   return value;
 * });
 */
export function valueAndGradients(
  compute: () => tf.Tensor,
  parameters: readonly tf.Tensor[],
): ValueAndGradients {
  const where = "valueAndGradients";
  checkNotEmpty(parameters, { where, what: "parameters" });
  parameters.forEach((parameter, index) => checkAlive(parameter, { where, what: `parameters[${index}]` }));
  return tf.tidy(() => {
    const checked = () => {
      const loss = compute();
      checkLoss(loss);
      return tf.reshape(loss, []);
    };
    const { value, grads } = differentiate(checked, parameters);
    const found = grads as readonly (tf.Tensor | null | undefined)[];
    if (found.every((gradient) => !gradient)) throw independentLoss();
    const gradients = parameters.map((parameter, index) => found[index] ?? tf.zerosLike(parameter));
    return { value: value as tf.Scalar, gradients };
  });
}

/**
 * The length of all gradients taken as one long vector: √ Σ g². The caller disposes of the result, shape [].
 *
 * It shows how steep the loss is: large and growing before a training blows up, near 0 where nothing more is learnt.
 *
 * @ko 모든 기울기를 한 벡터로 보고 그 길이를 구합니다.
 */
export function gradientNorm(gradients: readonly tf.Tensor[]): tf.Scalar {
  checkNotEmpty(gradients, { where: "gradientNorm", what: "gradients" });
  return tf.tidy(
    () => tf.sqrt(tf.addN(gradients.map((gradient) => tf.sum(tf.square(gradient))))) as tf.Scalar,
  );
}

export interface ClipGradNormOptions {
  readonly maxNorm: number;
}

export interface ClippedGradients {
  readonly gradients: tf.Tensor[];
  /** The length before clipping, shape []. */
  readonly norm: tf.Scalar;
}

/**
 * Shortens the gradients together where they are longer than `maxNorm`; their direction stays:
 *
 *     g ← g · min(1, maxNorm / (‖g‖ + 10⁻⁶))
 *
 * New tensors, of the same shapes, which belong to the caller. Source: R. Pascanu et al., "On the difficulty of
 * training recurrent neural networks", 2013; the 10⁻⁶ is PyTorch's.
 *
 * @ko 기울기가 `maxNorm`보다 길면 방향은 그대로 두고 함께 줄입니다.
 */
export function clipGradNorm(
  gradients: readonly tf.Tensor[],
  { maxNorm }: ClipGradNormOptions,
): ClippedGradients {
  checkNumber(maxNorm, { where: "clipGradNorm", what: "maxNorm", min: 0, above: true });
  return tf.tidy(() => {
    const norm = gradientNorm(gradients);
    const scale = tf.minimum(1, tf.div(maxNorm, tf.add(norm, 1e-6)));
    return { gradients: gradients.map((gradient) => tf.mul(gradient, scale)), norm };
  });
}

function differentiate(compute: () => tf.Tensor, parameters: readonly tf.Tensor[]) {
  const engine = tf.engine();
  try {
    return engine.gradients(compute, [...parameters], undefined, true);
  } catch (error) {
    // TensorFlow.js frees what it saved for the way back only at the way's end; here it never set out.
    if (engine.state.gradientDepth === 0) {
      for (const node of engine.state.activeTape ?? []) tf.dispose(node.saved ?? []);
      engine.state.activeTape = [];
    }
    throw error;
  }
}

function checkLoss(loss: tf.Tensor): void {
  if (loss.size === 1) return;
  throw new LearnerError({
    code: "shape-mismatch",
    where: "valueAndGradients",
    given: {
      en: `The loss has the shape ${describeShape(loss.shape)}.`,
      ko: `손실의 모양이 ${describeShape(loss.shape)}입니다.`,
    },
    expected: { en: "A single number was expected.", ko: "수 하나여야 합니다." },
    remedy: {
      en: 'Take its mean: `tf.mean(loss)`, or `reduction: "mean"`.',
      ko: '평균을 내십시오: `tf.mean(loss)` 또는 `reduction: "mean"`.',
    },
  });
}

function independentLoss(): LearnerError {
  return new LearnerError({
    code: "wrong-option",
    where: "valueAndGradients",
    given: {
      en: "The loss depends on none of the parameters.",
      ko: "손실이 어떤 매개변수에도 의존하지 않습니다.",
    },
    expected: {
      en: "It must be computed from them inside the function, by TensorFlow.js operations alone.",
      ko: "함수 안에서 TensorFlow.js 연산만으로 매개변수에서 계산되어야 합니다.",
    },
    remedy: {
      en: "Call `model.forward` inside the function, and do not pass through `dataSync()` or `array()` on the way to the loss.",
      ko: "함수 안에서 `model.forward`를 부르고, 손실까지 가는 길에 `dataSync()`나 `array()`를 거치지 마십시오.",
    },
  });
}
