/** One step of a training: forward, backward, and the optimiser's update. */
import * as tf from "@tensorflow/tfjs";
import type { Module } from "../nn/module.ts";
import type { Loss } from "./evaluate.ts";
import type { Examples, ToInput, ToTarget } from "./examples.ts";
import { notFinite } from "./fit-options.ts";
import { clipGradNorm, gradientNorm, valueAndGradients } from "./gradients.ts";
import type { Optimizer } from "./optimizers/optimizer.ts";

export interface StepSetting<X, Y, Input> {
  readonly model: Module<Input, tf.Tensor>;
  readonly examples: Examples<X, Y>;
  readonly toInput: ToInput<X, Input>;
  readonly toTarget: ToTarget<Y>;
  readonly loss: Loss;
  readonly maxGradNorm: number | undefined;
  readonly parameters: readonly tf.Variable[];
  readonly optimizer: Optimizer;
  readonly lr: number;
  readonly epoch: number;
  readonly step: number;
}

/**
 * Batches hold places in the examples; the gradients of several are averaged, each with the share of its examples. Nothing
 * of the model changes where the loss or the gradient is not finite.
 */
export async function takeStep<X, Y, Input>(
  batches: readonly (readonly number[])[],
  setting: StepSetting<X, Y, Input>,
): Promise<{ loss: number; gradNorm: number }> {
  const { maxGradNorm, optimizer, lr, epoch, step } = setting;
  const { gradients, measured } = tf.tidy(() => {
    const { value, gradients } = averageGradients(batches, setting);
    const clipped =
      maxGradNorm === undefined
        ? { gradients, norm: gradientNorm(gradients) }
        : clipGradNorm(gradients, { maxNorm: maxGradNorm });
    return { gradients: clipped.gradients, measured: tf.stack([value, clipped.norm]) };
  });
  try {
    const [loss, gradNorm] = await measured.data();
    if (!Number.isFinite(loss) || !Number.isFinite(gradNorm))
      throw notFinite({ loss, gradNorm, lr, epoch, step });
    optimizer.step(gradients, { lr });
    return { loss, gradNorm };
  } finally {
    tf.dispose([measured, ...gradients]);
  }
}

function averageGradients<X, Y, Input>(
  batches: readonly (readonly number[])[],
  { model, examples, toInput, toTarget, loss, parameters }: StepSetting<X, Y, Input>,
): { value: tf.Tensor; gradients: tf.Tensor[] } {
  const total = batches.reduce((sum, batch) => sum + batch.length, 0);
  let sum: { value: tf.Tensor; gradients: tf.Tensor[] } | undefined;
  for (const batch of batches) {
    const before = sum;
    sum = tf.tidy(() => {
      const input = toInput(batch.map((index) => examples.inputs[index]));
      const target = toTarget(batch.map((index) => examples.targets[index]));
      const { value, gradients } = valueAndGradients(() => loss(model.forward(input), target), parameters);
      if (batches.length === 1) return { value, gradients: [...gradients] };
      const share = batch.length / total;
      const add = (last: tf.Tensor | undefined, next: tf.Tensor) => {
        const part = tf.mul(next, share);
        return last ? tf.add(last, part) : part;
      };
      return {
        value: add(before?.value, value),
        gradients: gradients.map((gradient, index) => add(before?.gradients[index], gradient)),
      };
    });
    if (before) tf.dispose([before.value, ...before.gradients]);
  }
  return sum!;
}
