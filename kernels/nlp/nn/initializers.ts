import * as tf from "@tensorflow/tfjs";
import type { Random } from "../random.ts";

/** A new parameter with numbers drawn evenly from −bound … bound. Whoever makes it disposes of it. */
export function drawUniform(
  shape: readonly number[],
  { random, bound }: { readonly random: Random; readonly bound: number },
): tf.Variable {
  const size = shape.reduce((product, length) => product * length, 1);
  const values = Float32Array.from({ length: size }, () => (2 * random.uniform() - 1) * bound);
  return tf.tidy(() => tf.variable(tf.tensor(values, [...shape])));
}
