/** Losses on numbers: how far a prediction lies from its target. PyTorch's semantics. */
import * as tf from "@tensorflow/tfjs";
import { checkNotEmpty, checkNumber } from "../../arguments.ts";
import { checkSameShape, toFloat, type Numbers } from "../tensors.ts";
import { checkReduction, reduce, type Reduction } from "./reduction.ts";

export interface RegressionLossOptions {
  /** Default "mean": over all numbers. */
  readonly reduction?: Reduction;
}

export interface SmoothL1Options extends RegressionLossOptions {
  /** Where the parabola turns into a line. Default 1; 0 makes it l1. */
  readonly beta?: number;
}

/**
 * The squared error, L2:
 *
 *     mse = mean (p − t)²        p, t of one shape; gradient 2·(p − t) / n
 *
 * Twice as far off costs four times as much.
 *
 * @ko 제곱 오차(L2) 손실을 구합니다.
 * @example mse([1, 2], [1, 4]) // 2
 */
export function mse(prediction: Numbers, target: Numbers, options: RegressionLossOptions = {}): tf.Tensor {
  return elementwise("mse", { prediction, target, ...options, loss: (difference) => tf.square(difference) });
}

/**
 * The absolute error, L1:
 *
 *     l1 = mean |p − t|        p, t of one shape; gradient sign(p − t) / n, and 0 where p = t
 *
 * @ko 절대 오차(L1) 손실을 구합니다.
 * @example l1([1, 2], [1, 4]) // 1
 */
export function l1(prediction: Numbers, target: Numbers, options: RegressionLossOptions = {}): tf.Tensor {
  return elementwise("l1", { prediction, target, ...options, loss: absolute });
}

/**
 * A parabola near the target, a straight line away from it: calm like mse, and outliers weigh no more than in l1.
 *
 *     d = |p − t|:   ½·d²/β where d < β,  else d − ½·β        p, t of one shape
 *
 * Source: R. Girshick, "Fast R-CNN", 2015.
 *
 * @ko 타깃 근처에서는 포물선, 멀리서는 직선인 손실을 구합니다. 이상값에 덜 흔들립니다.
 */
export function smoothL1(prediction: Numbers, target: Numbers, options: SmoothL1Options = {}): tf.Tensor {
  const { beta = 1, reduction } = options;
  checkNumber(beta, { where: "smoothL1", what: "beta", min: 0 });
  if (beta === 0) return l1(prediction, target, { reduction });
  return elementwise("smoothL1", {
    prediction,
    target,
    reduction,
    loss(difference) {
      const distance = absolute(difference);
      const near = tf.minimum(distance, beta); // min(d, β)·(d − ½·min(d, β))/β is both branches in one
      return tf.div(tf.mul(near, tf.sub(distance, tf.mul(0.5, near))), beta);
    },
  });
}

interface Elementwise {
  readonly prediction: Numbers;
  readonly target: Numbers;
  readonly reduction?: Reduction;
  readonly loss: (difference: tf.Tensor) => tf.Tensor;
}

function elementwise(
  where: string,
  { prediction, target, reduction = "mean", loss }: Elementwise,
): tf.Tensor {
  checkReduction(reduction, where);
  return tf.tidy(() => {
    const [p, t] = [toFloat(prediction), toFloat(target)];
    checkSameShape(
      { prediction: p, target: t },
      {
        where,
        remedy: {
          en: "For class labels compare with `oneHot(labels, classes)`; [n] against [n, 1] needs a reshape, or every number is compared with every other.",
          ko: "클래스 레이블이라면 `oneHot(labels, classes)`과 비교하십시오. [n]과 [n, 1]은 reshape로 모양을 맞추십시오.",
        },
      },
    );
    checkNotEmpty({ length: p.size }, { where, what: "prediction" });
    return reduce(loss(tf.sub(p, t)), reduction);
  });
}

/** |x| with the gradient sign(x). TensorFlow.js's own says −1 at x = 0 where PyTorch says 0. */
function absolute(x: tf.Tensor): tf.Tensor {
  const compute = tf.customGrad((x, save) => {
    (save as tf.GradSaveFunc)([x as tf.Tensor]);
    return {
      value: tf.abs(x as tf.Tensor),
      gradFunc: (gradient: tf.Tensor, [x]: tf.Tensor[]) => tf.mul(gradient, tf.sign(x)),
    };
  });
  return compute(x);
}
