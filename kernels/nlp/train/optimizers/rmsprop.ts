import * as tf from "@tensorflow/tfjs";
import { checkNumber } from "../../arguments.ts";
import { decay, Optimizer, type Update, type Updated } from "./optimizer.ts";

export interface RMSpropOptions {
  /** Default 0.01. */
  readonly lr?: number;
  /** α: how slowly the mean of g² forgets. Default 0.99. */
  readonly alpha?: number;
  /** Default 1e-8. */
  readonly eps?: number;
  /** L2. Default 0. */
  readonly weightDecay?: number;
  /** μ. Default 0. */
  readonly momentum?: number;
}

/**
 * Divides each gradient by its own recent size:
 *
 *     v ← α·v + (1 − α)·g²
 *     p ← p − lr · g / (√v + ε)        with momentum: b ← μ·b + g / (√v + ε),  p ← p − lr · b
 *
 * Semantics of torch.optim.RMSprop, not centred. Source: G. Hinton, Coursera "Neural Networks for Machine Learning",
 * lecture 6, 2012.
 *
 * @ko 기울기를 최근의 기울기 크기로 나눕니다.
 */
export class RMSprop extends Optimizer {
  readonly #options: Required<Omit<RMSpropOptions, "lr">>;

  constructor(parameters: readonly tf.Variable[], options: RMSpropOptions = {}) {
    const { lr = 0.01, alpha = 0.99, eps = 1e-8, weightDecay = 0, momentum = 0 } = options;
    super(parameters, { lr });
    checkNumber(alpha, { where: "RMSprop", what: "alpha", min: 0, max: 1 });
    for (const [what, value] of Object.entries({ eps, weightDecay, momentum })) {
      checkNumber(value, { where: "RMSprop", what, min: 0 });
    }
    this.#options = { alpha, eps, weightDecay, momentum };
  }

  protected update(update: Update): Updated {
    const { alpha, eps, weightDecay, momentum } = this.#options;
    const { parameter, memory, lr } = update;
    const gradient = decay(update, weightDecay);
    const fresh = tf.mul(tf.square(gradient), 1 - alpha);
    const square = memory.square ? tf.add(tf.mul(memory.square, alpha), fresh) : fresh;
    const scaled = tf.div(gradient, tf.add(tf.sqrt(square), eps));
    if (momentum === 0) return { parameter: tf.sub(parameter, tf.mul(scaled, lr)), memory: { square } };
    const velocity = memory.velocity ? tf.add(tf.mul(memory.velocity, momentum), scaled) : scaled;
    return { parameter: tf.sub(parameter, tf.mul(velocity, lr)), memory: { square, velocity } };
  }
}
