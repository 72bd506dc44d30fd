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
  /** The moving means of the gradient and of its square. Default: zeros, before the first step. */
  readonly mean?: tf.Tensor;
  readonly square?: tf.Tensor;
}

/** What the parameter and its means are after the step: new tensors of the present scope. */
export interface AdamStep {
  readonly parameter: tf.Tensor;
  readonly mean: tf.Tensor;
  readonly square: tf.Tensor;
}

/** One step of Adam or AdamW for all parameters in one call. */
export function adam(native: Native, parameters: readonly AdamParameter[], setting: AdamSetting): AdamStep[] {
  const { betas, eps, rate, spread, decay, shrink } = setting;
  const steps = parameters.map(({ parameter: { shape }, mean, square }) => ({
    // The means before the first step are zeros, which may lie where the new ones go.
    before: [mean, square].map((tensor) => tensor ?? native.zeros(shape)),
    fresh: [native.output(shape), ...[mean, square].map((tensor) => tensor && native.output(shape))],
  }));
  const rows = steps.map(({ before, fresh }) => [fresh[0]!, fresh[1] ?? before[0], fresh[2] ?? before[1]]);
  const table = parameters.flatMap(({ parameter, gradient }, index) => [
    ...[parameter, gradient, ...steps[index].before, ...rows[index]].map((tensor) => native.address(tensor)),
    sizeOf(parameter.shape),
  ]);
  native.withInts(table, (address) =>
    native.run.adam(address, parameters.length, betas[0], betas[1], rate, spread, eps, decay, shrink),
  );
  return rows.map((row) => {
    const [parameter, mean, square] = row.map((info) => native.tensor(info));
    return { parameter, mean, square };
  });
}
