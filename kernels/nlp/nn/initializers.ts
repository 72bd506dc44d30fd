/**
 * What parameters start from. Whoever makes them disposes of them. The numbers come from the library's own generator:
 * TensorFlow.js's initializers ignore some seeds.
 */
import * as tf from "@tensorflow/tfjs";
import type { Random } from "../random.ts";

/** Drawn evenly from −bound … bound. */
export function drawUniform(
  shape: readonly number[],
  { random, bound }: { readonly random: Random; readonly bound: number },
): tf.Variable {
  return fillWith(shape, () => (2 * random.uniform() - 1) * bound);
}

/** Drawn from the normal distribution with mean 0 and standard deviation `std`. */
export function drawNormal(
  shape: readonly number[],
  { random, std }: { readonly random: Random; readonly std: number },
): tf.Variable {
  return fillWith(shape, () => random.normal() * std);
}

/**
 * A weight [out, in] drawn evenly from ±√(6 / (in + out)), so that numbers keep their variance on the way forth and
 * back. Source: X. Glorot and Y. Bengio, "Understanding the difficulty of training deep feedforward neural networks", 2010.
 */
export function drawXavier(
  shape: readonly [number, number],
  { random }: { readonly random: Random },
): tf.Variable {
  return drawUniform(shape, { random, bound: Math.sqrt(6 / (shape[0] + shape[1])) });
}

export function fillZeros(shape: readonly number[]): tf.Variable {
  return tf.tidy(() => tf.variable(tf.zeros([...shape])));
}

function fillWith(shape: readonly number[], draw: () => number): tf.Variable {
  const size = shape.reduce((product, length) => product * length, 1);
  const values = Float32Array.from({ length: size }, draw);
  return tf.tidy(() => tf.variable(tf.tensor(values, [...shape])));
}
