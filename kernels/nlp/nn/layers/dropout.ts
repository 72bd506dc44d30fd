import * as tf from "@tensorflow/tfjs";
import type { Dropped } from "../../../simd/index.ts";
import { checkNumber } from "../../arguments.ts";
import { createRandom, toRandom, type Random, type RandomOptions } from "../../random.ts";
import { dropout } from "../functional/dropout.ts";
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
    const dropped = this.maybeDraw();
    return dropped ? dropout(input, dropped) : tf.clone(input);
  }

  /** `forward` for a tensor on its way through a layer, which nobody else holds: where nothing is dropped, the tensor itself. */
  pass(input: tf.Tensor): tf.Tensor {
    const dropped = this.maybeDraw();
    return dropped ? dropout(input, dropped) : input;
  }

  /** What the next mask is made from (see `dropoutMask`). None in evaluation mode, and none if p is 0. */
  maybeDraw(): Dropped | undefined {
    if (!this.training || this.probability === 0) return undefined;
    return { probability: this.probability, seed: this.#random.integer(2 ** 32) };
  }

  override reseed(seed: number): this {
    this.#random = createRandom(seed);
    return this;
  }

  override describe(): string {
    return `p = ${this.probability}`;
  }
}
