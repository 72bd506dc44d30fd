import * as tf from "@tensorflow/tfjs";
import { checkNumber } from "../../arguments.ts";
import { createRandom, toRandom, type Random, type RandomOptions } from "../../random.ts";
import { dropoutMask } from "../functional/dropout.ts";
import { Module } from "../module.ts";

/**
 * Sets each number to 0 with probability p while training, so that no unit can rely on another:
 *
 *     y = x · m / (1 − p)        mᵢ = 0 with probability p, else 1; the shape stays
 *
 * Dividing by 1 − p keeps the mean, so in evaluation mode nothing has to be done. Source: N. Srivastava et al.,
 * "Dropout: A Simple Way to Prevent Neural Networks from Overfitting", 2014.
 *
 * @ko 학습할 때 값을 확률 p로 0으로 만들어 한 뉴런에 기대지 않게 합니다.
 */
export class Dropout extends Module {
  readonly probability: number;
  #random: Random;

  constructor(probability = 0.5, options: RandomOptions = {}) {
    super();
    checkNumber(probability, { where: "Dropout", what: "probability", min: 0, max: 1, below: true });
    this.probability = probability;
    this.#random = toRandom(options);
  }

  forward(input: tf.Tensor): tf.Tensor {
    return tf.tidy(() => {
      const mask = this.maybeMask(input.shape);
      return mask ? tf.mul(input, mask) : tf.clone(input);
    });
  }

  /** The next mask for numbers of this shape: 0 or 1 / (1 − p). None in evaluation mode, and none if p is 0. */
  maybeMask(shape: readonly number[]): tf.Tensor | undefined {
    if (!this.training || this.probability === 0) return undefined;
    return dropoutMask(shape, { probability: this.probability, random: this.#random });
  }

  override reseed(seed: number): this {
    this.#random = createRandom(seed);
    return this;
  }

  override describe(): string {
    return `p = ${this.probability}`;
  }
}
