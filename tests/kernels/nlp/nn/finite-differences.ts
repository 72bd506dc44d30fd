import * as tf from "@tensorflow/tfjs";
import { createRandom } from "../../../../kernels/nlp/random.ts";
import { valueAndGradients } from "gongbu/train";
import { expect } from "vitest";

/** A tensor of numbers from the normal distribution, the same for the same seed on every backend. */
export function randomTensor(shape: readonly number[], seed: number): tf.Tensor {
  const random = createRandom(seed);
  const size = shape.reduce((product, length) => product * length, 1);
  return tf.tensor(
    Float32Array.from({ length: size }, () => random.normal()),
    [...shape],
  );
}

/**
 * Holds the gradients of `compute` by each variable to what they mean: how much the value changes for a small step along a
 * random direction, (f(x + εd) − f(x − εd)) / 2ε = ∇f · d. In float32 that is good to about three digits.
 */
export function expectTrueGradients(
  compute: () => tf.Tensor,
  variables: readonly tf.Variable[],
  { step = 3e-3, tolerance = 1e-2 }: { step?: number; tolerance?: number } = {},
): void {
  tf.tidy(() => {
    const { gradients } = valueAndGradients(compute, variables);
    variables.forEach((variable, index) => {
      const direction = randomTensor(variable.shape, 100 + index);
      const start = variable.clone();
      const valueAt = (length: number) => {
        variable.assign(tf.add(start, tf.mul(direction, length)));
        return compute().dataSync()[0];
      };
      const measured = (valueAt(step) - valueAt(-step)) / (2 * step);
      variable.assign(start);
      const claimed = tf.sum(tf.mul(gradients[index], direction)).dataSync()[0];
      expect(Math.abs(measured - claimed), `variable ${index}: ${claimed} against ${measured}`).toBeLessThan(
        tolerance * Math.max(1, Math.abs(claimed)),
      );
    });
  });
}
