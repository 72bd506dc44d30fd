import * as tf from "@tensorflow/tfjs";
import { checkNumber } from "../../arguments.ts";
import { toRandom, type Random, type RandomOptions } from "../../random.ts";
import { Module } from "../module.ts";

/**
 * Sets each number to 0 with probability p while training, so that no unit can rely on another:
 *
 *     y = x · m / (1 − p)        mᵢ = 0 with probability p, else 1; the shape stays
 *
 * Dividing by 1 − p keeps the mean, so in evaluation mode nothing has to be done. Source: N. Srivastava et al.,
 * "Dropout: A Simple Way to Prevent Neural Networks from Overfitting", 2014.
 */
export class Dropout extends Module {
  readonly probability: number;
  readonly #random: Random;

  constructor(probability = 0.5, options: RandomOptions = {}) {
    super();
    checkNumber(probability, { where: "Dropout", what: "probability", min: 0, max: 1, below: true });
    this.probability = probability;
    this.#random = toRandom(options);
  }

  forward(input: tf.Tensor): tf.Tensor {
    const { probability } = this;
    if (!this.training || probability === 0) return tf.clone(input);
    const kept = 1 / (1 - probability);
    const mask = Float32Array.from({ length: input.size }, () =>
      this.#random.uniform() < probability ? 0 : kept,
    );
    return tf.tidy(() => tf.mul(input, tf.tensor(mask, input.shape)));
  }

  override describe(): string {
    return `p = ${this.probability}`;
  }
}
