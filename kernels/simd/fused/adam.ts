import type * as tf from "@tensorflow/tfjs";
import { sizeOf, type Native } from "../native.ts";

export interface AdamSetting {
  readonly betas: readonly [number, number];
  readonly eps: number;
  /** lr / (1 − β₁ᵗ) */
  readonly rate: number;
  /** 1 / √(1 − β₂ᵗ) */
  readonly spread: number;
  /** Added to the gradient: decay · parameter. */
  readonly decay: number;
  /** What the parameter is multiplied with before the step. */
  readonly shrink: number;
}

export interface AdamParameter {
  readonly parameter: tf.Tensor;
  readonly gradient: tf.Tensor;
  /** The moving means of the gradient and of its square: changed in place, so they must be nobody else's. */
  readonly mean: tf.Tensor;
  readonly square: tf.Tensor;
}

/** One step of Adam or AdamW for all parameters in one call. Returns their new values, which belong to the present scope. */
export function adam(
  native: Native,
  parameters: readonly AdamParameter[],
  setting: AdamSetting,
): tf.Tensor[] {
  const { betas, eps, rate, spread, decay, shrink } = setting;
  const results = parameters.map(({ parameter }) => native.output(parameter.shape));
  const table = parameters.flatMap(({ parameter, gradient, mean, square }, index) => [
    ...[parameter, gradient, mean, square, results[index]].map((tensor) => native.address(tensor)),
    sizeOf(parameter.shape),
  ]);
  native.withInts(table, (address) =>
    native.run.adam(address, parameters.length, betas[0], betas[1], rate, spread, eps, decay, shrink),
  );
  return results.map((info) => native.tensor(info));
}
